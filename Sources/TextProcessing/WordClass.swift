import ICU

/// What a character is to the word splitter.
enum WordClass {
    static let symbol: UInt8 = 0
    static let space: UInt8 = 1
    static let letter: UInt8 = 2
    static let capital: UInt8 = 3
    static let digit: UInt8 = 4
    /// A number that is not a decimal digit: superscripts, subscripts, fractions.
    static let numeral: UInt8 = 5
    /// Belongs to the character before it: accents, variation selectors, joiners, skin tones.
    static let mark: UInt8 = 6
    /// Not seen, does not part a word: soft hyphen, zero-width characters.
    static let invisible: UInt8 = 7
    /// A character that is a word by itself.
    static let ideograph: UInt8 = 8

    static let classes = CodePointClasses([
        ("[[:Z:][:Cc:]]", space),
        ("[:L:]", letter),
        ("[[:Lu:][:Lt:]]", capital),
        ("[:Nd:]", digit),
        ("[:No:]", numeral),
        ("[:Nl:]", letter),
        ("[:Ideographic:]", ideograph),
        ("[:Default_Ignorable_Code_Point:]", invisible),
        ("[[:M:][:Emoji_Modifier:]\\u200D]", mark),
    ])

    /// The classes of ASCII bytes.
    static let ascii: [UInt8] = (0..<128).map { classes[UInt32($0)] }
}
