import ClinicalText
import CorpusIO
import Essentials
import Evaluation
import Foundation
import TestSupport
import Testing

@testable import Workflows

@Suite(.serialized) struct WholePathTests {
    private func permissions(_ path: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test func theWholePathLeavesEveryFileAndIsThenDone() throws {
        try withHospital { hospital in
            try AdaptWorkflow(run: hospital.open()).perform()
            let files = try hospital.runFiles()
            #expect(Set(files.keys) == TinyHospital.runFileNames)
            // What holds patient text, or is made from it, is its owner's alone.
            for name in [""] + (FileManager.default.subpaths(atPath: hospital.run.path) ?? []) {
                let path = "\(hospital.run.path)/\(name)"
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                #expect(try permissions(path) == (isFolder.boolValue ? 0o700 : 0o600), "\(name)")
            }
            try expectReportWithFigures(of: hospital)
            try expectPredictions(of: hospital)

            // Nothing is left to do, so nothing changes, the times that steps took included.
            try AdaptWorkflow(run: hospital.open(resume: true)).perform()
            #expect(try hospital.runFiles() == files)
            // How results are shown is no other run.
            _ = try hospital.open(resume: true, "title=Another", "evaluate.bootstrapSamples=10")
        }
    }

    private func expectReportWithFigures(of hospital: TinyHospital) throws {
        let html = try String(contentsOfFile: hospital.run.report, encoding: .utf8)
        let data = try Data(contentsOf: URL(fileURLWithPath: hospital.run.evaluation))
        let evaluations = try JSONDecoder().decode([String: EvaluationResult].self, from: data)
        #expect(Set(evaluations.keys) == ["dev", "test"])
        for (set, result) in evaluations {
            #expect(result.documents == 4 && result.micro.gold == 16, "\(set)")
            #expect(result.types.map(\.type) == ["Disease", "Dosage", "Medication"])
        }
        let test = try #require(evaluations["test"])
        #expect(test.micro.predicted > 0)
        func figure(_ value: Double) -> String { String(format: "%.3f", value) }
        #expect(html.contains("<span class=\"big-value\">\(figure(test.micro.f1))</span>"))
        #expect(html.contains("<dt>Precision</dt><dd>\(figure(test.micro.precision))</dd>"))
        #expect(html.contains("<dt>Recall</dt><dd>\(figure(test.micro.recall))</dd>"))
        for type in test.types where type.counts.gold + type.counts.predicted > 0 {
            #expect(
                html.contains(
                    "<th scope=\"row\">\(type.type)</th><td class=\"n strong\">\(figure(type.counts.f1))</td>"),
                "\(type.type)")
        }
    }

    private func expectPredictions(of hospital: TinyHospital) throws {
        for set in ["dev", "test"] {
            let gold = try CorpusReader.read(hospital.notesFolder(set), name: set).corpus.documents
            let predicted = try CorpusReader.read("\(hospital.run.path)/predictions/\(set).jsonl", name: set).corpus
                .documents
            #expect(predicted.map(\.id) == gold.map(\.id) && predicted.map(\.text) == gold.map(\.text))
            for entity in predicted.flatMap(\.entities) {
                guard case .predicted(let confidence) = entity.provenance else {
                    Issue.record("an entity that nothing predicted")
                    continue
                }
                #expect(confidence > 0 && confidence <= 1)
            }
        }
    }

    @Test func theRunFolderIsMadeForItsOwnerOnlyWhateverTheUmask() throws {
        try withTemporaryFolder { folder in
            let run = RunFolder(path: "\(folder)/runs/a")
            try run.make()
            for name in ["", "/silver", "/tagger", "/predictions", "/report"] {
                #expect(try permissions(run.path + name) == 0o700)
            }
        }
    }

