import ArgumentParser
import Workflows

/// `clinner stats`.
struct StatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Count what annotated notes hold.",
        discussion: """
            Documents, sentences, words; of each type the mentions, how long they are in words, how many are different, \
            abbreviated, nested or have gaps; relations, attributes, labels.
              clinner stats notes/
            """)

    @Argument(help: "A file, folder or tar archive of notes.", completion: .file())
    var input: String

    @OptionGroup var corpus: CorpusOptions

    func run() throws { try StatsJob(input: input, reading: corpus.reading, output: corpus.output).perform() }
}
