import ClinicalText
import Essentials
import Lexicons
import TestSupport
import Testing
import TextProcessing

@testable import WeakLabeling

@Suite struct LexiconMatcherTests {
    /// What the matcher finds, as `lexicon:surface`.
    private static func found(_ lexicons: [Lexicon], _ text: String) throws -> [String] {
        let document = try segmented(text)
        let context = try LabelingResources(lexicons: lexicons, ruleFiles: []).context(of: document)
        let matches = context.lexiconMatches.flatMap { $0 }
        return zip(matches, surfaces(matches.map(\.tokens), in: document)).map { "\(lexicons[$0.lexicon].name):\($1)" }
    }

    static let cases: [(terms: [String], text: String, found: [String])] = [
        (["pain", "chest pain"], "He has chest pain and pain.", ["l:chest pain", "l:pain"]),
        (["pain"], "painful paining", []),
        (["heart failure"], "Heart  failures worsened", ["l:Heart  failures"]),
        (["crohn disease"], "Crohn's disease", ["l:Crohn's disease"]),
        (["=PE"], "PE, pe, Pe and PEs", ["l:PE", "l:PEs"]),
        (["a1c"], "HbA1c but A1c", ["l:A1c"]),
        (["x-ray"], "x ray, X‑ray and x–ray", ["l:x ray", "l:X‑ray", "l:x–ray"]),
        (["b.i.d."], "take bid or b.i.d. or BID", ["l:bid", "l:b.i.d.", "l:BID"]),
        (["vitamin d"], "vitamin\u{A0}D and Vitamin D", ["l:vitamin\u{A0}D", "l:Vitamin D"]),
        (["sjögren syndrome"], "Sjogren syndrome", ["l:Sjogren syndrome"]),
        (["pain. Fever"], "No pain. Fever.", []),
        (["a b", "b c d", "c"], "a b c d", ["l:a b", "l:c"]),
    ]

    @Test("finds the longest whole-word terms from left to right", arguments: cases)
    func findsTerms(_ example: (terms: [String], text: String, found: [String])) throws {
        #expect(try Self.found([lexicon("l", "T", example.terms)], example.text) == example.found)
    }

    @Test func lexiconsDoNotHideEachOther() throws {
        let lexicons = [lexicon("a", "A", ["cold"]), lexicon("b", nil, ["cold pack"])]
        #expect(try Self.found(lexicons, "a cold pack") == ["a:cold", "b:cold pack"])
    }

    @Test func offsetsPointIntoTheOriginalBehindCharactersThatTheNormalizerRemoves() throws {
        let lexicons = [lexicon("l", "T", ["chest pain"])]
        #expect(
            try Self.found(lexicons, "ﬁne 😀 che\u{AD}st\u{2003}pain\u{200B} 10⁹ chest pain") == [
                "l:che\u{AD}st\u{2003}pain", "l:chest pain",
            ])
    }

    /// The obvious way: at each word the longest entry whose words follow, entry by entry.
    private static func slowly(_ lexicon: Lexicon, _ document: SegmentedDocument) -> [Range<Int>] {
        let terms = lexicon.entries.map { entry in
            let words = FoldedWords(term: entry.term)
            return (0..<words.count).map { words[$0] }
        }
        let tokens = document.segmentation.tokens.map { token in
            if document.document.text(of: token.span) == "." { return ["."] }
            let words = FoldedWords(term: String(document.document.text(of: token.span)))
            return (0..<words.count).map { words[$0] }
        }
        var ranges: [Range<Int>] = []
        for sentence in document.segmentation.sentences {
            var start = sentence.tokens.lowerBound
            while start < sentence.tokens.upperBound {
                var best = start
                if !tokens[start].isEmpty {
                    for end in start + 1..<sentence.tokens.upperBound + 1 where !tokens[end - 1].isEmpty {
                        if terms.contains(tokens[start..<end].flatMap { $0 }) { best = end }
                    }
                }
                if best > start { ranges.append(start..<best) }
                start = max(best, start + 1)
            }
        }
        return ranges
    }

    @Test func findsOnRandomTextWhatTheObviousSearchFinds() throws {
        let words = ["pain", "chest", "acute", "left", "arm", "fever", "B12", "x-ray", "PO", "5", "mg", "edema"]
        var generator = SeededGenerator(seed: 3)
        for round in 0..<200 {
            let terms = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
                (0..<Int.random(in: 1...4, using: &generator)).map { _ in words.randomElement(using: &generator) ?? "" }
                    .joined(separator: " ")
            }
            let text = (0..<60).map { _ in
                (words.randomElement(using: &generator) ?? "")
                    + (Int.random(in: 0..<12, using: &generator) == 0 ? "." : "")
            }.joined(separator: " ")
            let lexicon = lexicon("l", "T", terms)
            let document = try segmented(text)
            let context = try LabelingResources(lexicons: [lexicon], ruleFiles: []).context(of: document)
            #expect(
                context.lexiconMatches[0].map(\.tokens) == Self.slowly(lexicon, document), "round \(round)")
        }
    }
}
