import ICU

/// Prepares text for WordPiece as the reference does: cleaned, Chinese characters set apart, accents removed, lower
/// case.
///
/// The character classes are those of the reference, which froze them at Unicode 8, and its decompositions at Unicode 9;
/// later characters are letters to it. Lower case follows this ICU's Unicode.
///
/// Source: Hugging Face tokenizers, `normalizers/bert.rs` and `pre_tokenizers/bert.rs`.
struct BertNormalizer: Sendable {
    /// A character of the prepared text and the bytes of the original that it stands for.
    struct Character: Hashable {
        var value: UInt32
        var start: Int
        var end: Int

        init(_ value: UInt32, _ source: Range<Int>) {
            self.value = value
            start = source.lowerBound
            end = source.upperBound
        }
    }

    /// What happens to a character as it is read.
    private enum InputClass {
        static let plain: UInt8 = 0
        static let removed: UInt8 = 1
        static let space: UInt8 = 2
        static let ideograph: UInt8 = 3
        static let decomposable: UInt8 = 4
    }

    static let space: UInt32 = 0x20

    private static let inputClasses = CodePointClasses([
        ("[[:NFD_Quick_Check=No:]&[:Age=9.0:]]", InputClass.decomposable),
        (
            "[\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\U00020000-\\U0002A6DF\\U0002A700-\\U0002B81F"
                + "\\U0002B920-\\U0002CEAF\\U0002F800-\\U0002FA1F]",
            InputClass.ideograph
        ),
        ("[:Z:]", InputClass.space),
        ("[[:Cc:][[:Cf:]&[:Age=8.0:]][:Co:]\\uFFFD]", InputClass.removed),
        ("[\\t\\n\\r]", InputClass.space),
    ])

    private enum OutputClass {
        static let mark: UInt8 = 1
        static let punctuation: UInt8 = 2
    }

    private static let outputClasses = CodePointClasses([
        ("[[[[:Mn:]&[:Age=8.0:]]-[\\u1885\\u1886\\uA9BD]]\\u1734]", OutputClass.mark),
        ("[[[:P:]&[:Age=8.0:]]\\u166D\\U000111C9$+<=>\\^`|~]", OutputClass.punctuation),
    ])

    /// Characters that change places in canonical order.
    private static let combining = CodePointClasses([("[[:^ccc=0:]&[:Age=9.0:]]", 1)])

    /// Scripts that are common and simple enough to be prepared once: Latin, Greek, Cyrillic.
    private static let foldLimit: UInt32 = 0x0530

    private let configuration: TokenizerConfiguration
    /// For each code point below the limit the one it becomes, or 0 where it takes the long way.
    private let folds: [UInt32]

    init(_ configuration: TokenizerConfiguration) {
        self.configuration = configuration
        folds = (0..<Self.foldLimit).map { Self.fold($0, configuration) }
    }

    private static func fold(_ value: UInt32, _ configuration: TokenizerConfiguration) -> UInt32 {
        let kind = inputClasses[value]
        guard kind == InputClass.plain || kind == InputClass.decomposable else { return 0 }
        var characters: [Character] = []
        appendDecomposed(value, 0..<1, kind: kind, configuration, to: &characters)
        finish(&characters, configuration)
        return characters.count == 1 ? characters[0].value : 0
    }

    /// Whether a prepared character is a word by itself.
    static func isPunctuation(_ value: UInt32) -> Bool { outputClasses[value] == OutputClass.punctuation }

    /// The prepared characters of a part of a text, in place of what `characters` held.
    func prepare(_ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>, into characters: inout [Character]) {
        characters.removeAll(keepingCapacity: true)
        var offset = range.lowerBound
        while offset < range.upperBound {
            let (value, count) = CodePoint.decode(bytes, at: offset)
            let source = offset..<offset + count
            offset += count
            if value < Self.foldLimit, folds[Int(value)] != 0 {
                characters.append(Character(folds[Int(value)], source))
                continue
            }
            let kind = Self.inputClasses[value]
            switch kind {
            case InputClass.removed:
                break
            case InputClass.space:
                characters.append(Character(Self.space, source))
            case InputClass.ideograph where configuration.separatesIdeographs:
                characters.append(Character(Self.space, source))
                Self.appendDecomposed(value, source, kind: kind, configuration, to: &characters)
                characters.append(Character(Self.space, source))
            default:
                Self.appendDecomposed(value, source, kind: kind, configuration, to: &characters)
            }
        }
        Self.finish(&characters, configuration)
    }

    private static func appendDecomposed(
        _ value: UInt32, _ source: Range<Int>, kind: UInt8, _ configuration: TokenizerConfiguration,
        to characters: inout [Character]
    ) {
        guard configuration.stripsAccents, kind == InputClass.decomposable || kind == InputClass.ideograph else {
            characters.append(Character(value, source))
            return
        }
        NormalizationForm.nfd.normalize(codePoint: value).withUnsafeBufferPointer { form in
            var offset = 0
            while offset < form.count {
                let (part, count) = CodePoint.decode(form, at: offset)
                characters.append(Character(part, source))
                offset += count
            }
        }
    }

    /// Brings decomposed characters into canonical order, removes accents and lower-cases.
    private static func finish(_ characters: inout [Character], _ configuration: TokenizerConfiguration) {
        if configuration.stripsAccents {
            reorder(&characters)
            characters.removeAll { outputClasses[$0.value] == OutputClass.mark }
        }
        guard configuration.lowercases else { return }
        // The one character whose lower case is two (SpecialCasing.txt); with accents removed it does not get here.
        while let place = characters.firstIndex(where: { $0.value == 0x130 }) {
            characters[place].value = 0x69
            var dot = characters[place]
            dot.value = 0x307
            characters.insert(dot, at: place + 1)
        }
        for place in characters.indices { characters[place].value = CodePoint.lowercase(characters[place].value) }
    }

    /// Sorts each run of combining characters by combining class, keeping the order within a class.
    private static func reorder(_ characters: inout [Character]) {
        var place = characters.startIndex
        while place < characters.endIndex {
            guard isCombining(characters[place]) else {
                place += 1
                continue
            }
            let end = characters[place...].firstIndex { !isCombining($0) } ?? characters.endIndex
            if end - place > 1 { reorder(place..<end, of: &characters) }
            place = end
        }
    }

    private static func isCombining(_ character: Character) -> Bool {
        character.value >= 0x300 && combining[character.value] == 1
    }

    /// Sorts one run. The reference does not move what characters stand for along with them: it deals it out anew, in
    /// the order of the text, to those that begin what a character of the text was decomposed into.
    private static func reorder(_ run: Range<Int>, of characters: inout [Character]) {
        let classes = run.map { CodePoint.combiningClass(characters[$0].value) }
        guard zip(classes, classes.dropFirst()).contains(where: { $0 > $1 }) else { return }
        let before = Array(characters[run])
        var last = run.lowerBound > 0 ? characters[run.lowerBound - 1] : before[0]
        let begins = before.indices.map { index in
            index > 0
                ? before[index].start != before[index - 1].start : run.lowerBound == 0 || last.start != before[0].start
        }
        var sources = before.indices.lazy.filter { begins[$0] }.makeIterator()
        let order = before.indices.sorted { (classes[$0], $0) < (classes[$1], $1) }
        for (place, index) in zip(run, order) {
            if begins[index] { last = sources.next().map { before[$0] } ?? last }
            characters[place] = Character(before[index].value, last.start..<last.end)
        }
    }
}
