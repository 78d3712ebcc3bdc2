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
        guard raw.prefix == nil, let pointer = raw.local else { return XMLElementEvent.text(raw) }
        if let index = pointers.firstIndex(of: pointer) { return names[index] }
        let name = String(cString: pointer)
        if pointers.count < Self.limit {
            pointers.append(pointer)
            names.append(name)
        }
        return name
    }
}
