import ClinicalText

/// A line of a brat annotation file, as far as it can be read alone.
///
/// Format: https://brat.nlplab.org/standoff.html
enum BratLine {
    /// A `T` line: `T1 TAB Type 0 5;7 9 TAB text`.
    struct Mention {
        let id: String
        let type: String
        let fragments: MentionCheck.Fragments
        let surface: String?

        /// The surface, if it follows the order of the text as the entity does.
        var orderedSurface: String? {
            zip(fragments, fragments.dropFirst()).allSatisfy { $0.end <= $1.start } ? surface : nil
        }
    }

    /// An `A` or `M` line: `A1 TAB Name T1 value`; without a value it says that the name holds.
    struct Attribute {
        /// The value of a line that has none.
        static let holds = "true"

        let id: String
        let name: String
        let target: String
        let value: String
    }

    /// An `N` line: `N1 TAB Reference T1 SOURCE:CODE TAB text`.
    struct Normalization {
        let id: String
        let target: String
        let code: String
    }

    case blank
    case mention(Mention)
    /// `R1 TAB Type Arg1:T1 Arg2:T2`, `E1 TAB Type:T1 Role:T2`, or `* TAB Equiv T1 T2`, which has no id of its own.
    case relation(Relation)
    case attribute(Attribute)
    case normalization(Normalization)
    /// A note, a line of a kind that is not known, or one that is not written as its kind should be.
    case other

    /// The role of an event's trigger, which is its first argument.
    static let trigger = "Trigger"
    /// The role of the members of an equivalence.
    static let member = "Member"

    // Lines are split as bytes: a blank before a combining mark is one Character with it, and CR LF is one too.

    /// Reads a line without its line end.
    ///
    /// - Throws: ``CorpusError`` for a `T` line that is none.
    static func parse(_ line: some StringProtocol, file: String, number: Int) throws -> BratLine {
        let bytes = line.utf8
        guard let kind = bytes.first, !bytes.allSatisfy(Surface.isSpace) else { return .blank }
        let line = Substring(line)
        switch kind {
        case UInt8(ascii: "T"): return .mention(try mention(line.utf8, file: file, number: number))
        case UInt8(ascii: "R"): return relation(line.utf8).map { .relation($0) } ?? .other
        case UInt8(ascii: "E"): return event(line.utf8).map { .relation($0) } ?? .other
        case UInt8(ascii: "*"): return equivalence(line.utf8).map { .relation($0) } ?? .other
        case UInt8(ascii: "A"), UInt8(ascii: "M"): return attribute(line.utf8).map { .attribute($0) } ?? .other
        case UInt8(ascii: "N"): return normalization(line.utf8).map { .normalization($0) } ?? .other
        default: return .other
        }
    }

    private static func mention(_ line: Substring.UTF8View, file: String, number: Int) throws -> Mention {
        func malformed(_ problem: String) -> CorpusError {
            .malformed(file: file, line: number, problem: problem)
        }
        let fields = line.split(separator: tab, maxSplits: 2, omittingEmptySubsequences: false)
        let parts = fields.count > 1 ? fields[1].split(separator: space, maxSplits: 1) : []
        guard parts.count == 2 else { throw malformed("a T line must read ID, tab, TYPE START END, tab, text") }
        let fragments = try parts[1].split(separator: UInt8(ascii: ";")).map { fragment in
            let ends = fragment.split(separator: space).map { Int(Substring($0)) }
            guard ends.count == 2, let start = ends[0], let end = ends[1] else {
                throw malformed("offsets must be written START END, or START END;START END")
            }
            return (start: start, end: end)
        }
        guard !fragments.isEmpty else { throw malformed("a T line without offsets") }
        guard BratIDs.isID(Substring(fields[0]), kind: "T") else { throw malformed("a T line's id must read T1") }
        return Mention(
            id: string(fields[0]), type: string(parts[0]), fragments: fragments,
            surface: fields.count > 2 ? string(fields[2]) : nil)
    }

    private static func relation(_ line: Substring.UTF8View) -> Relation? {
        guard let (id, parts) = parts(of: line), BratIDs.isID(id, kind: "R"), parts.count > 2,
            let arguments = arguments(parts.dropFirst())
        else { return nil }
        let relation = Relation(id: id, type: string(parts[0]), arguments: arguments)
        // With these roles it would be told from neither.
        return BratIDs.isEvent(relation) || BratIDs.isEquivalence(relation) ? nil : relation
    }

