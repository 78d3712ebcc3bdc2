import ClinicalText
import Essentials
import TestSupport
import Testing

@testable import WeakLabeling

/// What each kind of function adds to a small set of lexicons.
@Suite struct LabelingFunctionTests {
    private static let files = [
        "diseases.tsv":
            "term\nbreast cancer\novarian cancer\ncolon cancer\nheart failure\npneumonia\nkidney disease\nstage 3\n",
        "symptoms.tsv": "term\nchest pain\nfever\n",
        "drugs.tsv": "term\naspirin\n",
        "rules.yml": #"""
        rules:
          - name: dose
            type: Dosage
            pattern: '\b\d+ ?mg\b'
          - name: not_a_symptom
            against: Symptom
            pattern: '\bfever clinic\b'
        """#,
        "cues.tsv": """
        cue\tcontext\tdirection
        denies\tnegated\tforward
        was ruled out\tnegated\tbackward
        no\tnegated\tforward
        no change in\tnegated\tpseudo
        possible\tpossible\tforward
        mother had\tfamily\tforward
        history of\thistorical\tforward
        return if\thypothetical\tforward
        but\tterminator\tboth

        """,
        "neighbors.tsv": """
        cue\tside\ttype
        started on\tbefore\tMedication
        diagnosed with\tbefore\tDisease
        <Dosage>\tafter\tMedication

        """,
        "abbreviations.tsv": """
        abbreviation\tsense\ttype\tcontext
        MS\tmultiple sclerosis\tDisease\tlesions,relapsing
        MS\tmorphine sulfate\tMedication\tiv,prn
        MS\tmental status\t\texam

        """,
        "hand.tsv": """
        document\tstart\tend\tlabel\tstrength
        n\t0\t5\tDisease\t2
        n\t6\t11\t!Symptom\t
        n\t12\t17\toutside\t2

        """,
    ]
    private static let types = ["Disease", "Symptom", "Medication", "Dosage"]

    private static func labeler(
        predictions: [[Document]] = [], files: [String: String] = files,
        _ change: (inout LabelingConfiguration) -> Void
    ) throws -> SilverLabeler {
        var configuration = LabelingConfiguration()
        configuration.lexicons = [
            .init(path: "diseases.tsv", type: "Disease"), .init(path: "symptoms.tsv", type: "Symptom"),
            .init(path: "drugs.tsv", type: "Medication"),
        ]
        configuration.rules = ["rules.yml"]
        configuration.sections = []
        configuration.labelModel = .weighted
        change(&configuration)
        return try withTemporaryFolder { folder in
            try write(files, to: folder)
            return try SilverLabeler(
                configuration: configuration, relativeTo: folder, types: types, predictions: predictions)
        }
    }

    private static func label(
        _ text: String, headers: [String] = [], predictions: [[Document]] = [],
        _ change: (inout LabelingConfiguration) -> Void
    ) throws -> Document {
        try labeler(predictions: predictions, change).label([segmented(text, id: "n", headers: headers)]).documents[0]
    }

    // MARK: Contexts

    static let contexts: [(text: String, attributes: [String: String])] = [
        ("Denies fever.", ["assertion": "absent"]),
        ("Fever was ruled out.", ["assertion": "absent"]),
        ("No change in fever.", [:]),
        ("Possible pneumonia.", ["assertion": "possible"]),
        ("Mother had heart failure.", ["assertion": "associated_with_someone_else"]),
        ("Return if fever.", ["assertion": "hypothetical"]),
        ("History of pneumonia.", ["temporality": "historical"]),
        ("Mother had no pneumonia.", ["assertion": "associated_with_someone_else"]),
        ("Denies cough but fever.", [:]),
        ("Denies cough; fever.", [:]),
    ]

    @Test("cues put entities into a context", arguments: contexts)
    func putsIntoContext(_ example: (text: String, attributes: [String: String])) throws {
        let document = try Self.label(example.text) { $0.contextCues = "cues.tsv" }
        #expect(document.entities.count == 1 && document.entities.first?.attributes == example.attributes)
    }

    @Test func sectionsPutAllTheyHoldIntoAContext() throws {
        let document = try Self.label(
            "Family history:\nbreast cancer\n\nPlan:\naspirin\n",
            headers: ["family history\tfamily_history", "plan\tplan"]
        ) { $0.contextCues = "cues.tsv" }
        #expect(document.entities.map(\.attributes) == [["assertion": "associated_with_someone_else"], [:]])
    }

    @Test func aContextMayVoteAgainstItsMentions() throws {
        let text = "Mother had heart failure. He has pneumonia."
        func change(_ configuration: inout LabelingConfiguration) { configuration.contextCues = "cues.tsv" }
        #expect(try found(Self.label(text, change)) == ["Disease:heart failure", "Disease:pneumonia"])
        let document = try Self.label(text) {
            change(&$0)
            $0.contextVotes = [ContextRule(context: .family, types: ["Disease"])]
        }
        #expect(found(document) == ["Disease:pneumonia"])
    }

    // MARK: Editors

    @Test func coordinatedMentionsShareTheirHead() throws {
        let text = "She has breast and ovarian cancer, breast, colon and ovarian cancer, and chest and ovarian cancer."
        let document = try Self.label(text) { $0.coordinatedTypes = ["Disease"] }
        #expect(
            found(document) == [
                "Disease:breast and ovarian cancer", "Disease:breast, colon and ovarian cancer",
                "Disease:ovarian cancer",
            ])
    }

    @Test func mentionsSideBySideAreOne() throws {
        #expect(
            try found(Self.label("kidney disease stage 3") { _ in }) == ["Disease:kidney disease", "Disease:stage 3"])
        #expect(
            try found(Self.label("kidney disease stage 3") { $0.mergedTypes = ["Disease"] }) == [
                "Disease:kidney disease stage 3"
            ])
    }

    // MARK: Neighbors and consistency

    static let neighbors: [(text: String, found: [String])] = [
        ("He was started on zorbitol yesterday for it.", ["Medication:zorbitol yesterday"]),
        ("He was started on a new zorbitol and left.", ["Medication:zorbitol"]),
        ("Diagnosed with Brok syndrome in May.", ["Disease:Brok syndrome"]),
        ("Takes zorbitol 40 mg.", ["Medication:Takes zorbitol", "Dosage:40 mg"]),
        ("Started on aspirin.", ["Medication:aspirin"]),
        ("Started on the.", []),
        ("Diagnosed with one two three four five words.", []),
    ]

    @Test("what stands beside a cue is its mention", arguments: neighbors)
    func findsNeighbors(_ example: (text: String, found: [String])) throws {
        #expect(try found(Self.label(example.text) { $0.neighborCues = "neighbors.tsv" }) == example.found)
    }

    @Test func aSectionMaySpeakAgainstItsMentions() throws {
        let document = try Self.label(
            "Family history:\naspirin\n\nPlan:\naspirin\n", headers: ["family history\tfamily_history", "plan\tplan"]
        ) {
            $0.sectionPriors = [
                SectionPrior(section: "family_history", type: "Medication", claim: .against, strength: 1)
            ]
        }
        #expect(document.entities.count == 1 && document.entities[0].hull.start > 20)
    }

    @Test func wordsThatAreVotedForAreSoEverywhereInTheDocument() throws {
        let text = "Zorbitol 40 mg. Zorbitol was stopped. zorbitol again; AB 40 mg; AB."
        func change(_ configuration: inout LabelingConfiguration) { configuration.neighborCues = "neighbors.tsv" }
        #expect(try found(Self.label(text, change)).count { $0.hasPrefix("Medication") } == 2)
        let document = try Self.label(text) {
            change(&$0)
            $0.documentConsistency = true
        }
        #expect(
            found(document).filter { $0.hasPrefix("Medication") } == [
                "Medication:Zorbitol", "Medication:Zorbitol", "Medication:zorbitol", "Medication:AB",
            ], "two letters are too few")
    }

    // MARK: Others' votes

    @Test func votesByHandAreForAgainstAndOutside() throws {
        let document = try Self.label("Brok, fever fever fever") { $0.handVotes = "hand.tsv" }
        #expect(found(document) == ["Disease:Brok", "Symptom:fever"])
        #expect(document.entities[0].evidence == ["hand:2"] && document.entities[1].hull.start == 18)
    }

    @Test func aHandVoteNamesItsLine() throws {
        var files = Self.files
        files["hand.tsv"] = "document\tstart\tend\tlabel\nn\t3\t3\tDiseas\n"
        let text = message { _ = try Self.labeler(files: files) { $0.handVotes = "hand.tsv" } }
        #expect(text.contains("hand.tsv:2: label: unknown entity type `Diseas`; did you mean `Disease`?"), "\(text)")
        files["hand.tsv"] = "document\tstart\tend\tlabel\nn\t3\t300\tDisease\n"
        let labeler = try Self.labeler(files: files) { $0.handVotes = "hand.tsv" }
        let beyond = message { _ = try labeler.label([segmented("short", id: "n")]) }
        #expect(beyond.contains("hand.tsv:2: document n has no such offsets"), "\(beyond)")
    }

    @Test func anotherModelsPredictionsVoteAsStronglyAsTheyAreProbable() throws {
        var prediction = Document(id: "n", text: "Brok and fever")
        prediction.entities = [
            Entity(type: "Disease", spans: [TextSpan(start: 0, end: 4)], provenance: .predicted(confidence: 0.9)),
            Entity(type: "Disease", spans: [TextSpan(start: 9, end: 14)], provenance: .predicted(confidence: 0.9)),
        ]
        let document = try Self.label("Brok and fever", predictions: [[prediction]]) {
            $0.predictions = [.init(path: "other.jsonl")]
        }
        #expect(found(document) == ["Disease:Brok", "Symptom:fever"])
        #expect(document.entities[0].evidence == ["prediction/other"])
        let stronger = try Self.label("Brok and fever", predictions: [[prediction]]) {
            $0.predictions = [.init(path: "other.jsonl")]
            $0.strengths = ["prediction/other": 2]
        }
        #expect(found(stronger) == ["Disease:Brok", "Disease:fever"])
    }

    @Test func aRuleMayBeAgainstAType() throws {
        #expect(try found(Self.label("Seen in fever clinic for fever.") { _ in }) == ["Symptom:fever"])
    }

    @Test func strengthsSpeakOfFunctionsThatExist() {
        let text = message { _ = try Self.labeler { $0.strengths = ["regex/dos": 2] } }
        #expect(text == "strengths: there is no labeling function `regex/dos`; did you mean `regex/dose`?")
    }

    // MARK: Abbreviations and ontologies

    static let senses: [(text: String, found: [String])] = [
        ("MS with new lesions.", ["Disease:MS"]),
        ("MS iv prn.", ["Medication:MS"]),
        ("On exam MS is clear.", []),
        ("MS is here.", ["Disease:MS"]),
        ("New lesions in MS. MS was stable.", ["Disease:MS", "Disease:MS"]),
    ]

    @Test("words near an ambiguous abbreviation decide its sense", arguments: senses)
    func decidesSenses(_ example: (text: String, found: [String])) throws {
        #expect(try found(Self.label(example.text) { $0.abbreviations = "abbreviations.tsv" }) == example.found)
    }

    @Test func aTermOfAnOntologyVotesForItsMostProbableClass() throws {
        var files = Self.files
        files["ontology.tsv"] = "term\ttype\tcode\ngliosis\tT047\tX:1\nfatigue\tT033\tX:2\nwalking\tT040\tX:3\n"
        let labeler = try Self.labeler(files: files) { configuration in
            var ontology = LabelingConfiguration.LexiconReference(path: "ontology.tsv")
            ontology.classProbabilities = [
                "T047": ["Disease": 0.9], "T033": ["Symptom": 0.5, "Disease": 0.2], "T040": ["Symptom": 0.1],
            ]
            configuration.lexicons.append(ontology)
        }
        let document = try labeler.label([segmented("Gliosis, fatigue and walking.", id: "n")]).documents[0]
        #expect(found(document) == ["Disease:Gliosis", "Symptom:fatigue"])
        let votes = try labeler.votes(on: [segmented("Gliosis, fatigue and walking.", id: "n")])[0].sequence.votes
        #expect(votes.map(\.strength) == [0.9, 0.5, 0.9] && votes.map(\.label) == [1, 2, 0])
    }

    // MARK: Tokens

    @Test func whatNobodySpokeAboutIsUnknown() throws {
        let labeler = try Self.labeler { $0.writesTokens = true }
        let tokens = try labeler.label([segmented("He has fever.", id: "n")]).tokens[0]
        #expect(tokens.isUnknown == [true, true, false, true])
        #expect(tokens.labelCount == 5 && tokens.probabilities[2 * 5 + 2] == 1 && tokens.probabilities[0] == 1)
    }

    @Test func goldNotesHoldTheChainToTheTruth() throws {
        // The symptoms' lexicon is wrong in all gold notes: it calls fever what is none.
        let gold = try (0..<40).map { try segmented("He has fever. [pneumonia|Disease] too.", id: "g\($0)") }
        let notes = try (0..<10).map { try segmented("He has fever. Pneumonia too.", id: "n\($0)") }
        func silver(_ anchors: [SegmentedDocument]) throws -> [String] {
            try found(Self.labeler { $0.labelModel = .hmm }.label(notes, anchors: anchors).documents[0])
        }
        #expect(try silver([]) == ["Symptom:fever", "Disease:Pneumonia"])
        #expect(try silver(gold) == ["Disease:Pneumonia"])
    }
}
