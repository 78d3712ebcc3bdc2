import Essentials
import Foundation
import TestSupport
import Testing

@testable import Workflows

/// What people do wrong, each with the words and the exit code that they get. `@` stands for the hospital's folder.
@Suite struct MessageTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var step = StepName.label
        var overrides: [String] = []
        var damage: @Sendable (TinyHospital) throws -> Void = { _ in }
        let message: String
        let exitCode: ExitCode
    }

    private static func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

    private static let badXML = """
        <?xml version="1.0" encoding="UTF-8" ?>
        <note>
        <TEXT><![CDATA[Patient has gout.]]></TEXT>
        <TAGS>
        <Disease id="D1" start="12" end="16" text="gout" TYPE="" comment="" />
        </TAGS>
        </note>

        """

    static let cases: [Case] = [
        Case(
            testDescription: "a corpus that is not there", damage: { try remove($0.notesFolder("train")) },
            message: "@/notes/train: no such file or folder; named by the key `corpus.train`",
            exitCode: .missingInput),
        Case(
            testDescription: "a lexicon that is not there", damage: { try remove("\($0.folder)/lexicon.tsv") },
            message: "@/lexicon.tsv: no such file or folder; named by the key `label.lexicons.0`",
            exitCode: .missingInput),
        Case(
            testDescription: "an encoder that is not there", damage: { try remove($0.encoder) },
            message: "@/encoder: no such file or folder; `encoder` must name a model folder; `make setup` brings one",
            exitCode: .missingInput),
        Case(
            testDescription: "an empty folder of notes",
            damage: {
                try remove($0.notesFolder("train"))
                try AtomicFile.makeFolder($0.notesFolder("train"))
            },
            message: "@/notes/train: the folder holds no notes in a format that clinner reads",
            exitCode: .missingInput),
        Case(
            testDescription: "XML that is not well-formed",
            damage: { try $0.write("notes/train/bad.xml", badXML.replacing("</TAGS>", with: "</TAG>")) },
            message: "@/notes/train/bad.xml:6: not well-formed XML: an end tag does not match its start tag",
            exitCode: .badData),
        Case(
            testDescription: "offsets beyond the text",
            damage: { try $0.write("notes/train/bad.xml", badXML.replacing("end=\"16\"", with: "end=\"61\"")) },
            message: "@/notes/train/bad.xml:5: entity D1 spans 12-61, but the text has 17 code points; "
                + "check that the annotations belong to this text and count code points",
            exitCode: .badData),
        Case(
            testDescription: "a note that is not UTF-8",
            damage: {
                try Data([0x67, 0x6F, 0xFC, 0x74]).write(to: URL(fileURLWithPath: "\($0.folder)/bad.txt"))
            },
            message:
                "@/bad.txt: not UTF-8 at byte 2; name the encoding, one of utf-8, utf-16, utf-16le, utf-16be, latin-1, "
                + "windows-1252",
            exitCode: .badData
        ).with(overrides: "corpus.unlabeled=[{path: bad.txt}]"),
        Case(
            testDescription: "an unknown key",
            damage: { try $0.replace("  train: {", by: "  trian: {", in: "run.yml") },
            message: "@/run.yml:6: unknown key `corpus.trian`; did you mean `train`?", exitCode: .usage),
        Case(
            testDescription: "a key of the wrong kind",
            damage: { try $0.replace("lstmSize: 8", by: "lstmSize: wide", in: "run.yml") },
            message: "@/run.yml:16: `train.lstmSize` must be a whole number", exitCode: .usage),
        Case(
            testDescription: "a type that no gold note has", overrides: ["corpus.types=[Disease, Medicaton]"],
            message: "@/run.yml: `corpus.types.1`: no gold note has an entity of type `Medicaton`; "
                + "did you mean `Medication`?",
            exitCode: .usage),
        Case(
            testDescription: "a type that is like none of the gold notes'", overrides: ["corpus.types=[Xyzzy]"],
            message: "@/run.yml: `corpus.types.0`: no gold note has an entity of type `Xyzzy`; "
                + "the gold notes have: Disease, Dosage, Medication",
            exitCode: .usage),
        Case(
            testDescription: "a run without a name", overrides: ["name=''"],
            message: "@/run.yml: `name` is not set: the run's name, without a slash, names its folder",
            exitCode: .usage),
        Case(
            testDescription: "a vocabulary of another model, before adaptation", step: .pretrain,
            damage: { try $0.replace("[MASK]\n", by: "[MASK]\nextra\n", in: "encoder/vocab.txt") },
            message: "@/encoder/vocab.txt: \(TinyHospital.pieces.count + 1) pieces, but @/encoder/model.safetensors "
                + "has embeddings for \(TinyHospital.pieces.count); take both files from the same model",
            exitCode: .badData),
        Case(
            testDescription: "a vocabulary of another model, before fine-tuning", step: .train,
            overrides: ["pretrain.enabled=false"],
            damage: { try $0.replace("[MASK]\n", by: "[MASK]\nextra\n", in: "encoder/vocab.txt") },
            message: "@/encoder/vocab.txt: \(TinyHospital.pieces.count + 1) pieces, but @/encoder/model.safetensors "
                + "has embeddings for \(TinyHospital.pieces.count); take both files from the same model",
            exitCode: .badData),
        Case(
            testDescription: "a note in train and test", step: .train,
            damage: {
                try FileManager.default.copyItem(
                    atPath: "\($0.notesFolder("train"))/train-3.xml", toPath: "\($0.notesFolder("test"))/again.xml")
            },
            message: "1 note stands in both corpus.train and corpus.test (`again`); take it out of one",
            exitCode: .badData),
        Case(
            testDescription: "dev notes that are the test notes", step: .train,
            overrides: ["corpus.dev.path=notes/test"],
            message: "4 notes stand in both corpus.dev and corpus.test (the first one is `test-0`); "
                + "take them out of one",
            exitCode: .badData),
        Case(
            testDescription: "fine-tuning without dev notes", step: .train, overrides: ["corpus.dev={}"],
            message: "@/run.yml: `corpus.dev` names no notes, and `clinner train` needs them", exitCode: .usage),
        Case(
            testDescription: "fine-tuning without adaptation", step: .train,
            message: "@/runs/tiny/encoder: no such file or folder; "
                + "run `clinner pretrain` first, or set pretrain.enabled=false",
            exitCode: .missingInput),
        Case(
            testDescription: "fine-tuning without silver labels", step: .train, overrides: ["pretrain.enabled=false"],
            message: "@/runs/tiny/silver/silver.jsonl: no such file or folder; run `clinner label` first",
            exitCode: .missingInput),
        Case(
            testDescription: "tagging without a tagger", step: .tag,
            message: "@/runs/tiny/tagger/model-best/clinner.json: no such file or folder; "
                + "expected a folder that clinner train wrote",
            exitCode: .missingInput),
        Case(
            testDescription: "scoring without predictions", step: .evaluate,
            message: "@/runs/tiny/predictions/dev.jsonl: no such file or folder; run `clinner tag` first",
            exitCode: .missingInput),
        Case(
            testDescription: "a report without scores", step: .report,
            message: "@/runs/tiny/evaluation.json: no such file or folder; run `clinner evaluate` first",
            exitCode: .missingInput),
        Case(
            testDescription: "a report on damaged scores", step: .report,
            damage: { try $0.write("runs/tiny/evaluation.json", "{\"test\": 3}") },
            message: "@/runs/tiny/evaluation.json: not what clinner wrote; run `clinner evaluate` again",
            exitCode: .badData),
    ]

    @Test(arguments: cases) func getsTheWordsAndTheExitCode(_ mistake: Case) throws {
        try withHospital { hospital in
            try mistake.damage(hospital)
            var options = Run.Options()
            options.quiet = true
            options.overrides = mistake.overrides
            do {
                let run = try Run(configuration: hospital.configuration, options: options)
                switch mistake.step {
                case .label: try LabelWorkflow(run: run).perform()
                case .pretrain: try PretrainWorkflow(run: run).perform()
                case .train: try TrainWorkflow(run: run).perform()
                case .tag: try TagWorkflow(run: run).perform()
                case .evaluate: try EvaluateWorkflow(run: run).perform()
                case .report: try ReportWorkflow(run: run).perform()
                }
                Issue.record("no error")
            } catch let error as any UserFacingError {
                #expect("\(error)".replacing(hospital.folder, with: "@") == mistake.message)
                #expect(error.exitCode == mistake.exitCode)
                // No step counts as finished that stopped with an error.
                if let manifest = try? JSONFile.read(Manifest.self, from: hospital.run.manifest, madeBy: "adapt") {
                    #expect(manifest.steps.isEmpty)
                }
            }
        }
    }
}

extension MessageTests.Case {
    /// The same with an override.
    func with(overrides: String) -> Self {
        var copy = self
        copy.overrides = [overrides]
        return copy
    }
}
