import Essentials
import Foundation
import TestSupport
import Testing
import Torch

@testable import Workflows

@Suite struct DeviceTests {
    @Test(
        "a GPU that is not there is wrong usage, said before any step has begun",
        .enabled(if: Device.cudaCount == 0, "there is a GPU"))
    func missingGPU() throws {
        try withTemporaryFolder { folder in
            let experiment = try TinyExperiment(in: folder)
            let run = try experiment.open("device=cuda:1")
            let steps: [() throws -> Void] = [
                AdaptWorkflow(run: run).perform, PretrainWorkflow(run: run).perform, TrainWorkflow(run: run).perform,
                TagWorkflow(run: run).perform, AblateWorkflow(run: run).perform,
                TagJob(
                    model: "\(folder)/none", input: folder, format: .auto, output: "\(folder)/out", outputFormat: nil,
                    threads: 1, device: "cuda:1", quiet: true
                ).perform,
            ]
            for step in steps {
                let error = #expect(throws: DeviceError.self) { try step() }
                #expect(error?.exitCode == .usage)
                #expect(error?.description.hasPrefix("the device `cuda:1` is not to be had: ") == true)
            }
            #expect(!FileManager.default.fileExists(atPath: experiment.runFolder.silver))
            #expect(computeDevice == .cpu)
        }
    }

    @Test("a run continues on another GPU of the machine, but not on the processor")
    func resuming() throws {
        try withTemporaryFolder { folder in
            let experiment = try TinyExperiment(in: folder)
            _ = try experiment.open("device=cuda")
            _ = try experiment.open(resume: true, "device=cuda:1")
            let error = #expect(throws: ConfigurationError.self) { try experiment.open(resume: true) }
            #expect(error?.description.contains("(device differ)") == true)
        }
    }
}
