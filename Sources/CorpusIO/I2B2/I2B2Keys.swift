import ClinicalText
import Essentials
import Foundation

/// What documents and entities remember of the XML they came from, so that they are written in the same layout.
///
/// The prefix keeps the keys apart from the attributes of files, which are kept under their own names.
enum I2B2Keys {
    /// Of a document: the name of the root element.
    static let root = "i2b2.root"
    /// Of a document: type to element name over the whole corpus, as JSON; what a new entity of the type is written as.
    static let elements = "i2b2.elements"
    /// Of an entity: its element's name, where that is not its type.
    static let element = "i2b2.element"
    /// Of an entity, relation or label: the id of the tag around it, for which it is evidence.
    static let parent = "i2b2.parent"
    /// Of a document: which of the usual attributes its tags have, see ``I2B2Layout``.
    static let layout = "i2b2.layout"
    /// Of a document: that its file has one more line feed before the text, and whether offsets count it.
    static let leadingLineFeed = "i2b2.leadingLineFeed"
    /// Of a document, before a name: an attribute of the root element, or of the record.
    static let rootAttribute = "i2b2.root:"

    /// Whether a key is one of these.
    static func isOurs(_ key: String) -> Bool { key.hasPrefix("i2b2.") }

    /// The element names of types as JSON, in the order of the types.
    static func encoded(_ elements: [String: String]) -> String {
        var json = JSONText()
        json.object {
            for (type, element) in elements.sorted(by: { $0.key < $1.key }) { $0.member(type, element) }
        }
        return json.text
    }

    /// The element names of types that a document's metadata hold.
    static func decoded(_ json: String?) -> [String: String] {
        guard let json else { return [:] }
        return (try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))) ?? [:]
    }

    /// Gives every document the element that each type of the corpus stands under most often, so that a prediction is
    /// written as the annotators would have written it, also in a note that had no such annotation.
    static func rememberElements(in documents: inout [Document]) {
        var tally = I2B2ElementTally()
        for index in documents.indices {
            let entities = documents[index].entities
            // By their places: to take an entity out is to count references to all its parts.
            for place in entities.indices {
                let attributes = entities[place].attributes
                tally.add(type: entities[place].type, element: attributes.isEmpty ? nil : attributes[element])
            }
        }
        let frequent = tally.mostFrequent.filter { $0.key != $0.value }
        guard !frequent.isEmpty else { return }
        let json = encoded(frequent)
        for index in documents.indices { documents[index].metadata[elements] = json }
    }
}
