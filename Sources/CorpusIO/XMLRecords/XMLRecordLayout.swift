/// How a format with many notes in one XML file lays out a note.
struct XMLRecordLayout: Sendable {
    /// The element of a note.
    let record: String
    /// Its attribute that holds the document's id.
    let id: String
    /// The element in it that holds the text.
    let text: StaticString
    /// The element that marks a mention within the text, if the format has marks.
    let mark: StaticString?

    /// `<RECORD ID="901"><TEXT>` as of 2006, with or without marks.
    static func of2006(mark: StaticString?) -> XMLRecordLayout {
        XMLRecordLayout(record: "RECORD", id: "ID", text: "TEXT", mark: mark)
    }

    /// `<doc id="1"><text>` as of 2008.
    static let of2008 = XMLRecordLayout(record: "doc", id: "id", text: "text", mark: nil)
}
