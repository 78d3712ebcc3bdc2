import ClinicalText
import Evaluation
import TestSupport
import Testing

@testable import WeakLabeling

@Suite struct LabelingAnalysisTests {
    private static let files = [
        "a.tsv": "term\nheart failure\nfever\nCHF\npain in the left leg\n",
        "b.tsv": "term\nfailure\nfever\n",
        "abbreviations.tsv": """
        abbreviation\tsense\ttype\tcontext
        MS\tmultiple sclerosis\tDisease\tlesions
        MS\tmorphine sulfate\tMedication\tmg,iv

        """,
    ]

    private static func labeler() throws -> SilverLabeler {
        var configuration = LabelingConfiguration()
        configuration.lexicons = [.init(path: "a.tsv", type: "Disease"), .init(path: "b.tsv", type: "Disease")]
        configuration.abbreviations = "abbreviations.tsv"
        configuration.labelModel = .majority
        return try withTemporaryFolder { folder in
            try write(files, to: folder)
            return try SilverLabeler(
                configuration: configuration, relativeTo: folder, types: ["Disease", "Medication"])
        }
    }

    private static func analysis(_ texts: [String]) throws -> LabelingAnalysis {
        let notes = try texts.enumerated().map { try segmented($1, id: "n\($0)") }
        let gold = Dictionary(uniqueKeysWithValues: notes.map { ($0.document.id, $0.document.entities) })
        return try labeler().label(notes, gold: gold).analysis
    }

    @Test func boundariesLengthsAndKindsOfVotesAreCounted() throws {
        let analysis = try Self.analysis([
            "Severe [heart failure|Disease] and [fever|Disease].",
            "[CHF|Disease] since May; [pain|Disease] in the left leg.",
            "No fever was there.",
        ])
        let a = try #require(analysis.functions.first { $0.name == "lexicon/a" }?.gold)
        let b = try #require(analysis.functions.first { $0.name == "lexicon/b" }?.gold)
        #expect(b.boundary.leftTooLate == 1 && b.boundary.rightTooLate == 0 && b.boundary.both == 0)
        #expect(a.boundary.rightTooLate == 1 && a.boundary.leftTooEarly == 0)
        // Of five votes of a: heart failure, fever, CHF are right, the long one and the second fever are not.
        #expect(a.byLength["1"]?.truePositives == 2 && a.byLength["1"]?.falsePositives == 1)
        #expect(a.byLength["2"]?.truePositives == 1 && a.byLength["4+"]?.falsePositives == 1)
        #expect(a.byKind["abbreviations"]?.truePositives == 1 && a.byKind["abbreviations"]?.falseNegatives == 0)
        #expect(b.byKind["abbreviations"]?.falseNegatives == 1)
        #expect(
            a.examples == [
                VoteExample(document: "n1", start: 15, end: 35, type: "Disease", kind: .boundary),
                VoteExample(document: "n2", start: 3, end: 8, type: "Disease", kind: .spurious),
            ])
    }

    @Test func pairsTellHowFarFunctionsRepeatEachOther() throws {
        let analysis = try Self.analysis(["He has heart failure and fever."])
        let pair = try #require(analysis.pairs.first)
        #expect(pair.first == "lexicon/a" && pair.second == "lexicon/b")
        #expect(pair.shared == 2 && pair.agreeing == 2 && pair.redundancy == 1)
    }

    @Test func ambiguousAbbreviationsAreCountedASense() throws {
        let analysis = try Self.analysis(["MS with new lesions.", "MS 2 mg IV given.", "History of MS."])
        #expect(
            analysis.abbreviations == [
                AbbreviationSummary(
                    abbreviation: "MS", senses: ["multiple sclerosis": 2, "morphine sulfate": 1], undecided: 1)
            ])
    }

    @Test func leavingOutAFunctionThatAloneIsRightCostsItsMentions() throws {
        let notes = try ["[heart failure|Disease] and [fever|Disease]", "[CHF|Disease]"].enumerated()
            .map { try segmented($1, id: "n\($0)") }
        let gold = Dictionary(uniqueKeysWithValues: notes.map { ($0.document.id, $0.document.entities) })
        let labeler = try Self.labeler()
        let (f1, gains) = try labeler.marginalGains(on: notes, gold: gold)
        #expect(f1 == 1)
        let places = Dictionary(uniqueKeysWithValues: labeler.functions.enumerated().map { ($1.name, $0) })
        // Without a: `failure` and `fever` of b, one of them right; F1 is 2 · 1 / (2 + 3).
        #expect(gains[try #require(places["lexicon/a"])].map { abs($0 - 0.6) < 1e-12 } == true)
        #expect(gains[try #require(places["lexicon/b"])] == 0)
        #expect(gains[try #require(places["abbreviation/sense"])] == .some(nil))
    }
}
