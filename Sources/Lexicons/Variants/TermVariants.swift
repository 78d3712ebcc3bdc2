/// Other ways to write a term, which the index holds beside it.
enum TermVariants {
    /// The forms of `term`, the term itself left out.
    static func forms(of term: String) -> [(form: String, variant: MatchVariant)] {
        let bytes = Array(term.utf8)
        var forms: [(String, MatchVariant)] = []
        if bytes.contains(UInt8(ascii: "-")) { forms += joined(bytes).map { ($0, .hyphen) } }
        if let form = headLast(term, bytes) { forms.append((form, .wordOrder)) }
        return forms
    }

    /// The term without one of its hyphens between letters, and without all of them: `x-ray` becomes `xray`.
    private static func joined(_ bytes: [UInt8]) -> [String] {
        let hyphens = bytes.indices.filter { index in
            bytes[index] == UInt8(ascii: "-") && index > 0 && index + 1 < bytes.count && isLetter(bytes[index - 1])
                && isLetter(bytes[index + 1]) && mayJoin(bytes[(index + 1)...])
        }
        guard !hyphens.isEmpty, hyphens.count <= 4 else { return [] }
        func without(_ places: Set<Int>) -> String {
            String(decoding: bytes.indices.lazy.filter { !places.contains($0) }.map { bytes[$0] }, as: UTF8.self)
        }
        var forms = hyphens.map { without([$0]) }
        if hyphens.count > 1 { forms.append(without(Set(hyphens))) }
        return forms
    }

    /// Whether what follows a hyphen is a word, neither a letter or two (`Retin-A`) nor an abbreviation (`B-ALL`).
    private static func mayJoin(_ rest: ArraySlice<UInt8>) -> Bool {
        let part = rest.prefix { isLetter($0) }
        return part.count >= 3 && (part.count > 4 || part.contains { $0 >= UInt8(ascii: "a") })
    }

    /// `carcinoma, renal cell` and `carcinoma of the breast` with the head behind its modifiers.
    private static func headLast(_ term: String, _ bytes: [UInt8]) -> String? {
        if bytes.contains(UInt8(ascii: ",")) {
            let parts = term.split(separator: ",", omittingEmptySubsequences: false).map { part in
                part.split(separator: " ").joined(separator: " ")
            }
            // Longer lists are lists; `and`, `or` and `with` name more than one thing.
            guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }), isPlain(parts) else { return nil }
            return parts.reversed().joined(separator: " ")
        }
        let words = term.split(separator: " ")
        guard words.count >= 3, words.count <= 7, let place = words.firstIndex(of: "of"), place > 0,
            words[(place + 1)...].firstIndex(of: "of") == nil
        else { return nil }
        var modifiers = words[(place + 1)...]
        if modifiers.first == "the" { modifiers = modifiers.dropFirst() }
        guard !modifiers.isEmpty, isPlain([term]) else { return nil }
        return (modifiers + words[..<place]).joined(separator: " ")
    }

    private static let connecting: Set<String> = [
        "and", "or", "with", "without", "in", "due", "to", "by", "for", "not", "other", "unspecified", "nos", "from",
        "on",
    ]

    private static func isPlain(_ parts: [String]) -> Bool {
        !parts.contains { part in
            part.utf8.contains(UInt8(ascii: "("))
                || part.split(separator: " ").contains { connecting.contains($0.lowercased()) }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
