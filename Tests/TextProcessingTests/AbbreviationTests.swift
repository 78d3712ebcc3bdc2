import ClinicalText
import Essentials
import Foundation
import TestSupport
import Testing

@testable import TextProcessing

@Suite struct AbbreviationTests {
    @Test(
        arguments: [
            "CHF", "HTN", "MI", "HbA1c", "H2O", "T2DM", "pO2", "PMHx", "EtOH", "IVs", "I&D", "A/P", "TNF-α", "b.i.d.",
            "p.o.",
            "q.12h.", "q.4-6h.", "U.S", "17OHP", "ÉCG",
        ])
    func `these look like abbreviations`(surface: String) {
        #expect(AbbreviationShape.isAbbreviation(surface[...]))
    }

    @Test(
        arguments: [
            "", "a", "A", "pt", "Fever", "fever", "Dr", "mEq", "5mg", "120/80", "12", "PNEUMONIA", "CT-guided", "X-ray",
            "e.", "a..b",
            "no.5", "...", "[**CHF**]", "naïve",
        ])
    func `these do not`(surface: String) {
        #expect(!AbbreviationShape.isAbbreviation(surface[...]))
    }

    @Test func `an inventory knows short words and senses`() throws {
        let inventory = try withTemporaryFolder { folder in
            let table =
                "abbreviation\tsense\ttype\npt\tpatient\t\nMS\tmultiple sclerosis\tDisease\nMS\tmorphine sulfate\tMedication\n"
            try Data(table.utf8).write(to: URL(fileURLWithPath: "\(folder)/a.tsv"))
            return try AbbreviationInventory(contentsOf: "\(folder)/a.tsv")
        }
        #expect(inventory.count == 2)
        #expect(inventory.isAbbreviation("pt") && inventory.isAbbreviation("CHF") && !inventory.isAbbreviation("ms"))
        #expect(inventory.senses(of: "pt") == [.init(longForm: "patient", type: nil, line: 2)])
        #expect(inventory.senses(of: "ms").map(\.type) == ["Disease", "Medication"])
        #expect(inventory.senses(of: "xyz").isEmpty && AbbreviationInventory.empty.count == 0)
    }

    @Test func `an inventory without a sense names the line`() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/a.tsv"
            try Data("abbreviation\tsense\ttype\npt\t\t\n".utf8).write(to: URL(fileURLWithPath: path))
            #expect(throws: TextProcessingError.missingField(path: path, line: 2, column: "sense")) {
                try AbbreviationInventory(contentsOf: path)
            }
        }
    }

    @Test(
        arguments: [
            ("He has congestive heart failure (CHF) and gout.", ["CHF = congestive heart failure"]),
            ("CHF (congestive heart failure) worsened.", ["CHF = congestive heart failure"]),
            (
                "an electrocardiogram (ECG, normal) and left ventricular hypertrophy (LVH; mild)",
                ["ECG = electrocardiogram", "LVH = left ventricular hypertrophy"]
            ),
            (
                "transient ischemic attack (TIA). Blood pressure (BP) high.",
                ["TIA = transient ischemic attack", "BP = Blood pressure"]
            ),
            ("insuficiencia renal crónica (IRC)", ["IRC = insuficiencia renal crónica"]),
            // The letters must be there, in order, the first at the start of a word.
            ("the patient (CHF) and pain (mild)", []), ("pain (see below) and CHF (worse)", []), ("(CHF)", []),
            ("heart failure ()", []), ("aspirin (81 mg)", []),
        ] as [(String, [String])])
    func `abbreviations that a text explains are found`(text: String, expected: [String]) {
        let segmented = DocumentSegmenter(sectionHeaders: .none).segment(Document(id: "n", text: text))
        let found = AbbreviationDefinitions.find(in: segmented)
        #expect(found.map { "\(text.slice($0.shortForm)) = \(text.slice($0.longForm))" } == expected)
    }
}
