import Essentials
import Foundation
import Reporting
import TestSupport
import Testing

@testable import Workflows

@Suite(.serialized) struct AblationTests {
    private func names(_ yaml: String, overrides: [String] = []) throws -> [String] {
        let experiment = try ConfigurationReader.decode(
            Experiment.self, yaml: yaml, file: "run.yml", overrides: overrides)
        return AblationVariant.all(of: experiment).map(\.name)
    }

    @Test("by default every part that a run has is changed, one at a time")
    func variants() throws {
        #expect(
            try names("name: a\nlabel: { lexicons: [{ path: a.tsv }] }") == [
                "as configured", "head: no CRF", "head: no BiLSTM", "head: neither BiLSTM nor CRF", "head: no BERT",
                "head: features alone", "lexicon features: all", "adaptation: none", "silver: none", "silver: alone",
                "silver: soft",
                "silver: partial", "gold sentences: 10", "gold sentences: 50", "gold sentences: 100",
            ])
        #expect(
            try names(
                "name: a\npretrain: { enabled: false }\ntrain: { model: bert-linear, stages: [{ data: gold }] }") == [
                    "as configured", "head: with CRF", "head: with BiLSTM and CRF", "gold sentences: 10",
                    "gold sentences: 50", "gold sentences: 100",
                ])
    }

    @Test("a grid has every combination")
    func grid() throws {
        let yaml = """
            name: a
            ablate:
              grid: true
              factors:
                - { name: head, levels: [{ name: no CRF, overrides: [train.model=bert-bilstm] }] }
                - { name: rate, levels: [{ name: low, overrides: [a=1] }, { name: high, overrides: [a=2] }] }
            """
        #expect(
            try names(yaml) == [
                "as configured", "rate: low", "rate: high", "head: no CRF", "head: no CRF, rate: low",
                "head: no CRF, rate: high",
            ])
        #expect(AblationVariant(name: "head: no CRF, rate: low").slug == "head-no-crf-rate-low")
    }

    @Test("every change is one that the configuration takes")
    func changesAreValid() throws {
        let yaml = "name: a\ntrain: { characterSize: 8 }\nlabel: { lexicons: [{ path: a.tsv }] }"
        let experiment = try ConfigurationReader.decode(Experiment.self, yaml: yaml, file: "run.yml")
        for variant in AblationVariant.all(of: experiment) {
            let changed = try ConfigurationReader.decode(
                Experiment.self, yaml: yaml, file: "run.yml", overrides: variant.overrides)
            let texts = try (YAMLText.of(changed), YAMLText.of(experiment))
            #expect(variant == .flagship || texts.0 != texts.1, "\(variant.name)")
        }
    }

    @Test("runs are compared in processes of their own, and a finished one is not made again")
    func comparison() throws {
        try withHospital { hospital in
            let program = ClinnerProcess.path
            func perform(resume: Bool) throws {
                var options = Run.Options()
                options.quiet = true
                options.resume = resume
                options.overrides = [
                    "ablate.seeds=2",
                    "ablate.factors=[{name: head, levels: [{name: linear, overrides: [train.model=bert-linear]}]}]",
                ]
                try AblateWorkflow(
                    run: Run(configuration: hospital.configuration, options: options), program: program
                ).perform()
            }
            try perform(resume: false)
            let summary = try JSONFile.read(AblationSummary.self, from: hospital.run.ablation, madeBy: "ablate")
            #expect(summary.cells.map(\.variant) == ["as configured", "head: linear", "as configured", "head: linear"])
            #expect(summary.cells.map(\.seed) == [7, 7, 8, 8])
            // The second variant takes the encoder that the first one adapted.
            #expect(summary.cells.map { $0.result.pretrainSeconds != nil } == [true, false, true, false])
            #expect(summary.cells.allSatisfy { $0.result.modelBytes > 1000 && $0.latency.p99 >= $0.latency.p50 })
            let page = try String(contentsOfFile: hospital.run.ablationReport, encoding: .utf8)
            #expect(page.contains("head: linear") && page.contains("with a strict F1 of <b>"))
            let times = summary.cells.map(\.result.trainSeconds)
            try perform(resume: true)
            let again = try JSONFile.read(AblationSummary.self, from: hospital.run.ablation, madeBy: "ablate")
            #expect(again.cells.map(\.result.trainSeconds) == times)
        }
    }

    @Test("paths of compared runs mean the same wherever the configuration lies")
    func paths() {
        let here = FileManager.default.currentDirectoryPath
        #expect(ChildRun.absolute("runs/a") == "\(here)/runs/a" && ChildRun.absolute("/b/c") == "/b/c")
    }

    @Test("a run that fails is named with where it says why")
    func failure() throws {
        try withHospital { hospital in
            var options = Run.Options()
            options.quiet = true
            options.overrides = [
                "ablate.seeds=1",
                "ablate.factors=[{name: head, levels: [{name: wide, overrides: [train.lstmSize=wide]}]}]",
                "pretrain.enabled=false",
            ]
            let workflow = try AblateWorkflow(
                run: Run(configuration: hospital.configuration, options: options), program: ClinnerProcess.path)
            let error = #expect(throws: ComparisonError.self) { try workflow.perform() }
            guard case .childFailed(_, let status, let log) = error else { return }
            #expect(status == 64)
            #expect(try String(contentsOfFile: log, encoding: .utf8).contains("train.lstmSize"))
        }
    }
}
