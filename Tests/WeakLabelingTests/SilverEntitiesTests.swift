import ClinicalText
import LabelModels
import TestSupport
import Testing

@testable import WeakLabeling

@Suite struct SilverEntitiesTests {
    /// Labels a text from votes given as surfaces: `(type, surface)`, each found once in the text.
    private static func entities(_ text: String, _ votes: [(String, String)]) throws -> [String] {
        let document = try segmented(text)
        let types = ["Disease", "Symptom"]
        let casts = try votes.enumerated().map { index, vote in
            let range = try #require(text.range(of: vote.1))
            let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
            let tokens = document.segmentation.tokens(
                overlapping: TextSpan(start: start, end: start + vote.1.utf8.count))
            return DocumentVotes.Cast(
                function: index, label: (types.firstIndex(of: vote.0) ?? -1) + 1,
                vote: Vote(tokens: tokens, type: vote.0, evidence: "f\(index)"))
        }
        let all = DocumentVotes(
            tokenCount: document.segmentation.tokens.count, casts: casts,
            contexts: ContextScopes(cues: [], sections: [:], document: document)
        ).withoutPartsOfLongerVotes()
        var matrix = LabelMatrix(functionCount: votes.count, classCount: 3)
        let voted = (0..<all.tokenCount).filter { all.hasVotes(on: $0) }
        for token in voted { matrix.append(all.cells(on: token)) }
        let probabilities = MajorityVote().probabilities(matrix)
        var labels = [Int](repeating: 0, count: all.tokenCount)
        for (row, token) in voted.enumerated() { labels[token] = probabilities.best(row) }
        var assembly = SilverEntities(types: types, minimumProbability: 0)
        var result = document.document
        let mentions = assembly.mentions(
            in: document, votes: all, labels: labels, probabilities: labels.map { _ in 1 })
        result.entities = assembly.entities(mentions, in: document, votes: all)
        return found(result)
    }

    static let cases: [(text: String, votes: [(String, String)], found: [String])] = [
        ("the pain", [("Symptom", "the pain")], ["Symptom:pain"]),
        ("(pain),", [("Symptom", "(pain),")], ["Symptom:pain"]),
        ("weakness (left)", [("Symptom", "weakness (left)")], ["Symptom:weakness (left)"]),
        (
            "mild chest pain", [("Symptom", "chest"), ("Symptom", "pain"), ("Symptom", "mild chest pain")],
            ["Symptom:mild chest pain"]
        ),
        ("pain fever", [("Symptom", "pain"), ("Symptom", "fever")], ["Symptom:pain", "Symptom:fever"]),
        (
            "acute kidney injury on CKD stage 3",
            [("Disease", "acute kidney injury on CKD"), ("Disease", "CKD stage 3")],
            ["Disease:acute kidney injury on CKD stage 3"]
        ),
        ("heart failure clinic", [("Disease", "heart failure"), ("outside", "heart failure clinic")], []),
        ("cold", [("Symptom", "cold"), ("Disease", "cold"), ("Disease", "cold")], ["Disease:cold"]),
        ("EF 40%", [("Symptom", "40%")], ["Symptom:40%"]),
        ("...", [("Symptom", "...")], []),
    ]

    @Test("runs of a class become entities", arguments: cases)
    func makesEntities(_ example: (text: String, votes: [(String, String)], found: [String])) throws {
        #expect(try Self.entities(example.text, example.votes) == example.found)
    }
}
