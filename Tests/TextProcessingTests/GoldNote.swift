import ClinicalText
import Foundation

/// A note of the gold set with the sentences and sections that its author marked.
///
/// `‖` stands before each sentence but the first, `⟦2 physical_exam⟧` before each header, with the section's level and name;
/// a header begins a sentence too. The marks are no part of the text.
struct GoldNote {
    /// A section as marked.
    struct Section: Hashable {
        var start: Int
        var name: String
        var level: Int
    }

    let name: String
    let text: String
    /// The UTF-8 offsets of the first bytes of the sentences, white space aside.
    let sentenceStarts: Set<Int>
    let sections: Set<Section>

    init(name: String, marked: String) throws {
        self.name = name
        var bytes: [UInt8] = []
        var starts: [Int] = [0]
        var sections: Set<Section> = []
        var mark: [UInt8]?
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "‖":
                starts.append(bytes.count)
            case "⟦":
                mark = []
            case "⟧":
                let parts = String(decoding: mark ?? [], as: UTF8.self).split(separator: " ")
                guard parts.count == 2, let level = Int(parts[0]) else { throw CocoaError(.fileReadCorruptFile) }
                starts.append(bytes.count)
                sections.insert(Section(start: bytes.count, name: String(parts[1]), level: level))
                mark = nil
            default:
                if mark == nil { bytes += Array(String(scalar).utf8) } else { mark? += Array(String(scalar).utf8) }
            }
        }
        text = String(decoding: bytes, as: UTF8.self)
        sentenceStarts = Set(
            starts.map { start in bytes[start...].firstIndex { $0 > 0x20 } ?? bytes.count }.filter { $0 < bytes.count })
        self.sections = sections
    }

    /// The notes of one half of the set, in the order of their names.
    static func notes(in folder: String) throws -> [GoldNote] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".txt") }.sorted().map {
            try GoldNote(name: $0, marked: String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8))
        }
    }
}
