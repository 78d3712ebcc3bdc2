import ClinicalText
import Essentials
import Foundation
import TestSupport
import Testing

@testable import TextProcessing

@Suite struct SentenceSplitterTests {
    private let segmenter = DocumentSegmenter(sectionHeaders: .none)

    /// Sentences are parted by ` | ` in what is expected, and a line end within one is a blank.
    @Test(
        arguments: [
            ("No fever. No cough.", "No fever. | No cough."),
            // Abbreviations and initials.
            ("Seen by Dr. Vane and Mrs. Poe. Well.", "Seen by Dr. Vane and Mrs. Poe. | Well."),
            ("ASA 81 mg p.o. q.d. Lasix 40 mg b.i.d. He slept.", "ASA 81 mg p.o. q.d. Lasix 40 mg b.i.d. | He slept."),
            (
                "Pain, e.g. The knee. J. Smith, pt. Declined vs. Refused.",
                "Pain, e.g. The knee. | J. Smith, pt. Declined vs. Refused."
            ),
            ("Bed no. 5. He said no. He left.", "Bed no. 5. | He said no. | He left."),
            ("C. difficile. Hepatitis C. She is ill.", "C. difficile. | Hepatitis C. | She is ill."),
            ("Remitido por Dra. Ruiz. Avda. Sol 3.", "Remitido por Dra. Ruiz. | Avda. Sol 3."),
            // Numbers.
            ("Cr 1.2. K 4.5 mg/dL.", "Cr 1.2. | K 4.5 mg/dL."),
            ("Approx. 3 wks. Then well.", "Approx. 3 wks. | Then well."),
            // Stops without a blank, doubts.
            ("No fever.Denies cough. See Fig.Top", "No fever. | Denies cough. | See Fig.Top"),
            ("Imp: ?UTI. Stable?", "Imp: ?UTI. | Stable?"),
            // Headers.
            ("HOSPITAL COURSE: He was well.", "HOSPITAL COURSE: | He was well."),
            ("FINAL DIAGNOSES:\npneumonia\nasthma", "FINAL DIAGNOSES: | pneumonia | asthma"),
            // Lists.
            (
                "1. Aspirin 81 mg\n2) Lasix 40 mg. Hold.\n- rest\n* ice\n• heat",
                "1. Aspirin 81 mg | 2) Lasix 40 mg. | Hold. | - rest | * ice | • heat"
            ),
            ("1.Aspirin\n2.5 mg daily", "1.Aspirin | 2.5 mg daily"),
            (
                "2. Insulin 24 units\nq.h.s., Lasix 40 mg\n3. Albuterol",
                "2. Insulin 24 units q.h.s., Lasix 40 mg | 3. Albuterol"
            ),
            // Lines that end where their writer ended them.
            ("No headache\nNo chest pain\nFeels well", "No headache | No chest pain | Feels well"),
            ("aspirin 81 mg\nlasix 40 mg\nmetoprolol", "aspirin 81 mg | lasix 40 mg | metoprolol"),
            ("Aspirin 81 mg,\nLasix", "Aspirin 81 mg, Lasix"),
            // Wrapped prose, blank lines, form feeds.
            (
                "Ms. Marlow is a retired lighthouse\nkeeper. Pulse 80.",
                "Ms. Marlow is a retired lighthouse keeper. | Pulse 80."
            ),
            ("Pain started\n\nand went on", "Pain started | and went on"),
            ("Page one\u{C}page two", "Page one | page two"),
            // De-identification marks are not cut.
            (
                "Dr. [**Last Name. The\n(STitle) 2**] called. [**Hospital. A**] He left.",
                "Dr. [**Last Name. The (STitle) 2**] called. | [**Hospital. A**] He left."
            ),
            ("a\r\nB\r\n\r\nC", "a | B | C"), ("", ""),
        ])
    func `a text divides into sentences`(text: String, expected: String) {
        #expect(sentences(of: text).joined(separator: " | ") == expected)
    }

    @Test func `prose that was wrapped is joined, and what was not is not`() {
        let prose = """
            He was treated with vancomycin and cefepime for presumed pneumonia and
            Zosyn was added after two days of fever. A chest film of Monday shows
            Kerley lines and a small effusion. Coumadin was held on admission, and
            Warfarin was resumed later.
            """
        #expect(
            sentences(of: prose) == [
                "He was treated with vancomycin and cefepime for presumed pneumonia and Zosyn was added after two days of fever.",
                "A chest film of Monday shows Kerley lines and a small effusion.",
                "Coumadin was held on admission, and Warfarin was resumed later.",
            ])
        let list = (0..<6).map { "Item \($0) " + String(repeating: "long ", count: 6 + 3 * $0) + "end" }
        #expect(sentences(of: list.joined(separator: "\n")) == list)
    }

    @Test func `a long run without stops is cut at its line ends`() {
        let line = String(repeating: "word and ", count: 10) + "more,"
        let text = Array(repeating: line, count: 30).joined(separator: "\n")
        let found = sentences(of: text)
        #expect(found == Array(repeating: line, count: 30))
        #expect(sentences(of: Array(repeating: line, count: 5).joined(separator: "\n")).count == 1)
    }

    @Test func `on random text sentences hold all tokens, in order, each within one section`() {
        var generator = SeededGenerator(seed: 37)
        for round in 0..<400 {
            let text = RandomText.make(count: round % 80, using: &generator)
            let segmentation = segmenter.segmentation(of: text)
            var next = 0
            for sentence in segmentation.sentences {
                #expect(sentence.tokens.lowerBound == next && !sentence.tokens.isEmpty)
                next = sentence.tokens.upperBound
                let first = segmentation.tokens[sentence.tokens.lowerBound].span
                #expect(sentence.span == first.union(segmentation.tokens[next - 1].span))
            }
            #expect(next == segmentation.tokens.count)
        }
    }

    @Test func `the parts of the segmenter and the segmenter agree`() {
        let text = "HISTORY OF ILLNESS: Pain. No fever.\n1. rest\n"
        let sections = SectionSplitter(headers: .none).sections(of: text)
        let tokens = WordSplitter().tokens(of: text)
        let segmented = segmenter.segment(Document(id: "n", text: text))
        #expect(segmented.segmentation.sections == sections && segmented.segmentation.tokens == tokens)
        #expect(
            segmented.segmentation.sentences
                == SentenceSplitter().sentences(of: text, sections: sections, tokens: tokens))
        #expect(segmented.document.id == "n")
    }

    private func sentences(of text: String) -> [String] {
        segmenter.segmentation(of: text).sentences.map {
            String(text.slice($0.span)).replacing("\r\n", with: " ").replacing("\n", with: " ")
        }
    }
}
