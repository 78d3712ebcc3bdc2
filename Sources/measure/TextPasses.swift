import ClinicalText
import CorpusIO
import TextProcessing

/// Normalizes notes and divides them into sections, sentences and words, on one thread.
enum TextPasses {
    /// Prints the speed in MB a second over the notes of a JSON Lines file, with the section headers of a file.
    ///
    /// - Throws: `CorpusError`, `TextProcessingError`.
    static func run(notes: String, headers: String) throws {
        let documents = try CorpusReader.read(notes, name: notes).corpus.documents
        let texts = documents.map(\.text)
        let normalizer = TextNormalizer()
        let segmenter = DocumentSegmenter(sectionHeaders: try SectionHeaders(contentsOf: headers))
        var sentences = 0
        var tokens = 0
        let speed = Passes.medianSpeed(bytes: texts.reduce(0) { $0 + $1.utf8.count }) {
            sentences = 0
            tokens = 0
            for text in texts {
                let segmentation = segmenter.segmentation(of: normalizer.normalize(text).text)
                sentences += segmentation.sentences.count
                tokens += segmentation.tokens.count
            }
        }
        print("\(speed) \(sentences) \(tokens)")
    }
}
