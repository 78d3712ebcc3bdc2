/// Brings British and American spellings of a folded word to one form, which need not be a word.
enum EnglishSpelling {
    /// Words that no rule covers.
    private static let pairs: [(british: StaticString, american: StaticString)] = [
        ("grey", "gray"), ("mould", "mold"), ("mouldy", "moldy"), ("disk", "disc"), ("aluminium", "aluminum"),
        ("skilful", "skillful"), ("programme", "program"), ("cheque", "check"), ("sceptic", "skeptic"),
        ("plough", "plow"),
        ("draught", "draft"), ("defence", "defense"), ("licence", "license"), ("practise", "practice"),
        ("enrol", "enroll"), ("fulfil", "fulfill"), ("ageing", "aging"), ("labelled", "labeled"),
        ("travelled", "traveled"), ("counselling", "counseling"), ("tranquilliser", "tranquilizer"),
        ("manoeuvre", "maneuver"), ("caesarian", "cesarean"), ("caesarean", "cesarean"),
        ("pyjama", "pajama"), ("storey", "story"), ("tyre", "tire"), ("yoghurt", "yogurt"),
        ("judgement", "judgment"), ("dyke", "dike"), ("artefact", "artifact"), ("analogue", "analog"),
        ("catalogue", "catalog"), ("dialogue", "dialog"), ("gauge", "gage"), ("kerb", "curb"),
    ]

    /// The words that no rule covers, British and American.
    static let exceptions: [(british: [UInt8], american: [UInt8])] = pairs.map {
        (bytes(of: $0.british), bytes(of: $0.american))
    }

    private static func bytes(of text: StaticString) -> [UInt8] {
        text.withUTF8Buffer { Array($0) }
    }

    /// Whether the rules may change a word: cheap, and true more often than needed.
    @inline(__always)
    static func mayDiffer(_ word: UnsafeRawBufferPointer) -> Bool {
        guard word.count >= 5 else { return false }
        for index in 0..<word.count - 1 {
            switch (word[index], word[index + 1]) {
            case (UInt8(ascii: "a"), UInt8(ascii: "e")), (UInt8(ascii: "o"), UInt8(ascii: "e")),
                (UInt8(ascii: "o"), UInt8(ascii: "u")), (UInt8(ascii: "i"), UInt8(ascii: "s")),
                (UInt8(ascii: "y"), UInt8(ascii: "s")), (UInt8(ascii: "l"), UInt8(ascii: "p")):
                return true
            case (UInt8(ascii: "r"), UInt8(ascii: "e")):
                if index + 2 == word.count { return true }
            default: continue
            }
        }
        return false
    }

    /// The form that both spellings of a word share by the rules; the word itself if nothing in it differs.
    static func common(_ word: UnsafeRawBufferPointer) -> [UInt8] {
        let word = Array(word)
        return word.count >= 5 ? withEndings(vowels(of: word)) : word
    }

    /// `haem` and `hem`, `oedema` and `edema`, `sulph` and `sulf`, `colour` and `color`.
    private static func vowels(of word: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(word.count)
        var index = 0
        func has(_ text: StaticString, at place: Int) -> Bool {
            guard place >= 0, place + text.utf8CodeUnitCount <= word.count else { return false }
            return text.withUTF8Buffer { text in word[place..<place + text.count].elementsEqual(text) }
        }
        // `curae` and `toes` have too few letters for their vowels to be Greek.
        let hasDigraphs = word.count >= 6
        while index < word.count {
            if hasDigraphs, has("ae", at: index), !has("aer", at: index) || index > 0,
                !has("ael", at: index) || index + 3 < word.count
            {
                result.append(UInt8(ascii: "e"))
                index += 2
            } else if hasDigraphs, has("oe", at: index), !has("oes", at: index) || index + 3 < word.count {
                result.append(UInt8(ascii: "e"))
                index += 2
            } else if has("sulph", at: index) {
                result += Array("sulf".utf8)
                index += 5
            } else if index >= 2, has("our", at: index), isSuffix(word[(index + 3)...]) {
                result += Array("or".utf8)
                index += 3
            } else {
                result.append(word[index])
                index += 1
            }
        }
        return result
    }

    private static let suffixes: Set<String> = [
        "", "ed", "ing", "al", "able", "less", "ful", "ite", "ation", "ization", "isation", "ise", "ize", "er", "ist",
        "free", "s",
    ]

    private static func isSuffix(_ rest: ArraySlice<UInt8>) -> Bool {
        suffixes.contains(String(decoding: rest, as: UTF8.self))
    }

    /// `ise` and `ize`, `yse` and `yze`, `centre` and `center`.
    private static func withEndings(_ word: [UInt8]) -> [UInt8] {
        var word = word
        func ends(_ text: StaticString) -> Bool { text.withUTF8Buffer { word.reversed().starts(with: $0.reversed()) } }
        for (ending, place) in [
            ("ise" as StaticString, 2), ("ised", 3), ("ising", 4), ("iser", 3), ("isation", 6), ("isable", 5),
            ("yse", 2),
            ("ysed", 3), ("ysing", 4), ("yser", 3),
        ] where ends(ending) && word.count >= ending.utf8CodeUnitCount + 3 {
            word[word.count - place] = UInt8(ascii: "z")
            return word
        }
        for ending in ["tre" as StaticString, "bre"] where ends(ending) { word.swapAt(word.count - 1, word.count - 2) }
        return word
    }
}