    private static func event(_ line: Substring.UTF8View) -> Relation? {
        guard let (id, parts) = parts(of: line), BratIDs.isID(id, kind: "E"), let arguments = arguments(parts[...]),
            let first = arguments.first
        else { return nil }
        let trigger = Relation.Argument(role: trigger, entityID: first.entityID)
        return Relation(id: id, type: first.role, arguments: [trigger] + arguments.dropFirst())
    }

    private static func equivalence(_ line: Substring.UTF8View) -> Relation? {
        guard let (id, parts) = parts(of: line), id == "*", parts.count > 2 else { return nil }
        return Relation(
            id: id, type: string(parts[0]),
            arguments: parts.dropFirst().map { .init(role: member, entityID: string($0)) })
    }

    private static func attribute(_ line: Substring.UTF8View) -> Attribute? {
        let fields = line.split(separator: tab, omittingEmptySubsequences: false)
        guard fields.count > 1, fields[2...].allSatisfy({ $0.allSatisfy(Surface.isSpace) }) else { return nil }
        let parts = fields[1].split(separator: space, maxSplits: 2)
        guard parts.count > 1 else { return nil }
        var value = parts.count > 2 ? parts[2] : Substring().utf8
        while let last = value.last, Surface.isSpace(last) { value.removeLast() }
        return Attribute(
            id: string(fields[0]), name: string(parts[0]), target: string(parts[1]),
            value: value.isEmpty ? Attribute.holds : string(value))
    }

    private static func normalization(_ line: Substring.UTF8View) -> Normalization? {
        let fields = line.split(separator: tab, maxSplits: 2, omittingEmptySubsequences: false)
        let parts = fields.count > 1 ? fields[1].split(separator: space) : []
        guard parts.count == 3, parts[0].elementsEqual("Reference".utf8), parts[2].contains(UInt8(ascii: ":")) else {
            return nil
        }
        return Normalization(id: string(fields[0]), target: string(parts[1]), code: string(parts[2]))
    }

    /// The id of a line and the blank-separated parts of its only other field.
    private static func parts(of line: Substring.UTF8View) -> (id: String, [Substring.UTF8View])? {
        let fields = line.split(separator: tab, omittingEmptySubsequences: false)
        guard fields.count > 1, fields[2...].allSatisfy({ $0.allSatisfy(Surface.isSpace) }) else { return nil }
        let parts = fields[1].split(separator: space)
        return parts.isEmpty ? nil : (string(fields[0]), parts)
    }

    /// `Role:T1 Role2:T2`, or nothing if one is not written so.
    private static func arguments(_ parts: ArraySlice<Substring.UTF8View>) -> [Relation.Argument]? {
        var arguments: [Relation.Argument] = []
        for part in parts {
            let pair = part.split(separator: UInt8(ascii: ":"), maxSplits: 1)
            guard pair.count == 2 else { return nil }
            arguments.append(.init(role: string(pair[0]), entityID: string(pair[1])))
        }
        return arguments
    }

    private static let tab: UInt8 = 0x09
    private static let space: UInt8 = 0x20

    private static func string(_ bytes: Substring.UTF8View) -> String { String(Substring(bytes)) }
}

extension BratLine {
    /// The id of a line that others can refer to.
    static func id(of line: some StringProtocol) -> String? {
        guard let tab = line.utf8.firstIndex(of: 0x09), line.utf8.first != UInt8(ascii: "*") else { return nil }
        return String(line[..<tab])
    }

    /// The ids that an event, relation, attribute, normalization, note or equivalence is about, as far as it can be read.
    static func references(of line: String) -> [String] {
        let fields = line.utf8.split(separator: tab, maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count > 1, let kind = line.utf8.first else { return [] }
        let parts = fields[1].split(separator: space)
        switch kind {
        case UInt8(ascii: "E"), UInt8(ascii: "R"):
            return parts.compactMap { part in
                part.lastIndex(of: UInt8(ascii: ":")).map { string(part[part.index(after: $0)...]) }
            }
        case UInt8(ascii: "A"), UInt8(ascii: "M"), UInt8(ascii: "N"), UInt8(ascii: "#"):
            return parts.dropFirst().prefix(1).map { string($0) }
        case UInt8(ascii: "*"):
            return parts.dropFirst().map { string($0) }
        default:
            return []
        }
    }

    /// Whether a line has the look of a line of brat: a letter or sign of a kind, a number, a tab.
    static func isLine(_ line: String) -> Bool {
        guard let kind = line.utf8.first, line.utf8.contains(tab) else { return false }
        let number = line.utf8.dropFirst().prefix { $0 != tab }
        if kind == UInt8(ascii: "*") { return number.isEmpty }
        return "TERAMN#".utf8.contains(kind) && !number.isEmpty && number.allSatisfy { (0x30...0x39).contains($0) }
    }
}
