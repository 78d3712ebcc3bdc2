import Essentials
import Foundation
import TestSupport
import Testing

@testable import Workflows

/// What a user gets wrong: one message that says where and what to do, the right exit code, nothing lost.
@Suite(.serialized) struct BadInputTests {
    /// Spoils an experiment, runs `adapt`, and returns the error's message, paths shortened, and exit code.
    private func outcome(
        _ overrides: String..., spoil: (String) throws -> Void = { _ in }
    ) throws -> (message: String, code: ExitCode) {
        try withTemporaryFolder { folder in
            let experiment = try TinyExperiment(in: folder)
            try spoil(folder)
            var options = Run.Options()
            options.quiet = true
            options.overrides = overrides
            do {
                try AdaptWorkflow(run: Run(configuration: experiment.configuration, options: options)).perform()
                return ("no error", .success)
            } catch let error as any UserFacingError {
                return ("\(error)".replacingOccurrences(of: "\(folder)/", with: ""), error.exitCode)
            }
        }
    }

    @Test func aMissingFolderIsNamedWithItsKey() throws {
        let (message, code) = try outcome("corpus.dev.path=nowhere")
        #expect(message == "nowhere: no such file or folder; named by the key `corpus.dev`")
        #expect(code == .missingInput)
    }

    @Test func anEmptyFolderIsNamed() throws {
        let (message, code) = try outcome("corpus.dev.path=empty") { try AtomicFile.makeFolder("\($0)/empty") }
        #expect(message.hasPrefix("empty: "))
        #expect(code == .missingInput)
    }

    @Test func malformedXMLIsNamedWithItsLine() throws {
        let (message, code) = try outcome {
            try AtomicFile.write("<clinner>\n<TEXT>a</TEX>\n</clinner>", to: "\($0)/train/train-0.xml")
        }
        #expect(message.hasPrefix("train/train-0.xml:2: "))
        #expect(code == .badData)
    }

    @Test func offsetsBeyondTheTextAreRefused() throws {
        let (message, code) = try outcome {
            let xml =
                "<clinner>\n<TEXT><![CDATA[gout]]></TEXT>\n<TAGS>\n"
                + "<Disease id=\"E0\" start=\"2\" end=\"90\" text=\"ut\" TYPE=\"Disease\"/>\n</TAGS>\n</clinner>\n"
            try AtomicFile.write(xml, to: "\($0)/train/train-0.xml")
        }
        #expect(message.hasPrefix("train/train-0.xml:4: ") && message.contains("90"))
        #expect(!message.contains("gout"))
        #expect(code == .badData)
    }

    @Test func anUnknownEntityTypeIsNamedWithTheNearestOne() throws {
        let (message, code) = try outcome("corpus.types=[Disease, Medicatoin]")
        #expect(
            message
                == "run.yml: `corpus.types.1`: no gold note has an entity of type `Medicatoin`; did you mean `Medication`?"
        )
        #expect(code == .usage)
    }

    @Test func aVocabularyThatDoesNotFitTheWeightsIsRefused() throws {
        let (message, code) = try outcome {
            let path = "\($0)/encoder/vocab.txt"
            try AtomicFile.write(String(contentsOfFile: path, encoding: .utf8) + "surplus\n", to: path)
        }
        #expect(message.contains("encoder/vocab.txt") && message.contains("encoder/model.safetensors"))
        #expect(code == .badData)
    }

    @Test func notesInTwoSetsAreRefused() throws {
        let (message, code) = try outcome("corpus.test.path=train")
        #expect(
            message
                == "3 notes stand in both corpus.train and corpus.test (the first one is `train-0`); take them out of one"
        )
        #expect(code == .badData)
    }

    @Test func anEncoderThatIsNotThereIsNamed() throws {
        let (message, code) = try outcome("encoder=./elsewhere")
        #expect(
            message == "elsewhere: no such file or folder; `encoder` must name a model folder; `make setup` brings one")
        #expect(code == .missingInput)
    }

    @Test func aStepWithoutTheFilesOfTheStepBeforeSaysWhichToRun() throws {
        try withTemporaryFolder { folder in
            let run = try TinyExperiment(in: folder).open("pretrain.enabled=false")
            for (step, expected) in [
                ({ try TrainWorkflow(run: run).perform() }, "run `clinner label` first"),
                ({ try EvaluateWorkflow(run: run).perform() }, "run `clinner tag` first"),
                ({ try ReportWorkflow(run: run).perform() }, "run `clinner evaluate` first"),
            ] {
                do {
                    try step()
                    Issue.record("no error where `\(expected)` is expected")
                } catch let error as FileError {
                    #expect("\(error)".contains(expected))
                    #expect(error.exitCode == .missingInput)
                }
            }
        }
    }

    @Test func aNameWithoutWhichNoFolderCanBeMadeIsAskedFor() throws {
        let (message, code) = try outcome("name=")
        #expect(message.contains("`name`") || message.contains("key=value"))
        #expect(code == .usage)
    }
}
