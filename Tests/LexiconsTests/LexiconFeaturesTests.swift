import ClinicalText
import TestSupport
import Testing

@testable import Lexicons

struct LexiconFeaturesTests {
    private func lexicons() -> [Lexicon] {
        [
            Lexicon(
                name: "diseases",
                entries: [
                    LexiconEntry(term: "heart failure", type: "Disease"),
                    LexiconEntry(term: "acute heart failure", type: "Disease"),
                    LexiconEntry(term: "heart", type: nil),
                ]),
            Lexicon(name: "symptoms", entries: [LexiconEntry(term: "failure to thrive", type: "Symptom")]),
        ]
    }

    private func document(_ words: [String]) -> SegmentedDocument {
        var text = ""
        var tokens: [Token] = []
        for word in words {
            if !text.isEmpty { text += " " }
            tokens.append(Token(span: TextSpan(start: text.utf8.count, end: text.utf8.count + word.utf8.count)))
            text += word
        }
        let whole = TextSpan(start: 0, end: text.utf8.count)
        return SegmentedDocument(
            document: Document(id: "d", text: text),
            segmentation: Segmentation(
                sections: [], sentences: [Sentence(span: whole, tokens: 0..<tokens.count)], tokens: tokens))
    }

    @Test("the longest term of each lexicon counts, and each word has what any lexicon says")
    func features() {
        let features = LexiconFeatures(lexicons())
        #expect(
            features.names == [
                "Disease.first", "Disease.further", "Symptom.first", "Symptom.further", "other.first", "other.further",
            ])
        let found = features.features(of: document(["Acute", "heart", "failure", "to", "thrive", ",", "heart"]))
        #expect(found == [[0], [1], [1, 2], [3], [3], [], [4]])
    }

    @Test("a folder keeps the lexicons and how mentions may differ from their terms")
    func folder() throws {
        try withTemporaryFolder { folder in
            var lexicons = lexicons()
            lexicons[0].variants = [.exact, .inflection, .wordOrder]
            let features = LexiconFeatures(lexicons)
            let names = try features.write(to: folder)
            #expect(names == ["lexicon-0.lexicon", "lexicon-1.lexicon", LexiconFeatures.fileName])
            let again = try LexiconFeatures(folder: folder)
            #expect(again.names == features.names)
            for words in [
                ["failure", "of", "the", "heart"], ["heart", "failures"], ["HEART", "failure", "to", "thrive"],
            ] {
                #expect(again.features(of: document(words)) == features.features(of: document(words)))
            }
            #expect(again.features(of: document(["failure", "of", "the", "heart"])) == [[0], [1], [1], [1]])
        }
    }
}
