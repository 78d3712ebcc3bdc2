import FeatureTagging
import Testing

@Suite struct FeatureExtractorTests {
    private func features(_ words: [Substring], at place: Int, _ change: (inout FeatureTemplates) -> Void) -> [String] {
        var templates = Self.nothing
        change(&templates)
        return FeatureExtractor(templates).features(of: FeatureSentence(words: words))[place]
    }

    private static let nothing = {
        var templates = FeatureTemplates()
        templates.word = false
        templates.lowercasedWord = false
        templates.prefixLength = 0
        templates.suffixLength = 0
        templates.shape = false
        templates.collapsedShape = false
        templates.marks = false
        templates.window = 0
        templates.windowShapes = false
        templates.bigrams = false
        templates.sentenceEnds = false
        return templates
    }()

    @Test func everythingTogetherOnAKnownWord() {
        let sentence = FeatureSentence(words: ["No", "Crohn's", "disease", "."])
        #expect(
            FeatureExtractor(FeatureTemplates()).features(of: sentence)[1] == [
                "w=Crohn's", "l=crohn's", "p1=C", "p2=Cr", "p3=Cro", "p4=Croh", "s1=s", "s2='s", "s3=n's", "s4=hn's",
                "S=Xxxxx'x", "C=Xx'x", "m=capital", "m=mark", "l-1=no", "C-1=Xx", "l+1=disease", "C+1=x", "l+2=.",
                "C+2=.", "b-1=no crohn's", "b+1=crohn's disease",
            ])
        #expect(FeatureExtractor(FeatureTemplates()).features(of: sentence)[0].suffix(1) == ["bos"])
        #expect(FeatureExtractor(FeatureTemplates()).features(of: sentence)[3].suffix(1) == ["eos"])
        #expect(features(["No"], at: 0) { $0.sentenceEnds = true } == ["bos", "eos"])
    }

    @Test(
        arguments: [
            ("Ménière", ["p1=M", "p2=Mé", "p3=Mén", "s1=e", "s2=re", "s3=ère"]),
            ("ﬁb", ["p1=ﬁ", "p2=ﬁb", "s1=b", "s2=ﬁb"]),
            // Base letter and accent are two code points.
            ("e\u{301}", ["p1=e", "p2=e\u{301}", "s1=\u{301}", "s2=e\u{301}"]),
            ("😀", ["p1=😀", "s1=😀"]),
            ("", []),
        ] as [(Substring, [String])])
    func affixesAreMeasuredInCodePoints(word: Substring, expected: [String]) {
        let found = features([word], at: 0) {
            $0.prefixLength = 3
            $0.suffixLength = 3
        }
        #expect(found.map { Array($0.unicodeScalars) } == expected.map { Array($0.unicodeScalars) })
    }

    @Test(
        arguments: [
            ("HbA1c", "XxXdx", "XxXdx"), ("COVID-19", "XXXXX-dd", "X-d"), ("Ménière", "Xxxxxxx", "Xx"),
            ("ΑΒγ3", "XXxd", "Xxd"), ("e\u{301}t", "xx", "x"), ("中文", "xx", "x"), ("٣٤", "dd", "d"),
            ("½µg", "½xx", "½x"),
            ("--", "--", "-"), ("😀", "😀", "😀"),
        ] as [(Substring, String, String)])
    func shapesNameTheClassesOfCodePoints(word: Substring, long: String, collapsed: String) {
        let found = features([word], at: 0) {
            $0.shape = true
            $0.collapsedShape = true
        }
        #expect(found == ["S=\(long)", "C=\(collapsed)"])
    }

    @Test(
        arguments: [
            ("aspirin", []), ("Aspirin", ["capital"]), ("HIV", ["capital", "capitals"]), ("A", ["capital"]),
            ("mRNA", ["inner-capital"]), ("McArdle", ["capital", "inner-capital"]), ("12", ["digits"]),
            ("B12", ["digit", "capital"]), ("2.5", ["digit", "mark"]), (".", ["marks"]), ("x-ray", ["mark"]),
            ("ÉÈ", ["capital", "capitals"]),
        ] as [(Substring, [String])])
    func marksTellDigitsCapitalsAndPunctuation(word: Substring, expected: [String]) {
        #expect(features([word], at: 0) { $0.marks = true } == expected.map { "m=\($0)" })
    }

    @Test func lowerCaseIsUnicodes() {
        #expect(features(["ÉPILEPSIE"], at: 0) { $0.lowercasedWord = true } == ["l=épilepsie"])
        #expect(features(["ΣΟΦΟΣ"], at: 0) { $0.lowercasedWord = true }[0].hasPrefix("l=σοφο"))
    }

    @Test func theWindowEndsWithTheSentence() {
        let words: [Substring] = ["A", "b", "C", "d"]
        #expect(features(words, at: 0) { $0.window = 3 } == ["l+1=b", "l+2=c", "l+3=d"])
        #expect(features(words, at: 3) { $0.window = 2 } == ["l-1=c", "l-2=b"])
        let eleven = (0..<12).map { Substring("\($0)") }
        #expect(features(eleven, at: 0) { $0.window = 11 }.last == "l+11=11")
        #expect(features(words, at: 1) { $0.bigrams = true } == ["b-1=a b", "b+1=b c"])
    }

    @Test func whatIsKnownOfAWordAndItsNeighborsCounts() {
        let sentence = FeatureSentence(
            words: ["breast", "cancer", "today"], lexiconTags: ["B-Disease", "I-Disease", ""],
            partsOfSpeech: ["NN", "NN", "RB"])
        let found = FeatureExtractor(Self.nothing).features(of: sentence)
        #expect(found[0] == ["x=B-Disease", "x+1=I-Disease", "t=NN", "t+1=NN"])
        #expect(found[2] == ["x-1=I-Disease", "t-1=NN", "t=RB"])
        var without = Self.nothing
        without.lexicon = false
        without.partsOfSpeech = false
        #expect(FeatureExtractor(without).features(of: sentence) == [[], [], []])
    }
}
