/// The numbers of the characters that words are spelled with; case is kept, which uncased pieces have lost.
///
/// Latin-1 and Greek have a number each, everything else one a kind, so that no table has to travel with a model.
enum CharacterInventory {
    /// How many numbers there are.
    static let count = greekStart + 144
    /// The most characters of a word that are looked at: the first half and the last half of so many.
    static let mostCharacters = 32

    private static let kindStart = 256
    private static let greekStart = kindStart + 6

    /// The number of a character.
    static func number(of scalar: Unicode.Scalar) -> Int32 {
        switch scalar.value {
        case 0..<256: return Int32(scalar.value)
        case 0x370..<0x400: return Int32(greekStart) + Int32(scalar.value - 0x370)
        default: break
        }
        let kind: Int32 =
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .titlecaseLetter: 0
            case .lowercaseLetter: 1
            case .otherLetter, .modifierLetter: 2
            case .decimalNumber, .letterNumber, .otherNumber: 3
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
                .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
                4
            default: 5
            }
        return Int32(kindStart) + kind
    }

    /// The numbers of a word's characters, at least one.
    static func numbers(of word: some StringProtocol) -> [Int32] {
        let all = word.unicodeScalars.map(number(of:))
        if all.isEmpty { return [number(of: " ")] }
        guard all.count > mostCharacters else { return all }
        return Array(all.prefix(mostCharacters / 2) + all.suffix(mostCharacters / 2))
    }
}
