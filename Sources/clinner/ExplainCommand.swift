import ArgumentParser
import Workflows

/// `clinner explain`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why a span of a note is labeled as it is.",
        discussion: """
            Shows the votes of all functions on the span, with lexicon line or rule, what the label model makes of them, and
            the silver entity. The label model learns from the run's notes, as `clinner label` does.
              clinner explain corpora/quickstart.yml note-07 120-134
              clinner explain corpora/quickstart.yml note-07 'chest pain'

            With --error: follows a prediction of the run's tagger on a dev or test note back to the silver mentions that taught
            it, and to the lines behind these.
              clinner explain corpora/quickstart.yml --error note-42 'heart failure'

            The output shows text of the notes.
            """)

    @Argument(help: "The configuration of the run, a YAML file.", completion: .file(extensions: ["yml", "yaml"]))
    var configuration: String

    @Argument(help: "The note's id.")
    var note: String

    @Argument(help: "The span: START-END in code points, or its words, which stand for their first occurrence.")
    var span: String

    @Flag(help: "Explain a prediction instead of a silver label.")
    var error = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if span.isEmpty { throw ValidationError("SPAN is START-END in code points, or words of the note") }
    }

    func run() throws {
        // As a continuation, so that the record of a run with another configuration is not written over.
        let run = try shared.open(configuration: configuration, resume: true)
        let span = SpanArgument(span)
        print(
            try error
                ? ExplainErrorJob(run: run, note: note, span: span).text()
                : ExplainJob(run: run, note: note, span: span).text())
    }
}
