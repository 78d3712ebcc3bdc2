import TestSupport
import Testing
import TextProcessing

@testable import WeakLabeling

@Suite struct BundledLexiconsTests {
    @Test func everyBundledTableAndRuleIsReadAndLabelsANote() throws {
        var configuration = LabelingConfiguration()
        configuration.lexicons = [
            ("diseases", "Disease"), ("symptoms", "Symptom"), ("medications", "Medication"),
            ("frequencies", "Frequency"), ("routes", "Route"), ("procedures", "Procedure"), ("tests", "Test"),
            ("not-entities", "outside"),
        ].map { .init(path: "\($0.0).tsv", type: $0.1) }
        configuration.rules = [
            "disease", "dosage", "frequency", "medication", "procedure", "route", "symptom", "test",
        ].map { "rules/\($0).yml" }
        configuration.modifiers = [
            .init(path: "finding-modifiers.tsv", types: ["Disease", "Symptom"]),
            .init(path: "drug-modifiers.tsv", types: ["Medication"]),
            .init(path: "procedure-modifiers.tsv", types: ["Procedure"]),
        ]
        configuration.contextCues = "context-cues.tsv"
        configuration.abbreviations = "abbreviations.tsv"
        configuration.neighborCues = "neighbor-cues.tsv"
        configuration.typeMapping = ["Anatomy": "abstain"]
        let labeler = try SilverLabeler(
            configuration: configuration, relativeTo: "\(SharedData.packageRoot)/lexicons",
            types: ["Disease", "Symptom", "Medication", "Dosage", "Frequency", "Route", "Procedure", "Test"])
        let note = try segmented(
            "Severe chest pain. Started metoprolol XL 25 mg PO BID for atrial fibrillation; s/p PCI, EKG ok.")
        #expect(
            try found(labeler.label([note]).documents[0]) == [
                "Symptom:Severe chest pain", "Medication:metoprolol XL", "Dosage:25 mg", "Route:PO", "Frequency:BID",
                "Disease:atrial fibrillation", "Procedure:PCI", "Test:EKG",
            ])
    }
}
