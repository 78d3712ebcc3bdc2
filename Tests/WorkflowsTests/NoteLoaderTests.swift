import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport
import Testing

@testable import Workflows

@Suite struct NoteLoaderTests {
    @Test func aSplitFileChoosesTheNotes() throws {
        try withHospital { hospital in
            try hospital.write(
                "splits.tsv", "split\tdoc\tages\ndev\ttrain-1\t4\ntrain\ttrain-2\t5\r\n\ndev\ttrain-6\nother\ttrain-3\n"
            )
            let loader = try hospital.loader("corpus.dev={path: notes/train, splitFile: splits.tsv, split: dev}")
            #expect(try loader.documents(of: .dev, for: "tag").map(\.document.id) == ["train-1", "train-6"])
        }
    }

    @Test(arguments: [
        ("split\tdoc\ntrain\ttrain-1\n", "/splits.tsv: no line gives the split `dev` to a note of /notes/train"),
        ("", "/splits.tsv:1: the first line must name the columns `doc` and `split`, separated by a tab"),
        (
            "doc,split\na,b\n",
            "/splits.tsv:1: the first line must name the columns `doc` and `split`, separated by a tab"
        ),
        ("doc\tsplit\ntrain-1\tdev\ntrain-2\n", "/splits.tsv:3: too few columns"),
    ])
    func aSplitFileThatDoesNotFitIsRefused(content: String, expected: String) throws {
        try withHospital { hospital in
            try hospital.write("splits.tsv", content)
            let loader = try hospital.loader("corpus.dev={path: notes/train, splitFile: splits.tsv, split: dev}")
            let error = #expect(throws: WorkflowError.self) { try loader.documents(of: .dev, for: "tag") }
            #expect(error?.description.replacing(hospital.folder, with: "") == expected)
            #expect(error?.exitCode == .badData)
        }
    }

    @Test func aMissingSplitFileIsNamed() throws {
        try withHospital { hospital in
            let loader = try hospital.loader("corpus.dev={path: notes/train, splitFile: splits.tsv, split: dev}")
            let error = #expect(throws: FileError.self) { try loader.documents(of: .dev, for: "tag") }
            #expect(
                error?.description == "\(hospital.folder)/splits.tsv: no such file or folder; "
                    + "`splitFile` must name a TSV with the columns doc and split")
        }
    }

    @Test(arguments: [(true, 14), (false, 6)])
    func trainNotesJoinTheUnlabeledOnesIfAskedWithoutTheirAnnotation(includes: Bool, count: Int) throws {
        try withHospital { hospital in
            let notes = try hospital.loader("corpus.unlabeledIncludesTrain=\(includes)").unlabeled(for: "label")
            #expect(notes.count == count)
            #expect(notes.allSatisfy { $0.document.entities.isEmpty && !$0.segmentation.tokens.isEmpty })
            #expect(notes.prefix(6).allSatisfy { $0.document.id.hasPrefix("unlabeled-") })
        }
    }

    @Test func trainNotesAloneAreEnoughToLabel() throws {
        try withHospital { hospital in
            #expect(try hospital.loader("corpus.unlabeled=[]").unlabeled(for: "label").count == 8)
            let loader = try hospital.loader("corpus.unlabeled=[]", "corpus.unlabeledIncludesTrain=false")
            #expect(
                throws: WorkflowError.missingNotes(
                    file: hospital.configuration, key: "corpus.unlabeled", step: "label")
            ) { try loader.unlabeled(for: "label") }
        }
    }

    @Test func equalIDsOfSeveralSourcesBecomeDifferent() throws {
        try withHospital { hospital in
            // Ids that look like the ones that are given are among them.
            for (source, ids) in [("a", ["n", "m"]), ("b", ["n", "n~2", "o"]), ("c", ["n", "n~3", "m"])] {
                let notes = ids.map { Document(id: $0, text: "Note \($0) of \(source).") }
                try CorpusWriter.write(notes, to: "\(hospital.folder)/\(source).jsonl", format: .jsonl)
            }
            let loader = try hospital.loader(
                "corpus.unlabeled=[{path: a.jsonl}, {path: b.jsonl}, {path: c.jsonl}]",
                "corpus.unlabeledIncludesTrain=false")
            let notes = try loader.unlabeled(for: "label").map(\.document)
            #expect(notes.count == 8)
            #expect(Set(notes.map(\.id)).count == 8)
            #expect(notes[0].id == "n" && notes[1].id == "m")
            #expect(notes.map(\.text).suffix(3) == ["Note n of c.", "Note n~3 of c.", "Note m of c."])
            #expect(try loader.unlabeled(for: "label").map(\.document.id) == notes.map(\.id))
        }
    }

    @Test(arguments: [
        ("seed=7", ["Disease", "Dosage", "Medication"]),
        ("corpus.types=[Medication, Disease]", ["Medication", "Disease"]),
        ("corpus.typeMapping={Disease: Problem}", ["Problem"]),
    ])
    func theTypesAreThoseOfTheConfigurationOrOfTheTrainNotes(override: String, expected: [String]) throws {
        try withHospital { hospital in
            let loader = try hospital.loader(override)
            let types = try loader.entityTypes(train: loader.train(for: "train"))
            #expect(types == expected)
        }
    }
}
