import ClinicalText
import Essentials

/// brat standoff: `NAME.txt` with `NAME.ann`.
enum BratFormat: WritableFormat {
    static let format = CorpusFormat.brat
    static let contents = "brat files (.txt, .ann)"
    static let extensions = ["ann", "txt"]
    static let writesFolder = true

    static func recognizes(_ head: FileHead) -> Bool {
        head.ending == "ann" || head.ending == "txt" && head.neighbours.contains("ann")
    }

    /// The pairs of a folder; of a single file, the pair that it stands for.
    static func units(of files: [InputSource]) throws -> [FileUnit] {
        if files.count == 1 { return [try pair(files[0])] }
        var annotations = Dictionary(
            files.filter { $0.ending == "ann" }.map { ($0.folder + $0.stem, $0) }
        ) { first, _ in first }
        let units = files.filter { $0.ending != "ann" }.map { text in
            FileUnit(
                main: text,
                companions: annotations.removeValue(forKey: text.folder + text.stem).map { ["annotations": $0] } ?? [:])
        }
        if let lonely = annotations.values.min(by: { $0.path < $1.path }) {
            throw CorpusError.missingText(file: lonely.path, expected: lonely.stem + ".txt")
        }
        return units
    }

    private static func pair(_ file: InputSource) throws -> FileUnit {
        guard file.ending == "ann" else {
            return FileUnit(main: file, companions: file.beside(ending: "ann").map { ["annotations": $0] } ?? [:])
        }
        guard let text = file.beside(ending: "txt") else {
            throw CorpusError.missingText(file: file.path, expected: file.stem + ".txt")
        }
        return FileUnit(main: text, companions: ["annotations": file])
    }

    static func read(_ unit: FileUnit, context: inout ReadContext) throws -> [Document] {
        let annotations = try unit.companions["annotations"]?.load(context.options)
        return [try BratReader.read(text: unit.main.load(context.options), annotations: annotations, context: &context)]
    }

    static func write(to path: String, context: WriteContext, from feed: DocumentFeed) throws {
        var folder = OutputFolder(path, format: format)
        try feed { document in
            let stem = try folder.stem(for: document)
            let annotations = try BratWriter.annotations(of: document, context: context)
            try AtomicFile.write(document.text, to: stem + ".txt")
            try AtomicFile.write(annotations, to: stem + ".ann")
        }
    }
}
