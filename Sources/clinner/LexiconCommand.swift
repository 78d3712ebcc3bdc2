import ArgumentParser
import Lexicons
import Workflows

/// `clinner lexicon`.
struct LexiconCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lexicon",
        abstract: "Compile, look into and search term lists and terminologies.",
        discussion: """
            A compiled lexicon is one file that is mapped into memory and searched where it lies, so that a million \
            terms are ready at once. `label.lexicons` of an experiment names it like any other.
            """,
        subcommands: [Build.self, Info.self, Search.self])

    struct Build: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compile term lists and terminologies into one file.",
            discussion: """
                  clinner lexicon build DO_rare_slim.obo.gz --type Disease --output diseases.lexicon
                  clinner lexicon build MRCONSO.RRF --source SNOMEDCT_US --map T047=Disease --map T184=Symptom \
                --category T047,T184 --output umls.lexicon
                """)

        @Argument(
            help: "Files, or folders of SNOMED CT's release, plain or gzip; their terms follow each other.",
            completion: .file())
        var inputs: [String]

        @Option(help: "The file to write.", completion: .file(extensions: ["lexicon"]))
        var output: String

        @OptionGroup var options: LexiconOptions

        func run() throws {
            try LexiconBuildJob(
                inputs: inputs, output: output, reading: options.reading, display: options.display
            ).perform()
        }
    }

    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Count what a lexicon holds, and check it.")

        @Argument(help: "A lexicon, compiled or not.", completion: .file())
        var file: String

        @OptionGroup var options: LexiconOptions

        func run() throws {
            try LexiconInfoJob(path: file, reading: options.reading, output: options.display).perform()
        }
    }

    struct Search: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look terms up in a lexicon, in all their variants.",
            discussion: """
                Of a term that is not there whole, the parts that are.
                  clinner lexicon search diseases.lexicon "carcinoma of the kidney"
                """)

        @Argument(help: "A lexicon, compiled or not.", completion: .file())
        var file: String

        @Argument(help: "The terms to look for, each in quotes if it has several words.")
        var terms: [String]

        @OptionGroup var options: LexiconOptions

        func run() throws {
            try LexiconSearchJob(path: file, terms: terms, reading: options.reading, output: options.display).perform()
        }
    }
}

/// What every command takes that reads a lexicon.
struct LexiconOptions: ParsableArguments {
    @Option(
        name: [.customLong("from"), .customLong("format")],
        help: ArgumentHelp(
            "The input's format, by default told from names: "
                + LexiconFormat.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "format"))
    var format: LexiconFormat?

    @Option(help: "The entity type of terms that nothing else gives one.")
    var type: String?

    @Option(
        help: ArgumentHelp(
            """
            The entity type of a category: a semantic type of the UMLS, a semantic tag of SNOMED CT, a subset, namespace or \
            ancestor in an ontology, a value of a table's column `type`; may be repeated.
            """, valueName: "T047=Disease"))
    var map: [String] = []

    @Option(help: ArgumentHelp("The categories to keep, separated by commas.", valueName: "A,B"))
    var category: String?

    @Option(help: ArgumentHelp("The vocabularies (SAB) to keep, separated by commas.", valueName: "A,B"))
    var source: String?

    @Option(help: ArgumentHelp("The term types (TTY) or synonym scopes to keep.", valueName: "A,B"))
    var termType: String?

    @Option(
        help: ArgumentHelp("The languages to keep, as the format writes them; English by default.", valueName: "A,B"))
    var language: String?

    @Flag(help: "Keep obsolete and suppressed terms.")
    var suppressed = false

    @Option(
        help: ArgumentHelp(
            "For tables: what one of our columns (term, type, code, preferred, status, source, flags) is called; may be repeated.",
            valueName: "term=name"))
    var column: [String] = []

    @Option(help: ArgumentHelp("What stands before the colon of codes that have none.", valueName: "RXNORM"))
    var codePrefix: String?

    @Option(help: "For inventories of abbreviations: the least share of a sense.")
    var minimumShare = 0.0

    @Option(help: "What becomes of bad lines: strict reports them and writes nothing, warn leaves them out.")
    var mode = LexiconImport.Mode.strict

    @Flag(help: "Show nothing but results and errors.")
    var quiet = false

    @Flag(help: "Print results as JSON, an object a line.")
    var json = false

    func validate() throws {
        for (name, pairs) in [("--map T047=Disease", map), ("--column term=name", column)] {
            for pair in pairs where Self.pair(pair) == nil {
                throw ValidationError("expected \(name); `\(pair)` is not of that form")
            }
        }
    }

    /// How to read.
    var reading: LexiconImport {
        var options = LexiconImport()
        options.format = format
        options.type = type
        options.typeMapping = Dictionary(map.compactMap(Self.pair)) { _, last in last }
        options.categories = Self.names(category)
        options.sources = Self.names(source)
        options.termTypes = Self.names(termType)
        options.languages = Self.names(language)
        options.keepsSuppressed = suppressed
        options.columns = Dictionary(column.compactMap(Self.pair)) { _, last in last }
        options.codePrefix = codePrefix
        options.minimumShare = minimumShare
        options.mode = mode
        return options
    }

    /// Where results go.
    var display: JobOutput { JobOutput(json: json, quiet: quiet) }

    private static func names(_ text: String?) -> Set<String> {
        Set((text ?? "").split(separator: ",").map { String($0.trimmingPrefix(" ")) })
    }

    private static func pair(_ text: String) -> (String, String)? {
        guard let sign = text.lastIndex(of: "="), sign != text.startIndex else { return nil }
        let name = text[text.index(after: sign)...]
        return name.isEmpty ? nil : (String(text[..<sign]), String(name))
    }
}

extension LexiconFormat: ExpressibleByArgument {}
extension LexiconImport.Mode: ExpressibleByArgument {}
