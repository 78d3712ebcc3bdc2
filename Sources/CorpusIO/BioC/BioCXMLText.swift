/// Text and attributes of BioC XML: escaped, and without what XML 1.0 cannot hold.
struct BioCXMLText {
    /// For messages.
    let document: String
    /// What replaces a character that XML cannot hold; nothing to refuse it.
    let replacement: Unicode.Scalar?

    /// The content of an element.
    ///
    /// - Throws: ``CorpusError/characterNotInXML(document:offset:character:)``.
    func escaped(_ text: String) throws -> String {
        let text = try allowed(text)
        guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x0D }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            // Parsers fold bare carriage returns into line feeds.
            case 0x0D: bytes += "&#13;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value of an attribute.
    ///
    /// - Throws: ``CorpusError/characterNotInXML(document:offset:character:)``.
    func attribute(_ value: String) throws -> String { XMLText.escapedAttribute(try allowed(value)) }

    private func allowed(_ text: String) throws -> String {
        guard let (offset, character) = XMLText.firstForbidden(in: text) else { return text }
        guard let replacement else {
            throw CorpusError.characterNotInXML(document: document, offset: offset, character: character.value)
        }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isForbidden = XMLText.firstForbidden(in: String(scalar)) != nil
            scalars.append(isForbidden ? replacement : scalar)
        }
        return String(scalars)
    }
}
