import ClinicalText

/// i2b2/VA 2011 coreference: `NAME.txt` with `NAME.txt.con`, `NAME.txt.chains` and `NAME.txt.pairs`, in one folder or in
/// `docs`, `concepts`, `chains` and `pairs`.
enum I2B2CoreferenceFormat: WritableFormat {
    static let format = CorpusFormat.i2b2Coreference2011
    static let contents = "i2b2 2011 files (.txt, .txt.con, .txt.chains, .txt.pairs)"
    static let extensions = ["con", "chains", "pairs", "txt"]
    static let subfolders = ["docs", "concepts", "chains", "pairs"]
    static let writesFolder = true

    static let files = LineTokenFiles(
        text: .init(ending: "txt", suffix: ".txt", folder: "docs"),
        annotations: [
            .init(ending: "con", suffix: ".txt.con", folder: "concepts"),
            .init(ending: "chains", suffix: ".txt.chains", folder: "chains"),
            .init(ending: "pairs", suffix: ".txt.pairs", folder: "pairs"),
        ])

    static func recognizes(_ head: FileHead) -> Bool {
        guard !head.neighbours.isDisjoint(with: ["chains", "pairs", "txt.con"]) else { return false }
        switch head.ending {
        case "con", "chains", "pairs": return head.firstByte == nil || head.startsField("c")
        case "txt": return true
        default: return false
        }
    }

    static func units(of files: [InputSource]) throws -> [FileUnit] { try Self.files.units(of: files) }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        [try I2B2CoreferenceReader.read(unit, context: &context)]
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try files.write(to: path, format: format, context: context, from: feed) {
            try I2B2CoreferenceWriter.annotations(of: $0, context: $1)
        }
    }
}
