import Essentials
import Foundation
import Torch

// Measures the neural half from within, for Benchmarks/: what a step costs, without reading and writing around it.
//
// usage: measure-training finetune MODEL CONLL_FOLDER [key=value...]
//        measure-training score MODEL CONLL_FOLDER [key=value...]
//        measure-training pretrain MODEL NOTES.txt [key=value...]
//        measure-training tag MODEL CONLL_FILE [key=value...]
//        measure-training wordpiece MODEL TEXT [key=value...]
//        measure-training wordpiece-digests MODEL TEXT
//        measure-training states MODEL LISTS.json [key=value...]

restartWithShortWaiting()
do {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4 else {
        FileHandle.standardError.write(Data("measure-training: see Sources/measure-training/main.swift\n".utf8))
        exit(ExitCode.usage.rawValue)
    }
    let options = MeasureOptions(arguments.dropFirst(4))
    setThreads(options.integer("threads", 2))
    productPrecision = Precision(rawValue: options["precision", "float32"]) ?? .float32
    switch options["products", "measured"] {
    case "measured": chooseProductPath()
    case let name: productPath = ProductPath(rawValue: name) ?? .aten
    }
    switch arguments[1] {
    case "finetune": try FineTuningSpeed.run(model: arguments[2], corpus: arguments[3], options)
    case "score": try FineTuningScore.run(model: arguments[2], corpus: arguments[3], options)
    case "pretrain": try PretrainingSpeed.run(model: arguments[2], notes: arguments[3], options)
    case "tag": try TaggingSpeed.run(model: arguments[2], file: arguments[3], options)
    case "wordpiece": try TokenizerSpeed.run(model: arguments[2], text: arguments[3], options)
    case "wordpiece-digests": try TokenizerDigests.run(model: arguments[2], text: arguments[3])
    case "states": try StoredStates.run(model: arguments[2], lists: arguments[3], options)
    default: exit(ExitCode.usage.rawValue)
    }
} catch {
    FileHandle.standardError.write(Data("measure-training: \(error)\n".utf8))
    exit(ExitCode.badData.rawValue)
}
