import ClinicalText
import Essentials
import Foundation
import TestSupport
import Testing

@testable import WeakLabeling

@Suite struct SilverLabelerTests {
    private static let files = [
        "diseases.tsv": "term\tcode\nheart failure\tX:7\npneumonia\ncommon cold\npulmonary embolism\n",
        "symptoms.tsv": "term\nchest pain\npain\nshortness of breath\nnausea\nfever\n",
        "drugs.tsv": "term\nmetoprolol\naspirin\n",
        "not.tsv": "term\npain clinic\n",
        "rules.yml": #"""
        rules:
          - name: dose
            type: Dosage
            pattern: '\b\d+ ?mg\b'
          - name: pain_phrase
            type: Symptom
            pattern: '(?i)chest pain radiating to the \w+ arm'
        """#,
        "cues.tsv": """
        cue\tcontext\tdirection
        denies\tnegated\tforward
        no\tnegated\tforward
        was ruled out\tnegated\tbackward
        no change\tnegated\tpseudo
        possible\tpossible\tforward
        mother had\tfamily\tforward
        history of\thistorical\tforward
        if\thypothetical\tforward
        but\tterminator\tboth

        """,
        "modifiers.tsv": "modifier\tside\tflags\nsevere\tbefore\nleft\tbefore\nL\tbefore\tcase\nXL\tafter\tcase\n",
        "abbreviations.tsv": "abbreviation\tsense\ttype\nSOB\tshortness of breath\tSymptom\n",
    ]
    private static let types = ["Disease", "Symptom", "Medication", "Dosage"]

    private static var configuration: LabelingConfiguration {
        var configuration = LabelingConfiguration()
        configuration.lexicons = [
            .init(path: "diseases.tsv", type: "Disease"), .init(path: "symptoms.tsv", type: "Symptom"),
            .init(path: "drugs.tsv", type: "Medication"), .init(path: "not.tsv"),
        ]
        configuration.rules = ["rules.yml"]
        configuration.contextCues = "cues.tsv"
        configuration.modifiers = [.init(path: "modifiers.tsv", types: ["Symptom", "Disease", "Medication"])]
        configuration.abbreviations = "abbreviations.tsv"
        return configuration
    }

    private static func labeler(
        _ configuration: LabelingConfiguration = configuration, types: [String] = types,
        files: [String: String] = files
    ) throws -> SilverLabeler {
        try withTemporaryFolder { folder in
            try write(files, to: folder)
            return try SilverLabeler(configuration: configuration, relativeTo: folder, types: types)
        }
    }

    private static func label(_ text: String, headers: [String] = []) throws -> Document {
        try labeler().label([segmented(text, headers: headers)]).documents[0]
    }

    @Test(arguments: LabelingConfiguration.LabelModelName.allCases)
    func everyLabelModelMakesEntitiesOfVotes(_ model: LabelingConfiguration.LabelModelName) throws {
        var configuration = Self.configuration
        configuration.labelModel = model
        let notes = try ["He has chest pain and fever.", "Takes metoprolol XL 25 mg for heart failure."].enumerated()
            .map { try segmented($1, id: "\($0)") }
        let result = try Self.labeler(configuration).label(notes)
        #expect(
            result.documents.map(found) == [
                ["Symptom:chest pain", "Symptom:fever"],
                ["Medication:metoprolol XL", "Dosage:25 mg", "Disease:heart failure"],
            ])
        let accuracies = Dictionary(
            result.analysis.functions.map { ($0.name, $0.estimatedAccuracy) }
        ) { first, _ in first }
        #expect((accuracies["lexicon/symptoms"] ?? nil).map { $0 > 0.5 && $0 <= 1 } == true)
        #expect((accuracies["lexicon/not"] ?? nil) == nil, "it never voted")
    }

    static let cases: [(text: String, found: [String])] = [
        ("He has chest pain and fever.", ["Symptom:chest pain", "Symptom:fever"]),
        ("Chest pain radiating to the left arm.", ["Symptom:Chest pain radiating to the left arm"]),
        ("Seen in pain clinic for pain.", ["Symptom:pain"]),
        ("Severe left chest pain", ["Symptom:Severe left chest pain"]),
        ("nausea fever", ["Symptom:nausea", "Symptom:fever"]),
        ("metoprolol XL 25 mg", ["Medication:metoprolol XL", "Dosage:25 mg"]),
        ("pain\n\nfever", ["Symptom:pain", "Symptom:fever"]),
        (
            "Pulmonary embolism (PE) was likely. PE confirmed.",
            ["Disease:Pulmonary embolism", "Disease:PE", "Disease:PE"]
        ),
        (
            "Denies nausea, fever, wheezing, or SOB.",
            ["Symptom:nausea", "Symptom:fever", "Symptom:wheezing", "Symptom:SOB"]
        ),
        ("Denies nausea, travel, or contacts.", ["Symptom:nausea"]),
        ("No changes.", []),
    ]

    @Test("votes become entities", arguments: cases)
    func findsEntities(_ example: (text: String, found: [String])) throws {
        #expect(try found(Self.label(example.text)) == example.found)
    }

    @Test func headingsOfKnownSectionsHoldNoEntities() throws {
        let text = "Pain:\nHe has pain.\n\nUnknown heading pain:\nfever\n"
        let document = try Self.label(text, headers: ["pain\tsymptoms"])
        #expect(found(document).first == "Symptom:pain")
        #expect(document.entities.first?.hull.start == 13)
        #expect(!document.entities.contains { $0.hull.start < 5 })
    }

    @Test func firstWordsOfAMedicationListAreDrugs() throws {
        let text = "Discharge medications:\n1. Zorbitol 10 mg daily\n2. aspirin 81 mg\n- Take with food\n"
        let document = try Self.label(text, headers: ["discharge medications\tdischarge_medications"])
        #expect(
            found(document) == ["Medication:Zorbitol", "Dosage:10 mg", "Medication:aspirin", "Dosage:81 mg"])
        #expect(document.entities[0].evidence == ["section/medications"])
    }

    @Test func anEntityTellsProbabilityEvidenceCodesAndNegation() throws {
        let document = try Self.label("Denies chest pain. Heart failure.")
        let entity = try #require(document.entities.first)
        #expect(entity.evidence == ["lexicon/symptoms:2"])
        #expect(entity.attributes == ["assertion": "absent"])
        #expect(entity.id == "S0")
        let probability = try #require(entity.provenance.probability)
        #expect(probability > 0.5 && probability <= 1)
        #expect(document.entities[1].codes == ["X:7"])
        #expect(document.entities[1].attributes.isEmpty)
    }

    @Test func backwardCuesNegateWhatPrecedesAndPseudoCuesNothing() throws {
        let document = try Self.label("Pneumonia was ruled out. No change in pain.")
        #expect(document.entities.map(\.attributes) == [["assertion": "absent"], [:]])
    }

    @Test func entitiesBelowTheMinimumAreCountedNotKept() throws {
        var configuration = Self.configuration
        configuration.minimumProbability = 1.1
        let result = try Self.labeler(configuration).label([segmented("pain and fever")])
        #expect(result.documents[0].entities.isEmpty)
        #expect(result.analysis.belowMinimumProbability == 2)
    }

    @Test func entitiesThatCameWithTheDocumentAreReplaced() throws {
        let result = try Self.labeler().label([segmented("[all of it|Disease] hurts: pain")])
        #expect(found(result.documents[0]) == ["Symptom:pain"])
    }

    @Test func functionsAreComparedWithGold() throws {
        let note = try segmented("[chest pain|Symptom] and [bad pneumonia|Disease], fever, [rash|Symptom], [MI|Other]")
        let result = try Self.labeler().label([note], gold: ["note": note.document.entities])
        let symptoms = try #require(result.analysis.functions.first { $0.name == "lexicon/symptoms" }?.gold)
        #expect(symptoms.tokens.truePositives == 2)
        #expect(symptoms.tokens.falsePositives == 1)
        #expect(symptoms.tokens.falseNegatives == 1)
        #expect(symptoms.spans.truePositives == 1)
        #expect(symptoms.spans.falsePositives == 1)
        #expect(symptoms.spans.falseNegatives == 1)
        let silver = try #require(result.analysis.silver)
        #expect(silver["Disease"]?.falsePositives == 1)
        #expect(silver["Disease"]?.falseNegatives == 1)
        #expect(silver["Symptom"]?.truePositives == 1)
    }

    @Test func withoutGoldNothingIsCompared() throws {
        let result = try Self.labeler().label([segmented("[pain|Symptom]")])
        #expect(result.analysis.functions.allSatisfy { $0.gold == nil })
        #expect(result.analysis.silver == nil)
    }

    @Test func coverageOverlapAndConflictAreSharesOfAllTokens() throws {
        let analysis = try Self.labeler().label([segmented("pain clinic helps chest pain radiating to the left arm")])
            .analysis
        #expect(analysis.tokenCount == 10)
        let symptoms = try #require(analysis.functions.first { $0.name == "lexicon/symptoms" })
        #expect(symptoms.votes == 2)
        #expect(symptoms.votedTokens == 3)
        #expect(symptoms.conflictingTokens == 1)
        #expect(symptoms.overlappingTokens == 3)
        #expect(analysis.coverage(of: symptoms) == 0.3)
        #expect(symptoms.types == ["Symptom"])
        #expect(analysis.functions.first { $0.name == "lexicon/not" }?.types == ["outside"])
    }

    @Test func typesCanBeMappedByNameAndByFunction() throws {
        var configuration = Self.configuration
        configuration.typeMapping = [
            "Symptom": "Sign", "Medication": "outside", "Disease": "abstain", "regex/pain_phrase": "Radiation",
        ]
        configuration.negatedType = "Symptom"
        let labeler = try Self.labeler(configuration, types: ["Sign", "Dosage", "Radiation"])
        let document = try labeler.label([
            segmented("fever, aspirin 81 mg, pneumonia; chest pain radiating to the left arm")
        ]).documents[0]
        #expect(
            found(document) == ["Sign:fever", "Dosage:81 mg", "Radiation:chest pain radiating to the left arm"])
    }

    @Test func unknownTypesAndFunctionsAreNamedWithTheNearest() throws {
        let text = message { _ = try Self.labeler(types: ["Diseases", "Symptom", "Medication", "Dosage"]) }
        #expect(text.contains("diseases.tsv:2: unknown entity type `Disease`; did you mean `Diseases`?"), "\(text)")
        var configuration = Self.configuration
        configuration.typeMapping = ["regex/doses": "abstain"]
        #expect(
            message { _ = try Self.labeler(configuration) }
                == "typeMapping: there is no labeling function `regex/doses`; did you mean `regex/dose`?")
        configuration.typeMapping = ["Test": "Dosages"]
        #expect(
            message { _ = try Self.labeler(configuration) }.hasPrefix(
                "typeMapping: Test: unknown entity type `Dosages`"))
    }

    @Test func twoRulesOfOneNameAreRefused() throws {
        var files = Self.files
        files["more.yml"] = "rules:\n  - name: dose\n    type: Dosage\n    pattern: a\n"
        var configuration = Self.configuration
        configuration.rules.append("more.yml")
        let text = message { _ = try Self.labeler(configuration, files: files) }
        #expect(text.contains("more.yml:2: a labeling function named `regex/dose` exists already, in "), "\(text)")
    }

    @Test func aConfigurationWithoutSourcesIsAMistake() throws {
        #expect {
            try SilverLabeler(configuration: LabelingConfiguration(), relativeTo: "", types: ["A"])
        } throws: { ($0 as? any UserFacingError)?.exitCode == .usage }
    }

    @Test func aCatastrophicRuleIsNamedWithTheDocumentAndWithoutItsText() throws {
        var files = Self.files
        files["rules.yml"] = "rules:\n  - name: greedy\n    type: Dosage\n    pattern: '(a|aa)+(?=c)'\n"
        let labeler = try Self.labeler(files: files)
        let text = message {
            _ = try labeler.label([segmented(String(repeating: "a", count: 60) + "b", id: "note-7")])
        }
        #expect(text.contains("rules.yml:2: rule greedy: stopped on document note-7: "), "\(text)")
        #expect(!text.contains("aaa"))
    }

    @Test func aDocumentsEntitiesComeOutInTheSameOrderEachTime() throws {
        let labeler = try Self.labeler()
        let notes = try (0..<40).map {
            try segmented("Note \($0): severe pain, heart failure, fever, 5 mg.", id: "n\($0)")
        }
        let first = try labeler.label(notes).documents
        let second = try labeler.label(notes).documents
        #expect(first.map(\.id) == notes.map(\.document.id))
        #expect(first.map(\.entities) == second.map(\.entities))
    }

    @Test func aConfigurationReadsWithDefaultsForWhatIsMissing() throws {
        let text = #"{"lexicons": [{"path": "a.tsv", "type": "A"}], "labelModel": "majority"}"#
        let configuration = try JSONDecoder().decode(LabelingConfiguration.self, from: Data(text.utf8))
        var expected = LabelingConfiguration()
        expected.lexicons = [.init(path: "a.tsv", type: "A")]
        expected.labelModel = .majority
        #expect(configuration == expected)
        let again = try JSONDecoder().decode(
            LabelingConfiguration.self, from: JSONEncoder().encode(configuration))
        #expect(again == configuration)
    }
}