    @Test func anotherConfigurationOrOtherInputsCannotBeResumed() throws {
        try withHospital { hospital in
            try LabelWorkflow(run: hospital.open()).perform()
            func message(_ overrides: String) throws -> String {
                let error = #expect(throws: ConfigurationError.self) {
                    try hospital.open(resume: true, overrides)
                }
                #expect(error?.exitCode == .usage)
                return error?.description ?? ""
            }
            func expected(_ keys: String) -> String {
                "\(hospital.run.path): made with another configuration than \(hospital.configuration) "
                    + "(\(keys) differ); run without --resume to start over, or set another `name`"
            }
            #expect(try message("train.lstmSize=4") == expected("train"))
            #expect(try message("seed=8") == expected("seed"))
            #expect(try message("device=cuda") == expected("device"))
            #expect(try message("threads=2") == expected("the number of threads, threads"))
            #expect(try message("corpus.unlabeledIncludesTrain=false") == expected("corpus"))
            _ = try hospital.open(resume: true)
            try hospital.replace("gout", by: "angina", in: "lexicon.tsv")
            #expect(try message("report.examples=3") == expected("the content of label.lexicons.0"))
            try hospital.replace("today", by: "now", in: "notes/train/train-0.xml")
            #expect(
                try message("report.examples=3")
                    == expected("the content of corpus.train, the content of label.lexicons.0"))
            // Without --resume the run starts over.
            try LabelWorkflow(run: hospital.open()).perform()
            _ = try hospital.open(resume: true)
        }
    }

    @Test func aRunWithADamagedManifestCanBeStartedOver() throws {
        try withHospital { hospital in
            try LabelWorkflow(run: hospital.open()).perform()
            try AtomicFile.write("{", to: hospital.run.manifest)
            let error = #expect(throws: WorkflowError.self) { try hospital.open(resume: true) }
            #expect(error?.description == "\(hospital.run.manifest): not what clinner wrote; run `clinner adapt` again")
            #expect(error?.exitCode == .badData)
            try LabelWorkflow(run: hospital.open()).perform()
            _ = try hospital.open(resume: true)
        }
    }

    @Test func eachStepWorksAloneOnTheFilesOfTheStepBefore() throws {
        try withHospital { hospital in
            try LabelWorkflow(run: hospital.open()).perform()
            let silver = try CorpusReader.read(hospital.run.silver, name: "silver").corpus.documents
            // The unlabeled notes, then those of train without what annotators wrote.
            #expect(silver.count == 14)
            let asthma = silver.flatMap { note in note.entities.map { note.surface(of: $0) } }
            #expect(asthma.contains("asthma") && asthma.contains("10 mg") && !asthma.contains("sepsis"))
            #expect(silver.flatMap(\.entities).allSatisfy { if case .silver = $0.provenance { true } else { false } })

            try PretrainWorkflow(run: hospital.open()).perform()
            let summary = try JSONFile.read(
                PretrainSummary.self, from: hospital.run.pretraining, madeBy: "pretrain")
            #expect(summary.trainNotes + summary.heldOutNotes == 14 && summary.history.count == 1)
            #expect(summary.perplexityBefore > 1 && summary.perplexityAfter > 1)
            #expect(summary.perplexityAfter == summary.history.last?.scores["perplexity"])

            try TrainWorkflow(run: hospital.open()).perform()
            let training = try JSONFile.read(TrainSummary.self, from: hospital.run.training, madeBy: "train")
            #expect(training.history.map(\.stage) == ["silver", "gold", "gold"])
            #expect(training.history.map(\.epoch) == [1, 1, 2])
            #expect(training.bestF1 == training.history.compactMap { $0.scores["f1"] }.max())
            #expect(!FileManager.default.fileExists(atPath: hospital.run.taggerCheckpoint))

            try TagWorkflow(run: hospital.open()).perform()
            try EvaluateWorkflow(run: hospital.open()).perform()
            try ReportWorkflow(run: hospital.open()).perform()
            #expect(Set(try hospital.runFiles().keys) == TinyHospital.runFileNames)
            try expectReportWithFigures(of: hospital)
            let steps = try hospital.open(resume: true).steps
            #expect(Set(steps.keys) == Set(StepName.allCases.map(\.rawValue)))

            // A step that is done again makes those after it undone.
            try TagWorkflow(run: hospital.open()).perform()
            #expect(Set(try hospital.open(resume: true).steps.keys) == ["label", "pretrain", "train", "tag"])

            // What was finished under another configuration is not finished under this one.
            #expect(try hospital.open("seed=8").steps.isEmpty)
        }
    }

    @Test func silverAndAdaptationAreLeftOutWhereNothingNeedsThem() throws {
        try withHospital { hospital in
            let overrides = "train.stages=[{data: gold, epochs: 1}]"
            try AdaptWorkflow(run: hospital.open(overrides, "pretrain.enabled=false")).perform()
            let files = try hospital.runFiles()
            #expect(
                Set(files.keys)
                    == TinyHospital.runFileNames.filter { !$0.hasPrefix("silver/") && !$0.hasPrefix("encoder/") }
                    .subtracting(["pretraining.html", "vocabulary.tsv"]))
        }
    }
}
