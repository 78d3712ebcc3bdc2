import Essentials
import Foundation

// Measures parts of clinner from within, for Benchmarks/: the cost of starting a process is no part of a figure.
//
// usage: measure xml-read FOLDER
//        measure text-processing NOTES.jsonl HEADERS.tsv
//        measure lexicon-build TABLE.tsv OUTPUT.lexicon
//        measure lexicon-load FILE.lexicon NOTES.jsonl
//        measure lexicon-match FILE.lexicon NOTES.jsonl [exact,inflection,...]
//        measure lexicon-label FILE.lexicon NOTES.jsonl HEADERS.tsv
//        measure votes EXPERIMENT.yml NOTES.jsonl HEADERS.tsv TYPE,TYPE...
//        measure label-model FOLDER SPLIT [majority] [closure] [consistency] [all]
//        measure silver EXPERIMENT.yml CORPUS|train|dev TYPE,TYPE... [headers=HEADERS.tsv] [errors]
//        measure stage-votes EXPERIMENT.yml FOLDER OUTPUT PATH/RAW_CORPUS... [backoff] [long=TOKENS]
//        measure chain BATCH.bin SEQUENCES STEPS TAGS
//        measure feature-crf extract|train FOLDER OUTPUT [ITERATIONS]
//        measure stream-memory PATH FORMAT [LARGEST_FILE_IN_BYTES]

do {
    switch CommandLine.arguments.dropFirst().first {
    case "xml-read" where CommandLine.arguments.count == 3: try XMLRead.run(CommandLine.arguments[2])
    case "text-processing" where CommandLine.arguments.count == 4:
        try TextPasses.run(notes: CommandLine.arguments[2], headers: CommandLine.arguments[3])
    case "lexicon-build" where CommandLine.arguments.count == 4:
        try LexiconPasses.build(table: CommandLine.arguments[2], lexicon: CommandLine.arguments[3])
    case "lexicon-load" where CommandLine.arguments.count == 4:
        try LexiconPasses.load(lexicon: CommandLine.arguments[2], notes: CommandLine.arguments[3])
    case "lexicon-match" where CommandLine.arguments.count >= 4:
        try LexiconPasses.match(
            lexicon: CommandLine.arguments[2], notes: CommandLine.arguments[3],
            variants: CommandLine.arguments.dropFirst(4).first)
    case "lexicon-label" where CommandLine.arguments.count == 5:
        try LexiconPasses.label(
            lexicon: CommandLine.arguments[2], notes: CommandLine.arguments[3], headers: CommandLine.arguments[4])
    case "votes" where CommandLine.arguments.count == 6:
        try VotePasses.run(
            experiment: CommandLine.arguments[2], notes: CommandLine.arguments[3], headers: CommandLine.arguments[4],
            types: CommandLine.arguments[5].split(separator: ",").map(String.init))
    case "label-model" where CommandLine.arguments.count >= 4:
        let words = Set(CommandLine.arguments.dropFirst(4))
        try LabelModelScores.run(
            folder: CommandLine.arguments[2], split: CommandLine.arguments[3],
            options: LabelModelScores.Options(
                model: words.contains("majority") ? "majority" : "hmm", closes: words.contains("closure"),
                completes: words.contains("consistency"), recommended: !words.contains("all"),
                printsErrors: words.contains("errors")))
    case "silver" where CommandLine.arguments.count >= 5:
        let options = CommandLine.arguments.dropFirst(5)
        func value(_ key: String) -> String? {
            options.first { $0.hasPrefix("\(key)=") }.map { String($0.dropFirst(key.count + 1)) }
        }
        try SilverScores.run(
            experiment: CommandLine.arguments[2], corpus: CommandLine.arguments[3],
            types: CommandLine.arguments[4].split(separator: ",").map(String.init), headers: value("headers"),
            errors: options.contains("errors"))
    case "stage-votes" where CommandLine.arguments.count >= 6:
        let words = CommandLine.arguments.dropFirst(5)
        let long = words.first { $0.hasPrefix("long=") }.flatMap { Int($0.dropFirst(5)) }
        try StagedVotes.run(
            experiment: CommandLine.arguments[2], folder: CommandLine.arguments[3],
            raw: words.filter { $0.contains("/") }, output: CommandLine.arguments[4],
            options: StagedVotes.Options(
                backsOff: words.contains("backoff"),
                longMention: long ?? Int.max))
    case "chain" where CommandLine.arguments.count == 6:
        let sizes = CommandLine.arguments[3...].map { Int($0) ?? 0 }
        try ChainSpeed.run(CommandLine.arguments[2], sequences: sizes[0], steps: sizes[1], tags: sizes[2])
    case "feature-crf" where CommandLine.arguments.count == 5 && CommandLine.arguments[2] == "extract":
        try FeatureCRF.extract(CommandLine.arguments[3], output: CommandLine.arguments[4])
    case "feature-crf" where CommandLine.arguments.count >= 5 && CommandLine.arguments[2] == "train":
        try FeatureCRF.train(
            CommandLine.arguments[3], output: CommandLine.arguments[4],
            iterations: CommandLine.arguments.dropFirst(5).first.flatMap { Int($0) } ?? 100)
    case "stream-memory" where CommandLine.arguments.count >= 4:
        try StreamMemory.run(
            CommandLine.arguments[2], format: CommandLine.arguments[3],
            limit: CommandLine.arguments.dropFirst(4).first.flatMap { Int($0) })
    default:
        FileHandle.standardError.write(
            Data(
                ("usage: measure xml-read FOLDER | text-processing NOTES.jsonl HEADERS.tsv | "
                    + "lexicon-build TABLE.tsv OUTPUT.lexicon | lexicon-load FILE.lexicon NOTES.jsonl | "
                    + "lexicon-match FILE.lexicon NOTES.jsonl [exact,inflection,...] | "
                    + "lexicon-label FILE.lexicon NOTES.jsonl HEADERS.tsv | "
                    + "silver EXPERIMENT.yml CORPUS|train|dev TYPE,TYPE... [headers=HEADERS.tsv] [errors] | "
                    + "stage-votes EXPERIMENT.yml FOLDER OUTPUT PATH/RAW_CORPUS... [backoff] [long=TOKENS] | "
                    + "label-model FOLDER SPLIT [majority] [closure] [consistency] [all] | "
                    + "chain BATCH.bin SEQUENCES STEPS TAGS | feature-crf extract|train FOLDER OUTPUT [ITERATIONS] | "
                    + "votes EXPERIMENT.yml NOTES.jsonl HEADERS.tsv TYPE,TYPE... | stream-memory PATH FORMAT [LARGEST_FILE_IN_BYTES]\n")
                    .utf8))
        exit(ExitCode.usage.rawValue)
    }
} catch let error as any UserFacingError {
    FileHandle.standardError.write(Data("measure: \(error)\n".utf8))
    exit(error.exitCode.rawValue)
} catch {
    FileHandle.standardError.write(Data("measure: \(error)\n".utf8))
    exit(ExitCode.badData.rawValue)
}
