import Essentials
import Foundation
import TestSupport
import Testing

@testable import Workflows

@Suite(.serialized) struct TuningTests {
    private let space = SearchSpace(
        [
            "train.dropout": SearchDimension(values: ["0.1", "0.5"]),
            "train.lstmSize": SearchDimension(from: 4, to: 64, whole: true),
            "train.warmup": SearchDimension(from: 0, to: 0.5),
            "train.weightDecay": SearchDimension(from: 1e-4, to: 1, log: true),
        ], seed: 3)

    @Test("a trial's values lie in the space, follow from seed and number, and cover it")
    func drawing() {
        let trials = (1...400).map(space.values)
        #expect(trials.map { $0 } == (1...400).map(space.values))
        #expect(Set(trials.map { $0[0] }) == ["0.1", "0.5"])
        let sizes = trials.compactMap { Int($0[1]) }
        #expect(sizes.count == 400 && sizes.min() == 4 && sizes.max() == 64)
        let warmups = trials.compactMap { Double($0[2]) }
        #expect(warmups.allSatisfy { (0...0.5).contains($0) })
        #expect(abs(warmups.reduce(0, +) / 400 - 0.25) < 0.03)
        // By orders of magnitude: as many below 1e-2 as above.
        let decays = trials.compactMap { Double($0[3]) }
        #expect(abs(decays.count { $0 < 1e-2 } - 200) < 50 && decays.allSatisfy { (1e-4...1).contains($0) })
    }

    @Test("what mattered is the setting whose values tell the scores apart")
    func importance() {
        let trials = (0..<60).map { number in
            let values = space.values(ofTrial: number)
            let score = (values[0] == "0.5" ? 0.6 : 0.7) + 0.001 * Double(number % 7)
            return TuningSummary.Trial(
                number: number, overrides: [],
                result: ChildRun.Result(devF1: score, trainSeconds: 1, peakMemory: 1, modelBytes: 1))
        }
        let found = TuningSummary.importance(trials, space: space)
        #expect(found[0].key == "train.dropout" && found[0].explained > 0.95)
        #expect(found[0].means.map(\.value) == ["0.1", "0.5"])
        #expect(found[1].explained < 0.3 && found.count == 4)
        #expect(found.first { $0.key == "train.lstmSize" }?.means.map(\.trials).reduce(0, +) == 59)
        #expect(TuningSummary.importance(Array(trials.prefix(2)), space: space).isEmpty)
    }

    @Test("a space is read from lists and ranges, and mistakes are named")
    func reading() throws {
        func experiment(_ space: String) throws -> Experiment {
            try ConfigurationReader.decode(
                Experiment.self, yaml: "name: a\ntune:\n  space:\n    \(space)\n", file: "run.yml")
        }
        #expect(
            try experiment("train.dropout: [0.1, 0.2]").tune.space
                == ["train.dropout": SearchDimension(values: ["0.1", "0.2"])])
        let range = try experiment("train.dropout: { from: 0.1, to: 0.5, log: true }").tune
        #expect(range.space["train.dropout"] == SearchDimension(from: 0.1, to: 0.5, log: true))
        let read = try ConfigurationReader.decode(
            Experiment.self, yaml: YAMLText.of(try experiment("train.dropout: { from: 1, to: 2 }")), file: "run.yml")
        #expect(read.tune.space["train.dropout"] == SearchDimension(from: 1, to: 2))
        #expect(throws: ConfigurationError.self) { try experiment("train.dropout: { from: 0.5, to: 0.1 }") }
        #expect(throws: ConfigurationError.self) { try experiment("train.dropout: { from: 0, to: 0.1, log: true }") }
        #expect(throws: ConfigurationError.self) { try experiment("train.dropout: { from: 0.1 }") }
    }

    @Test("a search goes on with more trials, looks at no test notes, and knows the best")
    func search() throws {
        try withHospital { hospital in
            func perform(trials: Int, resume: Bool) throws -> TuningSummary {
                var options = Run.Options()
                options.quiet = true
                options.resume = resume
                options.overrides = [
                    "tune.trials=\(trials)",
                    "tune.space={train.dropout: [0.1, 0.3], train.lstmSize: {from: 3, to: 9, whole: true}}",
                ]
                try TuneWorkflow(
                    run: Run(configuration: hospital.configuration, options: options), program: ClinnerProcess.path
                ).perform()
                return try JSONFile.read(TuningSummary.self, from: hospital.run.tuning, madeBy: "tune")
            }
            let first = try perform(trials: 2, resume: false)
            #expect(first.trials.map(\.number) == [0, 1] && first.trials[0].overrides.isEmpty)
            #expect(first.trials[1].overrides.count == 2 && first.trials.allSatisfy { $0.result.testF1 == nil })
            #expect(first.trials[0].result.pretrainSeconds != nil && first.trials[1].result.pretrainSeconds == nil)
            let more = try perform(trials: 4, resume: true)
            #expect(more.trials.prefix(2).map(\.result.trainSeconds) == first.trials.map(\.result.trainSeconds))
            #expect(more.trials.count == 4 && more.importance.count == 2)
            #expect(more.best?.result.devF1 == more.trials.map(\.result.devF1).max())
        }
    }
}
