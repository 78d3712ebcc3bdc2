import ArgumentParser
import CorpusIO
import Workflows

/// What every command takes that reads a corpus.
struct CorpusOptions: ParsableArguments {
    @Option(
        name: [.customLong("from"), .customLong("format")],
        help: ArgumentHelp(
            "The input's format, by default told from names and contents: "
                + CorpusFormat.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "format"))
    var format: CorpusFormat?

    @Option(
        help: """
            What becomes of faults: strict stops at the first, warn goes on and lists them, repair puts right what it \
            can.
            """)
    var mode = FaultMode.warn

    @Option(
        help: """
            The files' encoding, by default told from marks and UTF-8 otherwise: \
            \(TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")).
            """)
    var encoding: TextEncoding?

    @Option(help: "For tables: the column that holds the notes; by default the one called text.")
    var textColumn: String?

    @Option(help: "For tables: the column that holds the notes' ids; by default rows are numbered.")
    var idColumn: String?

    @Option(help: "For i2b2 XML: the type is the name of the element or the attribute TYPE.")
    var typeSource = TypeSource.attribute

    @Option(help: ArgumentHelp("The entity types to keep, separated by commas.", valueName: "A,B"))
    var types: String?

    @Option(
        help: ArgumentHelp(
            "Rename a type; may be repeated. Types that are neither named nor listed are left out and counted.",
            valueName: "problem=Disease"))
    var map: [String] = []

    @Option(help: "Threads to read on; 0 takes every core.")
    var threads = 0

    @Flag(help: "Show nothing but results and errors.")
    var quiet = false

    @Flag(help: "Print results as JSON, an object a line.")
    var json = false

    func validate() throws {
        for pair in map where Self.pair(pair) == nil {
            throw ValidationError("--map takes TYPE=NAME, such as problem=Disease; `\(pair)` is not of that form")
        }
    }

    /// How to read.
    var reading: ReadOptions {
        var options = ReadOptions(format: format, mode: mode.mode, typeSource: typeSource)
        options.encoding = encoding
        options.textColumn = textColumn
        options.idColumn = idColumn
        options.keepColumns = true
        let kept = (types ?? "").split(separator: ",").map { $0.trimmingPrefix(" ") }.map(String.init)
        let mapping = Dictionary(map.compactMap(Self.pair)) { _, last in last }
        if !kept.isEmpty || !mapping.isEmpty { options.types = TypeSelection(types: kept, mapping: mapping) }
        return options
    }

    /// Where results go.
    var output: JobOutput { JobOutput(json: json, quiet: quiet, threads: threads) }

    private static func pair(_ text: String) -> (String, String)? {
        guard let sign = text.lastIndex(of: "="), sign != text.startIndex else { return nil }
        let name = text[text.index(after: sign)...]
        return name.isEmpty ? nil : (String(text[..<sign]), String(name))
    }
}

/// The modes that commands offer; training's own, which stops at what cannot be read, is not among them.
enum FaultMode: String, ExpressibleByArgument, CaseIterable {
    case strict
    case warn
    case `repair`

    var mode: ReadMode {
        switch self {
        case .strict: .strict
        case .warn: .warn
        case .repair: .repair
        }
    }
}

extension TextEncoding: ExpressibleByArgument {}
extension TypeSource: ExpressibleByArgument {}
