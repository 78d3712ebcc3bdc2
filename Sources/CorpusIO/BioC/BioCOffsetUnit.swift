import ClinicalText

/// What the offsets of a BioC file count: its specification says bytes, most corpora count code points, and programs in
/// Java count UTF-16.
enum BioCOffsetUnit: CaseIterable {
    case codePoints
    case utf8
    case utf16

    /// What messages call it.
    var words: String {
        switch self {
        case .codePoints: "code points"
        case .utf8: "UTF-8 bytes"
        case .utf16: "UTF-16 units"
        }
    }

    /// How many of these a text has.
    func count(_ text: String) -> Int {
        switch self {
        case .codePoints: text.unicodeScalars.count
        case .utf8: text.utf8.count
        case .utf16: text.utf16.count
        }
    }

    /// The code point at which each unit of a text begins, with its end; nothing for code points, which need no table.
    func table(of text: String) -> [Int32]? {
        guard self != .codePoints else { return nil }
        var table: [Int32] = []
        var codePoint: Int32 = 0
        for scalar in text.unicodeScalars {
            table.append(codePoint)
            let width = self == .utf8 ? UTF8.width(scalar) : UTF16.width(scalar)
            // Offsets within a character are of no use.
            table.append(contentsOf: repeatElement(-1, count: width - 1))
            codePoint += 1
        }
        table.append(codePoint)
        return table
    }
}
