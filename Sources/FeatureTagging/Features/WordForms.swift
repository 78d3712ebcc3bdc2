/// A word in the forms that features are made of, as UTF-8.
struct WordForms {
    /// What of digits, capitals and punctuation marks a word holds.
    struct Marks: OptionSet {
        let rawValue: UInt8
        static let someDigits = Marks(rawValue: 1)
        static let onlyDigits = Marks(rawValue: 2)
        static let initialCapital = Marks(rawValue: 4)
        static let onlyCapitals = Marks(rawValue: 8)
        static let innerCapital = Marks(rawValue: 16)
        static let somePunctuation = Marks(rawValue: 32)
        static let onlyPunctuation = Marks(rawValue: 64)

        /// As features call them.
        static let names: [(mark: Marks, name: StaticString)] = [
            (.someDigits, "digit"), (.onlyDigits, "digits"), (.initialCapital, "capital"),
            (.onlyCapitals, "capitals"), (.innerCapital, "inner-capital"), (.somePunctuation, "mark"),
            (.onlyPunctuation, "marks"),
        ]
    }

    /// The word as written.
    let word: [UInt8]
    /// Where its code points begin, and its end.
    let boundaries: [Int]
    /// In lower case.
    let lowercased: [UInt8]
    /// Its code points' classes: `X` for a capital, `x` for another letter, `d` for a digit, others for themselves;
    /// combining marks have none.
    let shape: [UInt8]
    /// The same with runs of one class as one.
    let collapsed: [UInt8]
    let marks: Marks

    init(_ word: Substring) {
        var boundaries: [Int] = []
        var shape: [UInt8] = []
        var collapsed: [UInt8] = []
        var last: Unicode.Scalar?
        var classes = ClassCounts()
        var offset = 0
        for scalar in word.unicodeScalars {
            boundaries.append(offset)
            offset += UTF8.width(scalar)
            guard let own = Self.shape(of: scalar) else { continue }
            classes.add(own)
            let bytes = UTF8.encode(own).map(Array.init) ?? []
            shape += bytes
            if own != last { collapsed += bytes }
            last = own
        }
        boundaries.append(offset)
        self.word = Array(word.utf8)
        self.boundaries = boundaries
        lowercased = Self.lowercased(word, self.word)
        self.shape = shape
        self.collapsed = collapsed
        marks = classes.marks
    }

    /// The first `length` code points, if the word has so many.
    func prefix(_ length: Int) -> ArraySlice<UInt8>? {
        length < boundaries.count ? word[..<boundaries[length]] : nil
    }

    /// The last `length` code points, if the word has so many.
    func suffix(_ length: Int) -> ArraySlice<UInt8>? {
        length < boundaries.count ? word[boundaries[boundaries.count - 1 - length]...] : nil
    }

    private static func lowercased(_ word: Substring, _ bytes: [UInt8]) -> [UInt8] {
        if bytes.allSatisfy({ $0 < 0x80 }) {
            return bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        }
        return Array(word.lowercased().utf8)
    }

    private static func shape(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "A"..."Z": return "X"
        case "a"..."z": return "x"
        case "0"..."9": return "d"
        case _ where scalar.isASCII: return scalar
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: return "X"
        case .lowercaseLetter, .modifierLetter, .otherLetter: return "x"
        case .decimalNumber: return "d"
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: return nil
        default: return scalar
        }
    }

    /// Which classes of code points a word has, and where its capitals stand.
    private struct ClassCounts {
        private var all = 0
        private var capitals = 0
        private var letters = 0
        private var digits = 0
        private var beginsWithCapital = false

        mutating func add(_ shape: Unicode.Scalar) {
            switch shape {
            case "X":
                capitals += 1
                letters += 1
                if all == 0 { beginsWithCapital = true }
            case "x": letters += 1
            case "d": digits += 1
            default: break
            }
            all += 1
        }

        var marks: Marks {
            var marks: Marks = []
            let others = all - letters - digits
            if digits > 0 { marks.insert(digits == all ? .onlyDigits : .someDigits) }
            if others > 0 { marks.insert(others == all ? .onlyPunctuation : .somePunctuation) }
            if beginsWithCapital { marks.insert(.initialCapital) }
            if capitals > 1, capitals == letters { marks.insert(.onlyCapitals) }
            if capitals > (beginsWithCapital ? 1 : 0), capitals < letters { marks.insert(.innerCapital) }
            return marks
        }
    }
}
