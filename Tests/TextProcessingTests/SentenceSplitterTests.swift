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
            ("Stop? No! \"Yes.\" (Maybe.) Well", "Stop? | No! | \"Yes.\" | (Maybe.) | Well"),
            ("CVA (?) vs TIA. Cough. ?PE", "CVA (?) vs TIA. | Cough. | ?PE"), ("Imp: ? UTI. Ok", "Imp: ? UTI. | Ok"),
            (
                "(see above).Denies pain. BP 120/80.Heart regular",
                "(see above). | Denies pain. | BP 120/80. | Heart regular"
            ),
            // Figures after a stop, lists in a line, times of day.
            ("He was given fluids. 2 hours later he improved.", "He was given fluids. | 2 hours later he improved."),
            ("1. Aspirin. 2. Plavix 75 mg. 3. Lipitor.", "1. Aspirin. | 2. Plavix 75 mg. | 3. Lipitor."),
            (
                "Temp. 38.2 at 6 a.m. Then fell. At 9 p.m. Monday.",
                "Temp. 38.2 at 6 a.m. | Then fell. | At 9 p.m. Monday."
            ),
            // Lower case behind a stop: an abbreviation's, or a sentence of a hasty writer.
            ("Took 2 tabs. daily. no fever. denies cough", "Took 2 tabs. daily. | no fever. | denies cough"),
            (
                "pain is worse. walks less. sleeps badly. eats little.",
                "pain is worse. | walks less. | sleeps badly. | eats little."
            ),
            // Capitals and tokenized notes.
            (
                "SEEN BY DR. LOWE. ASPIRIN P.O. B.I.D. HE SLEPT. NO PAIN.",
                "SEEN BY DR. LOWE. | ASPIRIN P.O. B.I.D. | HE SLEPT. | NO PAIN."
            ),
            (
                "hi , martha . how are you ? i am fine . and dr . vane said so .",
                "hi , martha . | how are you ? | i am fine . | and dr . vane said so ."
            ),
            // Rows of tables and rules.
            (
                "Time    Temp    HR\n0800    37.9    88\n----------\n1200    38.0    90",
                "Time    Temp    HR | 0800    37.9    88 | ---------- | 1200    38.0    90"
            ),
            ("WBC\t14.2,\nHgb\t9.8", "WBC\t14.2, | Hgb\t9.8"),
            ("Na 134 | K 3.9 | Cl 101,\nx", "Na 134 | K 3.9 | Cl 101, | x"),
            (
                "He is well.   She is not.   They are, and\nso are we.",
                "He is well. | She is not. | They are, and so are we."
            ),
            // Lines that were wrapped: at a title, a word that leads on, below the text of an item.
            ("Seen by Dr.\nVane", "Seen by Dr. Vane"),
            ("Treated with vancomycin and\nZosyn", "Treated with vancomycin and Zosyn"),
            (
                "1. Atrial fibrillation, on warfarin; INR goal\n   2.0-3.0\n2. CHF\n   Lasix",
                "1. Atrial fibrillation, on warfarin; INR goal    2.0-3.0 | 2. CHF | Lasix"
            ),
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
