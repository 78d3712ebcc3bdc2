import ClinicalText
import TextProcessing

/// Measures one document.
public struct DocumentMeasurer: Sendable {
    private let segmenter = DocumentSegmenter(sectionHeaders: .none)

    /// Makes a measurer.
    public init() {}

    /// A document's numbers.
    public func statistics(of document: Document) -> CorpusStatistics {
        let segmented = segmenter.segment(document)
        let segmentation = segmented.segmentation
        var statistics = CorpusStatistics()
        statistics.documents = 1
        statistics.documentsWithoutMentions = document.entities.isEmpty ? 1 : 0
        statistics.sentences = segmentation.sentences.count
        statistics.tokens = segmentation.tokens.count
        let isWord = document.text.utf8.withContiguousStorageIfAvailable { bytes in
            segmentation.tokens.map { Self.isWord(bytes[$0.span.range]) }
        }
        let words = isWord ?? segmentation.tokens.map { _ in true }
        statistics.words = words.count { $0 }
        statistics.characters = document.text.unicodeScalars.count
        statistics.definitions = AbbreviationDefinitions.find(in: segmented).count
        add(document, segmentation, isWord: words, to: &statistics)
        for relation in document.relations { statistics.relations[relation.type, default: 0] += 1 }
        for label in document.labels {
            statistics.labels[label.value.isEmpty ? label.name : "\(label.name)=\(label.value)", default: 0] += 1
        }
        return statistics
    }

    private func add(
        _ document: Document, _ segmentation: Segmentation, isWord: [Bool], to statistics: inout CorpusStatistics
    ) {
        var types: [String: MentionStatistics] = [:]
        for entity in document.entities {
            let surface = document.surface(of: entity)
            let words = entity.spans.reduce(0) { sum, span in
                sum + segmentation.tokens(overlapping: span).count { isWord[$0] }
            }
            var type = types[entity.type] ?? MentionStatistics()
            type.mentions += 1
            type.documents = 1
            if entity.isDiscontinuous { type.discontinuous += 1 }
            if AbbreviationShape.isAbbreviation(surface[...]) { type.abbreviations += 1 }
            type.lengths[MentionLength(words: words), default: 0] += 1
            type.addSurface(surface)
            types[entity.type] = type
            // What only serves to write the same file again is named with a dot.
            for name in entity.attributes.keys where !name.contains(".") {
                statistics.attributes[name, default: 0] += 1
            }
        }
        for (index, overlap) in EntityOverlaps.find(in: document.entities) {
            let type = document.entities[index].type
            switch overlap {
            case .within: types[type]?.nested += 1
            case .crossing: types[type]?.crossing += 1
            }
        }
        statistics.types = types
    }

    /// Whether a token holds a letter or a digit.
    private static func isWord(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        if bytes.contains(where: { $0 >= 0x30 && $0 <= 0x39 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) { return true }
        guard bytes.contains(where: { $0 >= 0x80 }) else { return false }
        return String(decoding: bytes, as: UTF8.self).unicodeScalars.contains {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
    }
}
