import ArgumentParser
import Workflows

/// `clinner agree`.
struct AgreeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agree",
        abstract: "Compare two annotations of the same notes.",
        discussion: """
            Pairwise F1 for each type, strict (same spans) and overlapping, agreement word by word, and the \
            disagreements by document and offset. The text of mentions is shown only with --show-text.
              clinner agree annotator-a/ annotator-b/
            """)

    @Argument(help: "One annotation: a file, folder or tar archive.", completion: .file())
    var first: String

    @Argument(help: "The other annotation of the same notes, in the same format or in another.", completion: .file())
    var second: String

    @Flag(help: "Show the text of the mentions that differ.")
    var showText = false

    @Option(help: "How many disagreements to list; 0 lists all.")
    var limit = 20

    @OptionGroup var corpus: CorpusOptions

    func run() throws {
        try AgreeJob(
            first: first, second: second, reading: corpus.reading, showsText: showText, output: corpus.output,
            limit: limit
        ).perform()
    }
}
