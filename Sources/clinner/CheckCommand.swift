import ArgumentParser
import CorpusAnalysis
import CorpusIO
import Workflows

/// `clinner check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find what is wrong or odd in annotated notes, and repair a copy.",
        discussion: """
            Looks for misaligned, empty, duplicate, nested and crossing mentions, for such as end within a word or go \
            over sentences, for mixed line ends and damaged characters, for notes that repeat others, and for types \
            with few mentions.
              clinner check notes/
              clinner check notes/ --fix repaired/
              clinner check --train train/ --dev dev/ --test test/

            Exit code 0 if there are warnings only, 65 if there are errors.
            """)

    @Argument(help: "Files, folders or tar archives; of several, notes that stand in two are reported.")
    var inputs: [String] = []

    @Option(help: "The notes to train on.", completion: .file())
    var train: String?

    @Option(help: "The notes to select models on.", completion: .file())
    var dev: String?

    @Option(help: "The notes for the final figure.", completion: .file())
    var test: String?

    @Option(help: "Write a copy, in the same format, in which what can be put right is.", completion: .file())
    var fix: String?

    @Option(help: "A type with fewer mentions is reported.")
    var minExamples = 10

    @Option(help: "Two notes that share so much of their runs of five words are nearly the same.")
    var similarity = 0.8

    @Option(help: "How many faults of a kind to list; 0 lists all.")
    var limit = 20

    @OptionGroup var corpus: CorpusOptions

    private var sets: [CheckedSet] {
        let named = [("train", train), ("dev", dev), ("test", test)]
        return named.compactMap { name, path in path.map { CheckedSet(name: name, path: $0) } }
            + inputs.map { CheckedSet(name: $0, path: $0) }
    }

    func validate() throws {
        if sets.isEmpty { throw ValidationError("name notes to check") }
        if fix != nil, sets.count > 1 { throw ValidationError("--fix takes one corpus at a time") }
        guard (0...1).contains(similarity) else { throw ValidationError("--similarity is between 0 and 1") }
    }

    func run() throws {
        var options = CheckOptions(reading: corpus.reading)
        options.minimumExamples = minExamples
        options.similarity = similarity
        try CheckJob(sets: sets, options: options, repairedCopy: fix, output: corpus.output, limit: limit).perform()
    }
}
