import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TextProcessing
import WeakLabeling

/// A tagger's folder at work: the tagger, and where it parts words and sections as it did in training.
struct NoteTagging {
    private let tagger: any EntityTagger
    private let annotator: EntityAnnotator?
    private let segmenter: DocumentSegmenter

    /// Loads a tagger's folder.
    ///
    /// - Throws: what loading it throws.
    init(folder: String) throws {
        tagger = try TaggerFolder.load(folder)
        annotator = try TaggerFolder.annotator(folder)
        let headers = "\(folder)/\(TagJob.sectionHeadersFile)"
        let words = "\(folder)/\(TagJob.wordsFile)"
        segmenter = DocumentSegmenter(
            sectionHeaders: FileManager.default.fileExists(atPath: headers)
                ? try SectionHeaders(contentsOf: headers) : .none,
            words: FileManager.default.fileExists(atPath: words)
                ? try JSONFile.read(WordSplitter.Configuration.self, from: words, madeBy: "train")
                : WordSplitter.Configuration())
    }

    /// The notes with predicted entities in the place of theirs.
    func tag(_ documents: [Document]) throws -> [Document] {
        let segmenter = segmenter
        return try tagger.tag(documents.concurrentMap { segmenter.segment($0) }, annotator)
    }

    /// Tags JSON Lines as they come and answers each with a line; lines that come together are tagged together.
    ///
    /// - Throws: `CorpusError` naming the line that is no document.
    func tagLines(of input: FileHandle, to output: FileHandle) throws {
        var (rest, number) = (Data(), 0)
        func answer(_ lines: Data) throws {
            var documents: [Document] = []
            for line in lines.split(separator: 0x0A, omittingEmptySubsequences: false) {
                number += 1
                if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { continue }
                documents.append(try Document(jsonLine: Data(line), file: "standard input", line: number))
            }
            for start in stride(from: 0, to: documents.count, by: taggedTogether) {
                let part = Array(documents[start..<min(start + taggedTogether, documents.count)])
                let answers = try tag(part).map { $0.jsonLine + "\n" }.joined()
                try output.write(contentsOf: Data(answers.utf8))
            }
        }
        while true {
            let chunk = input.availableData
            if chunk.isEmpty { break }
            rest += chunk
            guard let end = rest.lastIndex(of: 0x0A) else { continue }
            let complete = rest[rest.startIndex..<end]
            rest = Data(rest[(end + 1)...])
            try answer(complete)
        }
        if !rest.isEmpty { try answer(rest) }
    }
}
