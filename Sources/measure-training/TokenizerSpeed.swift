import Foundation
import Tokenization

/// WordPiece on one thread over the lines of a text, offsets included.
enum TokenizerSpeed {
    static func run(model folder: String, text path: String, _ options: MeasureOptions) throws {
        let tokenizer = try WordPieceTokenizer(folder: folder)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        var (pieces, checksum) = (0, 0)
        var seconds = Double.infinity
        for _ in 0..<options.integer("rounds", 3) {
            (pieces, checksum) = (0, 0)
            let start = DispatchTime.now().uptimeNanoseconds
            for line in lines {
                let encoding = tokenizer.encode(line)
                pieces += encoding.ids.count
                checksum &+= Int(encoding.ids.last ?? 0) &+ (encoding.spans.last?.end ?? 0)
            }
            seconds = min(seconds, Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
        }
        try MeasureOptions.report([
            "pieces_per_second": (Double(pieces) / seconds).rounded(), "pieces": pieces, "checksum": checksum,
            "megabytes_per_second": Double(text.utf8.count) / 1e6 / seconds,
        ])
    }
}
