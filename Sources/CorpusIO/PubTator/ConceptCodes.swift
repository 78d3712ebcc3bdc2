/// The column of concepts in PubTator files: codes joined by `|` (of the parts of a composite mention), `+` (of one
/// mention with several concepts) or `;`, and `-1` for none.
enum ConceptCodes {
    /// What stands where there is no concept.
    static let none = "-1"

    /// The codes of a column, each once; a source before a colon stays with its code.
    static func codes(in column: String) -> [String] {
        var codes: [String] = []
        let separators: Set = [UInt8(ascii: "|"), UInt8(ascii: "+"), UInt8(ascii: ";")]
        for piece in column.utf8.split(whereSeparator: separators.contains) {
            let code = String(Substring(piece.drop(while: Surface.isSpace).trimmingSuffix(while: Surface.isSpace)))
            if !code.isEmpty, code != none, code != "-", !codes.contains(code) { codes.append(code) }
        }
        return codes
    }

    /// The column that says `codes` where a document does not remember how its file said it.
    static func column(of codes: [String]) -> String { codes.isEmpty ? none : codes.joined(separator: "|") }
}

extension BidirectionalCollection {
    /// What is left without the last elements that `predicate` holds for.
    func trimmingSuffix(while predicate: (Element) -> Bool) -> SubSequence {
        var end = endIndex
        while end > startIndex {
            let before = index(before: end)
            guard predicate(self[before]) else { break }
            end = before
        }
        return self[..<end]
    }
}
