import ClinicalText
import Essentials
import Foundation
import SequenceInference
import TestSupport
import Testing
import Tokenization
import Torch

@testable import Models

struct NeuralTaggerTests {
    /// A tagger of a tiny network, whose weights are large enough for confident, varied tags.
    private func tagger(in folder: String, windows: WindowLayout = WindowLayout(maxPieces: 16, overlap: 6)) throws
        -> NeuralTagger
    {
        try TinyModel.writeEncoder(to: "\(folder)/encoder")
        let model = try TaggerNetwork(
            encoderFolder: "\(folder)/encoder", types: TinyModel.scheme.types, architecture: .init(lstmUnits: 6),
            seed: 2)
        let classifier = try #require(model.parameters["classifier.weight"])
        classifier.withMutableFloats { for i in $0.indices { $0[i] *= 300 } }
        try model.save(to: "\(folder)/tagger", tokenizerFrom: "\(folder)/encoder", windows: windows)
        return try NeuralTagger(folder: "\(folder)/tagger")
    }

    /// Documents of words of the tiny vocabulary, one sentence every five words.
    private func documents(_ wordCounts: [Int]) -> [SegmentedDocument] {
        var generator = SeededGenerator(seed: 9)
        return wordCounts.enumerated().map { index, count in
            var text = ""
            var tokens: [Token] = []
            for _ in 0..<count {
                if !text.isEmpty { text += " " }
                let start = text.utf8.count
                text += "w\(Int.random(in: 0..<25, using: &generator))" + (Bool.random(using: &generator) ? "ed" : "")
                tokens.append(Token(span: TextSpan(start: start, end: text.utf8.count)))
            }
            let sentences = stride(from: 0, to: count, by: 5).map { first in
                let words = first..<min(first + 5, count)
                return Sentence(
                    span: tokens[words.lowerBound].span.union(tokens[words.upperBound - 1].span), tokens: words)
            }
            return SegmentedDocument(
                document: Document(id: "d\(index)", text: text),
                segmentation: Segmentation(sections: [], sentences: sentences, tokens: tokens))
        }
    }

    @Test("a document's entities are the same alone, in company and in another order")
    func independence() throws {
        try withTemporaryFolder { folder in
            let tagger = try tagger(in: folder)
            // Enough for several batches; empty documents and documents of many windows among them.
            let documents = documents([40, 0, 3, 700, 1, 12, 90, 0, 500, 7, 7, 300])
            let together = try tagger.entities(in: documents)
            #expect(together.count == documents.count)
            #expect(together.reduce(0) { $0 + $1.count } > 100)
            for (document, entities) in zip(documents, together) {
                let alone = try tagger.entities(in: [document])[0]
                expectSame(alone, entities)
            }
            for (first, second) in zip(try tagger.entities(in: documents.reversed()).reversed(), together) {
                expectSame(first, second)
            }
        }
    }

    private func expectSame(_ first: [Entity], _ second: [Entity]) {
        #expect(first.map(\.spans) == second.map(\.spans))
        #expect(first.map(\.type) == second.map(\.type))
        let difference =
            zip(first, second)
            .map { abs(($0.provenance.probability ?? 0) - ($1.provenance.probability ?? 2)) }.max() ?? 0
        #expect(difference < 1e-4)
    }

    @Test("entities are those of the best path of the whole document, with its exact probabilities")
    func exactness() throws {
        try withTemporaryFolder { folder in
            // One window holds the document, so that the network can be run by hand.
            let tagger = try tagger(in: folder, windows: WindowLayout(maxPieces: 64, overlap: 0))
            let document = documents([20])[0]
            let tokenizer = try WordPieceTokenizer(folder: "\(folder)/tagger")
            let encoded = tokenizer.encode(document)
            let batch = PackedBatch(
                [.init(pieces: encoded.ids, firstPieces: encoded.wordPieces.map(\.lowerBound))],
                special: TinyModel.special)
            let emissions = withoutGradients { tagger.model.emissions(batch, .evaluation).floats() }
            let chain = tagger.model.chains[0].inference()
            let tags = chain.decode(emissions: emissions)
            #expect(try tagger.tags(of: [document]) == [[tags]])
            let runs = TinyModel.scheme.runs(in: tags)
            let entities = try tagger.entities(in: [document])[0]
            #expect(!runs.isEmpty && entities.count == runs.count)
            for (entity, run) in zip(entities, runs) {
                let tokens = document.segmentation.tokens[run.tokens]
                #expect(entity.hull.start == tokens.first?.span.start && entity.hull.end == tokens.last?.span.end)
                #expect(entity.type == TinyModel.scheme.types[run.typeIndex])
            }
            // A single-word entity's probability: begins here, and is not continued.
            let marginals = chain.marginals(emissions: emissions)
            for (entity, run) in zip(entities, runs) {
                let begin = marginals[run.tokens.lowerBound * chain.tagCount + TinyModel.scheme.begin(run.typeIndex)]
                let probability = try #require(entity.provenance.probability)
                #expect(probability <= Double(begin) + 1e-5 && probability > 0)
            }
        }
    }

    @Test("windows that do not fit the encoder are refused with the key")
    func windowsTooLong() throws {
        try withTemporaryFolder { folder in
            let error = #expect(throws: ModelError.self) {
                try tagger(in: folder, windows: WindowLayout(maxPieces: 65, overlap: 6))
            }
            #expect(
                error?.description == "\(folder)/tagger/clinner.json: windows.maxPieces is 65; "
                    + "supported: up to max_position_embeddings in config.json, 64")
        }
    }

    @Test("a folder without the tagger's settings is named")
    func noTagger() throws {
        try withTemporaryFolder { folder in
            try TinyModel.writeEncoder(to: folder)
            let error = #expect(throws: FileError.self) { try NeuralTagger(folder: folder) }
            #expect(error?.description.hasPrefix("\(folder)/clinner.json: no such file or folder") == true)
        }
    }

    @Test("a window of a document becomes a sequence of its words' pieces that knows the document's ends")
    func windowSequences() {
        let document = EncodedDocument(ids: [10, 11, 12, 13, 14, 15], wordPieces: [0..<1, 1..<5, 5..<6])
        let layout = WindowLayout(maxPieces: 5, overlap: 0)
        let first = PackedBatch.Sequence(Window(words: 0..<2, owned: 0..<2), of: document, layout: layout)
        #expect(first.pieces == [10, 11, 12, 13] && first.firstPieces == [0, 1])
        #expect(first.startsDocument && !first.endsDocument)
        let last = PackedBatch.Sequence(Window(words: 2..<3, owned: 2..<3), of: document, layout: layout)
        #expect(last.pieces == [15] && !last.startsDocument && last.endsDocument)
    }
}
