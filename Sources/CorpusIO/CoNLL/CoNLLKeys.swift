/// What documents remember of a CoNLL file.
enum CoNLLKeys {
    /// Of a document: its column beside token, offsets and tag, counted from 1 among these, a tab between tokens.
    static func column(_ number: Int) -> String { "conll.column.\(number)" }

    /// How many columns a document remembers.
    static func columnCount(in metadata: [String: String]) -> Int {
        var count = 0
        while metadata[column(count + 1)] != nil { count += 1 }
        return count
    }
}
