import ClinicalText
import Foundation
import TestSupport
import Testing

@testable import TextProcessing

/// Measures sentences and sections on the gold set of `Tests/Fixtures/segmentation`; `Tests/README.md` has the figures.
@Suite struct GoldBoundaryTests {
    /// The rows of the README's table for one folder of notes.
    private static func rows(_ half: String) throws -> [(name: String, counts: BoundaryCounts)] {
        let headers = try SectionHeaders(contentsOf: "\(SharedData.packageRoot)/lexicons/section-headers.tsv")
        let segmenter = DocumentSegmenter(sectionHeaders: headers)
        var sentences = BoundaryCounts()
        var boundaries = BoundaryCounts()
        var named = BoundaryCounts()
        for note in try GoldNote.notes(in: SharedData.fixture("segmentation/\(half)")) {
            let found = segmenter.segmentation(of: note.text)
            sentences.add(gold: note.sentenceStarts, found: Set(found.sentences.map(\.span.start)))
            boundaries.add(
                gold: Set(note.sections.map(\.start)), found: Set(found.sections.compactMap { $0.header?.start }))
            named.add(
                gold: note.sections,
                found: Set(
                    found.sections.compactMap { section in
                        section.header.map { .init(start: $0.start, name: section.name, level: section.level) }
                    }))
            if ProcessInfo.processInfo.environment["CLINNER_SHOW_BOUNDARIES"] != nil { show(note, found) }
        }
        return [("sentences", sentences), ("sections", boundaries), ("sections with name and level", named)]
    }

    /// Prints what differs, for whoever works on the rules; the notes are invented.
    private static func show(_ note: GoldNote, _ found: Segmentation) {
        let bytes = Array(note.text.utf8)
        func around(_ offset: Int) -> String {
            String(decoding: bytes[max(0, offset - 30)..<offset], as: UTF8.self) + "‖"
                + String(decoding: bytes[offset..<min(bytes.count, offset + 30)], as: UTF8.self)
        }
        func print(_ parts: String...) {
            Swift.print(parts.joined(separator: " ").replacingOccurrences(of: "\n", with: "⏎"))
        }
        let starts = Set(found.sentences.map(\.span.start))
        for offset in note.sentenceStarts.subtracting(starts).sorted() { print(note.name, "missed:", around(offset)) }
        for offset in starts.subtracting(note.sentenceStarts).sorted() { print(note.name, "false:", around(offset)) }
        let sections = Set(
            found.sections.compactMap { section in
                section.header.map { GoldNote.Section(start: $0.start, name: section.name, level: section.level) }
            })
        for section in note.sections.symmetricDifference(sections).sorted(by: { $0.start < $1.start }) {
            let side = sections.contains(section) ? "found" : "gold"
            print(note.name, side, "\(section.level)", section.name, around(section.start))
        }
    }

    @Test(arguments: [
        ("rules", [0.99, 0.99, 0.975]), ("heldout", [0.99, 0.985, 0.985]), ("fresh", [0.99, 0.99, 0.96]),
    ])
    func `boundaries agree with the gold set`(half: String, bars: [Double]) throws {
        let rows = try Self.rows(half)
        for (row, bar) in zip(rows, bars) {
            #expect(row.counts.gold > 20)
            #expect(row.counts.f1 >= bar, "\(half) \(row.name): F1 \(row.counts.f1)")
        }
    }

    @Test func `the figures in the README are the measured ones`() throws {
        let readme = try String(contentsOfFile: "\(SharedData.packageRoot)/Tests/README.md", encoding: .utf8)
        for half in ["rules", "heldout", "fresh"] {
            for row in try Self.rows(half) {
                let figures = [row.counts.precision, row.counts.recall, row.counts.f1].map {
                    String(format: "%.3f", $0)
                }
                let line = "| \(half) | \(row.name) | \(row.counts.gold) | \(figures.joined(separator: " | ")) |"
                #expect(readme.contains(line), "the row should be: \(line)")
            }
        }
    }
}
