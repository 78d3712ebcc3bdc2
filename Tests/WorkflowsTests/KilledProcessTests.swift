import Essentials
import Foundation
import TestSupport
import Testing

@testable import Workflows

/// Real processes that are really killed.
@Suite(
    .serialized, .enabled(if: ClinnerProcess.isBuilt, "needs .build/debug/clinner, which swift build makes"),
    .timeLimit(.minutes(3)))
struct KilledProcessTests {
    private static let stages =
        "train.stages=[{data: gold, epochs: 5, batchPieces: 40}, {data: gold, epochs: 4, batchPieces: 40}]"

    private func train(_ hospital: TinyHospital, _ overrides: String..., resume: Bool = false) throws -> ClinnerProcess
    {
        var arguments = ["train", hospital.configuration, "--quiet"] + (resume ? ["--resume"] : [])
        for override in ["pretrain.enabled=false", "train.checkpointSeconds=0", Self.stages] + overrides {
            arguments += ["--set", override]
        }
        return try ClinnerProcess(arguments)
    }

    private func weights(_ hospital: TinyHospital, _ which: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: "\(hospital.run.path)/\(which)/model.safetensors"))
    }

    private func productPath(_ hospital: TinyHospital) throws -> String {
        try JSONFile.read(TrainSummary.self, from: hospital.run.training, madeBy: "train").productPath
    }

    /// Trains in another folder without a disturbance until the same kernels were chosen as for `hospital`; the choice
    /// is made by timing and can differ, and the kernels' results differ in the last bits.
    private func expectAsUndisturbed(_ hospital: TinyHospital) throws {
        let path = try productPath(hospital)
        try withHospital { undisturbed in
            for _ in 0..<8 {
                let (status, _, errors) = try train(undisturbed).end()
                try #require(status == 0, "\(errors)")
                if try productPath(undisturbed) == path { break }
            }
            try #require(try productPath(undisturbed) == path, "the same kernels were not chosen twice in eight runs")
            for which in ["tagger/model-last", "tagger/model-best"] {
                #expect(try weights(hospital, which) == weights(undisturbed, which), "\(which)")
            }
            func history(_ hospital: TinyHospital) throws -> [[String: Double]] {
                try JSONFile.read(TrainSummary.self, from: hospital.run.training, madeBy: "train").history
                    .map { $0.scores.merging(["loss": $0.loss]) { old, _ in old } }
            }
            #expect(try history(hospital) == history(undisturbed))
        }
    }

    @Test func killedAtThreeRandomMomentsEndsWithTheSameBytes() throws {
        try withHospital { hospital in
            var random = SystemRandomNumberGenerator()
            var step = 0
            var kills = 0
            var delays: [UInt32] = []
            while kills < 3 {
                let process = try train(hospital, resume: step > 0)
                step = process.waitForCheckpoint(hospital.run.taggerCheckpoint, after: step)
                delays.append(UInt32.random(in: 0..<150_000, using: &random))
                usleep(delays[kills])
                process.send(SIGKILL)
                let (status, _, errors) = try process.end()
                try #require(status == -SIGKILL, "it ended before it was killed, after \(delays): \(status) \(errors)")
                kills += 1
            }
            let (status, _, errors) = try train(hospital, resume: true).end()
            try #require(status == 0, "after \(delays): \(errors)")
            try expectAsUndisturbed(hospital)
            #expect(!FileManager.default.fileExists(atPath: hospital.run.taggerCheckpoint))
        }
    }

    @Test func anInterruptEndsWith130AndIsResumed() throws {
        try withHospital { hospital in
            let process = try train(hospital)
            _ = process.waitForCheckpoint(hospital.run.taggerCheckpoint, after: 2)
            process.send(SIGINT)
            let (status, output, errors) = try process.end()
            #expect(status == 130 && output.isEmpty)
            #expect(
                errors == "\nstopping after this step; once more to stop at once\n"
                    + "clinner: stopped; run the same command with --resume to continue\n")
            let resumed = try train(hospital, resume: true).end()
            #expect(resumed.status == 0, "\(resumed.errors)")
            try expectAsUndisturbed(hospital)
        }
    }

    @Test func anInterruptedAdaptationStillKnowsThePerplexityItStartedFrom() throws {
        try withHospital { hospital in
            let arguments = [
                "pretrain", hospital.configuration, "--quiet", "--set", "pretrain.epochs=30", "--set",
                "pretrain.checkpointSeconds=0", "--set", "pretrain.learningRate=3e-3",
            ]
            let process = try ClinnerProcess(arguments)
            _ = process.waitForCheckpoint(hospital.run.encoderCheckpoint, after: 20)
            process.send(SIGINT)
            #expect(try process.end().status == 130)
            #expect(try ClinnerProcess(arguments + ["--resume"]).end().status == 0)
            func summary() throws -> PretrainSummary {
                try JSONFile.read(PretrainSummary.self, from: hospital.run.pretraining, madeBy: "pretrain")
            }
            let resumed = try summary()
            #expect(resumed.perplexityAfter < 0.8 * resumed.perplexityBefore)
            #expect(try ClinnerProcess(arguments).end().status == 0)
            // The kernels of products may differ between the runs, and with them the last digits.
            let before = try summary().perplexityBefore
            #expect(abs(resumed.perplexityBefore - before) < 1e-3 * before)
        }
    }

    @Test(arguments: [
        (
            ["label", "@/none.yml"], Int32(66),
            "@/none.yml: no such file or folder; give the path of a configuration file"
        ),
        (["label", "@/run.yml", "--set", "sede=1"], 64, "--set: unknown key `sede`; did you mean `seed`?"),
        (
            ["train", "@/run.yml", "--set", "corpus.dev.path=notes/test", "--set", "pretrain.enabled=false"], 65,
            "4 notes stand in both corpus.dev and corpus.test (the first one is `test-0`); take them out of one"
        ),
        (
            ["evaluate", "@/run.yml"], 66,
            "@/runs/tiny/predictions/dev.jsonl: no such file or folder; run `clinner tag` first"
        ),
        (
            ["tag", "--model", "@/none", "--input", "@/notes/test", "--output", "@/out"], 66,
            "@/none/clinner.json: no such file or folder; expected a folder that clinner train wrote"
        ),
        (
            ["tag", "--model", "@/none", "--input", "@/notes/test", "--output", "@/out", "--device", "gpu"], 64,
            "`gpu` is no device; name cpu, cuda, or cuda:N for the GPU N"
        ),
        (
            ["tag", "@/run.yml", "--set", "device=gpu"], 64,
            "--set: `device` must be cpu, cuda, or cuda:N for the GPU N"
        ),
    ])
    func theProgramEndsWithTheCodeAndOneLine(arguments: [String], code: Int32, message: String) throws {
        try withHospital { hospital in
            let arguments = arguments.map { $0.replacing("@", with: hospital.folder) } + ["--quiet"]
            let (status, output, errors) = try ClinnerProcess(arguments).end()
            #expect(status == code && output.isEmpty)
            #expect(errors.replacing(hospital.folder, with: "@") == "clinner: \(message)\n")
        }
    }

    @Test func twoSetsOfNotesAreScoredAsJSON() throws {
        try withHospital { hospital in
            let notes = hospital.notesFolder("test")
            let (status, output, errors) = try ClinnerProcess(
                ["evaluate", "--gold", notes, "--predicted", notes, "--type", "Disease", "--json"]).end()
            #expect(status == 0, "\(errors)")
            let json = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
            let micro = json?["micro"] as? [String: Any]
            #expect(micro?["f1"] as? Double == 1 && micro?["truePositives"] as? Int == 8)
            #expect(json?["goldOfOtherTypes"] as? [String: Int] == ["Dosage": 4, "Medication": 4])
        }
    }
}
