import Essentials
import TestSupport
import Testing

@testable import Workflows

@Suite struct ConfigurationReaderTests {
    private func experiment(_ yaml: String, overrides: [String] = []) throws -> Experiment {
        try ConfigurationReader.decode(Experiment.self, yaml: yaml, file: "run.yml", overrides: overrides)
    }

    private func message(_ yaml: String, overrides: [String] = []) -> String {
        do {
            _ = try experiment(yaml, overrides: overrides)
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test func keysThatAreNotWrittenKeepTheirDefaults() throws {
        let read = try experiment("name: a\ntrain: { lstmSize: 64 }\n")
        #expect(read.name == "a")
        #expect(read.train.lstmSize == 64)
        #expect(read.train.dropout == TrainConfiguration().dropout)
        #expect(read.train.stages.map(\.data) == [.silver, .gold])
    }

    @Test func elementsOfListsKeepTheirDefaultsToo() throws {
        let read = try experiment("train:\n  stages:\n    - { data: silver, epochs: 2 }\n    - {}\n")
        #expect(read.train.stages.map(\.epochs) == [2, TrainStage().epochs])
        #expect(read.train.stages[1].learningRate == TrainStage().learningRate)
    }

    @Test func anEmptyFileIsAllDefaults() throws {
        #expect(try experiment("").seed == Experiment().seed)
    }

    @Test(arguments: [
        ("nmae: a", "run.yml:1: unknown key `nmae`; did you mean `name`?"),
        (
            "name: a\ntrain:\n  lstmsize: 3",
            "run.yml:3: unknown key `train.lstmsize`; did you mean `lstmSize`?"
        ),
        (
            "train:\n  stages:\n    - epochs: 3\n      momentum: 1",
            "run.yml:4: unknown key `train.stages.0.momentum`; valid here: data, targets, silverWeight, "
                + "weightsByConfidence, leastProbability, unknownIsOutside, minimumConfidence, epochs, learningRate, "
                + "headLearningRate, layerDecay, frozenEpochs, batchPieces, patience"
        ),
        ("seed: many", "run.yml:1: `seed` must be a whole number"),
        ("train:\n  dropout: high", "run.yml:2: `train.dropout` must be a number"),
        ("train:\n  dropout: 1", "run.yml:2: `train.dropout` must be at least 0 and less than 1"),
        ("train:\n  stages: []", "run.yml:2: `train.stages` must be a list of one stage or more"),
        ("train:\n  stages:\n    - epochs: -1", "run.yml:3: `train.stages.0.epochs` must be 0 or more"),
        ("windows: { maxPieces: 2 }", "run.yml:1: `windows.maxPieces` must be 3 or more: [CLS], [SEP] and one piece"),
        ("pretrain:\n  maskedShare: 0", "run.yml:2: `pretrain.maskedShare` must be more than 0 and at most 1"),
        (
            "pretrain:\n  masking:\n    words: 0",
            "run.yml:3: `pretrain.masking` must be weights of which one at least is more than 0"
        ),
        ("pretrain:\n  masking:\n    word: 0", "run.yml:3: unknown key `pretrain.masking.word`; did you mean `words`?"),
        ("device: gpu", "run.yml:1: `device` must be cpu, cuda, or cuda:N for the GPU N"),
        ("threads: -1", "run.yml:1: `threads` must be 0 or more"),
        (
            "train:\n  stages:\n    - data: bronze",
            "run.yml:3: `train.stages.0.data` must be one of silver, gold, mixed, teacher"
        ),
        ("corpus: notes", "run.yml:1: `corpus` must hold keys and values"),
        ("name: [a", "run.yml:2: not valid YAML: did not find expected ',' or ']'"),
    ])
    func aMistakeIsNamedWithItsLineAndKey(yaml: String, expected: String) {
        #expect(message(yaml) == expected)
    }

    @Test func overridesAreLaidOverTheFile() throws {
        let read = try experiment(
            "name: a\ntrain: { dropout: 0.5 }",
            overrides: ["name=b", "train.lstmSize=100", "train.stages=[{data: gold, epochs: 1}]"])
        #expect(read.name == "b")
        #expect(read.train.lstmSize == 100)
        #expect(read.train.dropout == 0.5)
        #expect(read.train.stages.count == 1)
    }

    @Test func anOverrideReachesIntoAListOfTheFile() throws {
        let yaml = "name: a\ntrain: { stages: [{ data: silver }, { data: gold, epochs: 3 }] }"
        let read = try experiment(yaml, overrides: ["train.stages.1.epochs=7", "train.stages.0.targets=soft"])
        #expect(read.train.stages.map(\.epochs) == [20, 7] && read.train.stages[0].targets == .soft)
        #expect(read.train.stages[1].data == .gold)
    }

    @Test func anOverrideOfAnUnknownKeyIsRefused() {
        #expect(
            message("", overrides: ["train.lstmSiez=1"])
                == "--set: unknown key `train.lstmSiez`; did you mean `lstmSize`?")
    }

    @Test func wordsAreConfiguredByKeysThatAreKnown() throws {
        #expect(try experiment("text: { words: { partsHyphens: false } }").text.words.partsHyphens == false)
        #expect(
            message("text:\n  words:\n    partHyphens: false")
                == "run.yml:3: unknown key `text.words.partHyphens`; did you mean `partsHyphens`?")
    }

    @Test func aWrongValueOnTheCommandLineIsNotBlamedOnTheFile() {
        #expect(
            message("name: a\n\ntrain: { dropout: 0.1 }", overrides: ["train.dropout=high"])
                == "--set: `train.dropout` must be a number")
        #expect(
            message("seed: many", overrides: ["train.dropout=0.2"]) == "run.yml:1: `seed` must be a whole number")
        #expect(message("", overrides: ["corpus=notes"]) == "--set: `corpus` must hold keys and values")
        #expect(
            message("", overrides: ["train.stages=[{data: bronze}]"])
                == "--set: `train.stages.0.data` must be one of silver, gold, mixed, teacher")
    }

    @Test func whatIsSavedIsCompleteAndReadsBack() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/experiment.yml"
            let written = try experiment("name: a\nlabel: { labelModel: majority }")
            try AtomicFile.write(YAMLText.of(written), to: path)
            let read = try ConfigurationReader.read(Experiment.self, path: path)
            #expect(try YAMLText.of(read) == YAMLText.of(written))
            #expect(try YAMLText.of(read).contains("bootstrapSamples"))
        }
    }

    @Test func aMissingFileSaysWhatToGive() {
        #expect(throws: FileError.missing(path: "none.yml", hint: "give the path of a configuration file")) {
            try ConfigurationReader.read(Experiment.self, path: "none.yml")
        }
    }
}
