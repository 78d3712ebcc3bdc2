import Testing

@testable import Lexicons

@Suite struct FoldedWordsTests {
    static let cases: [(term: String, words: [String])] = [
        ("Chest Pain", ["chest", "pain"]),
        ("Crohn's disease", ["crohn", "disease"]),
        ("biopsies", ["biopsy"]),
        ("masses", ["mass"]), ("mass", ["mass"]),
        ("rashes", ["rash"]), ("sinuses", ["sinus"]), ("sinus", ["sinus"]),
        ("headaches", ["headach"]), ("headache", ["headach"]),
        ("pelvis", ["pelvis"]), ("virus", ["virus"]), ("fevers", ["fever"]),
        ("does", ["does"]), ("PVCs", ["pvc"]), ("PVC", ["pvc"]),
        ("b.i.d.", ["bid"]), ("P.O.", ["po"]), ("q.i.d", ["qid"]),
        ("5mg", ["5", "mg"]), ("HbA1c", ["hba", "1", "c"]),
        ("x-ray", ["x", "ray"]), ("w/o", ["w", "/", "o"]), ("A&O", ["a", "&", "o"]),
        ("1+ edema", ["1", "+", "edema"]),
        ("approx.", ["approx"]),
        ("Sjögren's", ["sjogren"]), ("Ménière", ["meniere"]), ("ÁCIDO FÓLICO", ["acido", "folico"]),
        ("µg", ["μg"]), ("β-blocker", ["β", "blocker"]), ("α2", ["α", "2"]),
        ("...", []), ("(", []), ("", []),
    ]

    @Test("a term becomes the words that its spellings share", arguments: cases)
    func foldsTerms(_ example: (term: String, words: [String])) {
        // The normalizer turns the micro sign into the Greek letter before anything is folded.
        let words = FoldedWords(term: example.term.replacingOccurrences(of: "µ", with: "μ"))
        #expect((0..<words.count).map { words[$0] } == example.words)
    }

    @Test func aVeryLongWordIsFoldedInPieces() {
        let words = FoldedWords(term: String(repeating: "é", count: 1000))
        #expect((0..<words.count).map { words[$0] }.joined() == String(repeating: "e", count: 1000))
    }
}
