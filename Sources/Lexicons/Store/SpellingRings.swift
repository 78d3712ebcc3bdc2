/// Links words that British and American English spell differently.
enum SpellingRings {
    /// For each word the next one of its ring, or itself; the forms that spellings share are added to the words, so that
    /// a text's spelling finds the others through them.
    static func make(_ words: inout WordTable) -> [UInt32] {
        let termWords = words.count
        // The words of each shared form, by the form's number.
        var rings: [UInt32: [UInt32]] = [:]
        func insert(_ form: [UInt8]) -> UInt32 { UInt32(bitPattern: words.insert(form)) }
        let british = Set(EnglishSpelling.exceptions.map(\.british))
        for number in 0..<termWords where !british.contains(words.withBytes(number) { Array($0) }) {
            let differs = words.withBytes(number) { EnglishSpelling.mayDiffer($0) ? EnglishSpelling.common($0) : nil }
            guard let form = differs else { continue }
            let shared = insert(form)
            if shared != number { rings[shared, default: []].append(UInt32(number)) }
        }
        for (british, american) in EnglishSpelling.exceptions
        where words.number(of: british) != nil || words.number(of: american) != nil {
            let form = american.withUnsafeBytes { EnglishSpelling.common($0) }
            let shared = insert(form)
            for other in [insert(british), insert(american)] where other != shared {
                if rings[shared]?.contains(other) != true { rings[shared, default: []].append(other) }
            }
        }
        var next = (0..<UInt32(words.count)).map { $0 }
        for (shared, others) in rings {
            var last = shared
            for other in others.sorted() {
                next[Int(last)] = other
                last = other
            }
            next[Int(last)] = shared
        }
        return next
    }
}
