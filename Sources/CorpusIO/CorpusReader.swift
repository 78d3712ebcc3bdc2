import ClinicalText
import Essentials
import Foundation

/// Reads annotated and plain notes from a file or a folder.
public enum CorpusReader {
    /// Reads the corpus at `path`, a file or a folder, and calls it `name`.
    ///
    /// Files of a folder are read in the order of their names; its subfolders are not. A document's metadata name its
    /// file. What is odd but readable comes back as faults.
    ///
    /// - Throws: ``CorpusError`` or `FileError`, naming file and line.
    public static func read(_ path: String, name: String, options: ReadOptions = ReadOptions()) throws -> ReadResult {
        let paths = try CorpusFiles.list(path)
        let format = try options.format ?? CorpusFiles.format(of: paths, in: path)
        var faults: [CorpusFault] = []
        var documents: [Document] = []
        if format == .brat {
            documents = try readBrat(paths, in: path, options: options, faults: &faults)
        } else {
            let files = paths.files(in: format)
            if files.isEmpty { throw FileError.emptyFolder(path: path, expected: format.contents) }
            for file in files {
                let input = try InputFile(readingFrom: file, limit: options.maxFileBytes)
                switch format {
                case .i2b2: documents.append(try I2B2Reader.read(input, options: options, faults: &faults))
                case .jsonl: documents += try JSONLinesReader.read(input, options: options, faults: &faults)
                case .table: documents += try TableReader.read(input, options: options, faults: &faults)
                case .text, .brat: documents.append(try PlainTextReader.read(input))
                }
            }
        }
        try checkIDs(of: documents)
        var leftOut: [String: Int] = [:]
        if let types = options.types {
            documents = documents.map { document in
                let (selected, missing) = types.applied(to: document)
                leftOut.merge(missing, uniquingKeysWith: +)
                return selected
            }
        }
        if format == .i2b2 { rememberElements(in: &documents) }
        return ReadResult(
            corpus: Corpus(name: name, documents: documents), format: format, faults: faults, leftOutTypes: leftOut)
    }

    private static func readBrat(
        _ paths: CorpusFiles, in path: String, options: ReadOptions, faults: inout [CorpusFault]
    ) throws -> [Document] {
        let pairs = try paths.bratPairs()
        if pairs.isEmpty { throw FileError.emptyFolder(path: path, expected: CorpusFormat.brat.contents) }
        return try pairs.map { pair in
            let text = try InputFile(readingFrom: pair.text, limit: options.maxFileBytes)
            let annotations = try pair.annotations.map { try InputFile(readingFrom: $0, limit: options.maxFileBytes) }
            return try BratReader.read(text: text, annotations: annotations, faults: &faults)
        }
    }

    private static func checkIDs(of documents: [Document]) throws {
        var places: [String: String] = [:]
        for document in documents {
            let place = place(document.metadata["file"] ?? "", document.metadata["line"].flatMap { Int($0) })
            if let first = places.updateValue(place, forKey: document.id) {
                throw CorpusError.duplicateDocument(id: document.id, first: first, second: place)
            }
        }
    }

    /// Gives every document the element that each type of the corpus stands under most often, so that a prediction is
    /// written as the annotators would have written it, also in a note that had no such annotation.
    private static func rememberElements(in documents: inout [Document]) {
        var counts: [String: [String: Int]] = [:]
        for entity in documents.lazy.flatMap(\.entities) {
            counts[entity.type, default: [:]][entity.attributes[I2B2Keys.element] ?? entity.type, default: 0] += 1
        }
        let elements = counts.compactMapValues { counts in
            counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        }.filter { $0.key != $0.value }
        guard !elements.isEmpty else { return }
        let json = I2B2Keys.encoded(elements)
        for index in documents.indices { documents[index].metadata[I2B2Keys.elements] = json }
    }
}
