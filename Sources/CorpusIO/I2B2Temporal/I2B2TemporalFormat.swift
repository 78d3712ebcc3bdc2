import ClinicalText

/// i2b2 2012 temporal relations by line and token: `N.xml.txt` with `N.xml.extent` and `N.xml.tlink`.
///
/// The same annotations stand in `N.xml`, with offsets; that is another format.
enum I2B2TemporalFormat: WritableFormat {
    static let format = CorpusFormat.i2b2Temporal2012
    static let contents = "i2b2 2012 files (.xml.txt, .xml.extent, .xml.tlink)"
    static let extensions = ["extent", "tlink", "txt"]
    static let writesFolder = true

    static let files = LineTokenFiles(
        text: .init(ending: "txt", suffix: ".xml.txt", folder: nil),
        annotations: [
            .init(ending: "extent", suffix: ".xml.extent", folder: nil),
            .init(ending: "tlink", suffix: ".xml.tlink", folder: nil),
        ])

    static func recognizes(_ head: FileHead) -> Bool {
        switch head.ending {
        case "extent", "tlink":
            head.firstByte == nil || I2B2TemporalReader.kinds.contains { head.startsField($0.name) }
        case "txt": !head.neighbours.isDisjoint(with: ["extent", "tlink"])
        default: false
        }
    }

    static func units(of files: [InputSource]) throws -> [FileUnit] { try Self.files.units(of: files) }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        [try I2B2TemporalReader.read(unit, context: &context)]
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        try files.write(to: path, format: format, context: context, from: feed) {
            try I2B2TemporalWriter.annotations(of: $0, context: $1)
        }
    }
}
