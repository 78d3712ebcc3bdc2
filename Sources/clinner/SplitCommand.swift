import ArgumentParser
import CorpusAnalysis
import CorpusIO
import Workflows

/// `clinner split`.
struct SplitCommand: ParsableCommand {
    /// What stays together.
    enum Unit: String, ExpressibleByArgument, CaseIterable {
        case document
        case patient
    }

    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Divide annotated notes into train, dev and test.",
        discussion: """
            Every type's mentions are shared out like the notes, notes with the same text stay together, and the same \
            seed gives the same split. A manifest holds the digests of the input and of every set.
              clinner split notes/ split.tsv --train 0.8 --dev 0.1 --test 0.1
              clinner split notes/ sets/ --by patient --seed 7

            A table can be named as splitFile in a configuration.
            """)

    @Argument(help: "A file, folder or tar archive of notes.", completion: .file())
    var input: String

    @Argument(help: "A table to write (.tsv), or a folder for the sets.", completion: .file())
    var output: String

    @Option(help: "The share of the notes to train on.")
    var train = 0.8

    @Option(help: "The share of the notes to select models on.")
    var dev = 0.1

    @Option(help: "The share of the notes for the final figure.")
    var test = 0.1

    @Option(help: "The seed.")
    var seed: UInt64 = 1

    @Option(help: "What stays together: document or patient.")
    var by = Unit.document

    @Option(help: "The metadata, or the column of a table, that names a note's patient.")
    var patientKey: String?

    @Option(
        help: """
            A regular expression for the patient in a note's id, its first group if it has one; by default what stands \
            before the last hyphen or underscore, 901 in 901-01.
            """)
    var patientPattern: String?

    @Option(help: "The format of the folders; by default the input's.")
    var to: CorpusFormat?

    @OptionGroup var corpus: CorpusOptions

    func validate() throws {
        if by == .document, patientKey != nil || patientPattern != nil {
            throw ValidationError("--patient-key and --patient-pattern need --by patient")
        }
        if patientKey != nil, patientPattern != nil {
            throw ValidationError("give either --patient-key or --patient-pattern")
        }
    }

    private var patients: PatientRule? {
        if by == .document { return nil }
        if let patientKey { return .metadata(key: patientKey) }
        return patientPattern.map { .pattern($0) } ?? .recordNumber
    }

    func run() throws {
        let options = SplitJob.Options(
            shares: try SplitShares(train: train, dev: dev, test: test), patients: patients, seed: seed, format: to)
        try SplitJob(
            input: input, destination: output, options: options, reading: corpus.reading, output: corpus.output
        ).perform()
    }
}
