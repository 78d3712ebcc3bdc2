import ClinicalText

extension TokenLayout {
    /// How many gaps between tokens, and at the ends, are something else than what ``TokenText`` puts there, and how
    /// many tokens hold white space other than blanks: what is lost of a text of which only the tokens are written.
    ///
    /// `starts` are the tokens that begin sentences; with offsets, gaps keep their length.
    func changedGaps(in text: String, starts: [Int], withOffsets: Bool) -> Int {
        let sentences = Set(starts)
        var changed = 0
        var previousEnd = 0
        var text = text
        text.withUTF8 { bytes in
            for (index, token) in tokens.enumerated() {
                let gap = bytes[previousEnd..<token.start]
                let first: UInt8 = index > 0 && sentences.contains(index) ? 0x0A : 0x20
                let isKept =
                    withOffsets
                    ? gap.isEmpty || gap.first == first && gap.dropFirst().allSatisfy { $0 == 0x20 }
                    : index == 0 ? gap.isEmpty : gap.count == 1 && gap.first == first
                if !isKept { changed += 1 }
                if bytes[token.range].contains(where: { Surface.isSpace($0) && $0 != 0x20 }) { changed += 1 }
                previousEnd = token.end
            }
            if previousEnd < bytes.count { changed += 1 }
        }
        return changed
    }
}
