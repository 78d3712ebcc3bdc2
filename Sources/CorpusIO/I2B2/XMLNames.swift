internal import CLibXML2

/// The names of one document's elements or attributes as strings, each made once.
///
/// libxml2 keeps one copy of each name, so that a pointer tells it. Formats have a handful of names; a document with
/// more gets a new string for each further one, so that a hostile file cannot make the search long.
struct XMLNames {
    private static let limit = 32

    private var pointers: [UnsafePointer<CChar>] = []
    private var names: [String] = []

    /// The name as written.
    mutating func name(_ raw: clinner_xml_name) -> String {
        place(raw).map { names[$0] } ?? XMLElementEvent.text(raw)
    }

    /// The name at a place.
    subscript(place: Int) -> String { names[place] }

    /// A number for the name, counted from 0 in the order in which names are met; nothing for a name with a prefix and
    /// for names beyond the limit.
    ///
    /// - Parameter guess: what its number may be.
    mutating func place(_ raw: clinner_xml_name, guess: Int = 0) -> Int? {
        guard raw.prefix == nil, let pointer = raw.local else { return nil }
        if guess < pointers.count, pointers[guess] == pointer { return guess }
        for index in pointers.indices where pointers[index] == pointer { return index }
        guard pointers.count < Self.limit else { return nil }
        pointers.append(pointer)
        names.append(String(cString: pointer))
        return pointers.count - 1
    }
}
