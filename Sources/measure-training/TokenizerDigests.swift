import ClinicalText
import Foundation
import Tokenization

/// A digest of pieces and offsets for each line of a text, to be compared with another tokenizer's.
enum TokenizerDigests {
    static func run(model folder: String, text path: String) throws {
        let tokenizer = try WordPieceTokenizer(folder: folder)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var output = Data()
        for bytes in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            let line = String(Substring(bytes))
            let encoding = tokenizer.encode(line[...])
            let offsets = TextOffsets(line)
            // FNV-1a over the ids and the offsets in code points.
            var digest: UInt64 = 0xcbf2_9ce4_8422_2325
            for (id, span) in zip(encoding.ids, encoding.spans) {
                let points = offsets.codePoints(of: span)
                for value in [Int(id), points.lowerBound, points.upperBound] {
                    digest = (digest ^ UInt64(value)) &* 0x0000_0100_0000_01b3
                }
            }
            let digits = String(digest, radix: 16)
            output += Data((String(repeating: "0", count: 16 - digits.count) + digits + "\n").utf8)
        }
        FileHandle.standardOutput.write(output)
    }
}
