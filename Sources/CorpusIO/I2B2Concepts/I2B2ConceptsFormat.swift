import ClinicalText

/// i2b2/VA 2010 concepts, assertions and relations: `NAME.txt` with `NAME.con`, `NAME.ast` and `NAME.rel`, in one folder
/// or in `txt`, `concept`, `ast` and `rel`.
enum I2B2ConceptsFormat: WritableFormat {
    static let format = CorpusFormat.i2b2Concepts2010
    static let contents = "i2b2 2010 files (.txt, .con, .ast, .rel)"
    static let extensions = ["con", "ast", "rel", "txt"]
    static let subfolders = ["txt", "concept", "ast", "rel"]
    static let writesFolder = true

    static let files = LineTokenFiles(
        text: .init(ending: "txt", suffix: ".txt", folder: "txt"),
        annotations: [
            .init(ending: "con", suffix: ".con", folder: "concept"),
            .init(ending: "ast", suffix: ".ast", folder: "ast"), .init(ending: "rel", suffix: ".rel", folder: "rel"),
        ])

    static func recognizes(_ head: FileHead) -> Bool {
        guard head.neighbours.isDisjoint(with: ["chains", "pairs", "txt.con"]) else { return false }
        switch head.ending {
        case "con", "ast", "rel": return head.firstByte == nil || head.startsField("c")
        case "txt": return !head.neighbours.isDisjoint(with: ["con", "ast", "rel"])
        default: return false
        }
    }

    static func units(of files: [InputSource]) throws -> [FileUnit] { try Self.files.units(of: files) }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        [try I2B2ConceptsReader.read(unit, context: &context)]
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try files.write(to: path, format: format, context: context, from: feed) {
            try I2B2ConceptsWriter.annotations(of: $0, context: $1)
        }
    }
}

extension FileHead {
    /// Whether the file begins, white space aside, with a field called `name` of the i2b2 line formats.
    func startsField(_ name: String) -> Bool {
        bytes.drop(while: Surface.isSpace).starts(with: "\(name)=\"".utf8)
    }
}
