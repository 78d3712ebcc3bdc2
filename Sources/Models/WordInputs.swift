import ClinicalText

/// What a network sees of words beside their pieces: their characters, and which features hold of them.
///
/// W words; each has its characters and its features one after the other.
public struct WordInputs: Hashable, Sendable {
    /// The characters' numbers, word by word; empty where a network does not look at them.
    public private(set) var characters: [Int32] = []
    /// Where each word's characters begin, and behind the last word where they end; W + 1.
    public private(set) var characterStarts: [Int] = [0]
    /// The numbers of the features that hold, word by word.
    public private(set) var features: [Int32] = []
    /// Where each word's features begin, and behind the last word where they end; W + 1.
    public private(set) var featureStarts: [Int] = [0]

    /// The number of words.
    public var count: Int { characterStarts.count - 1 }

    /// No words.
    public init() {}

    /// Words of which nothing but the pieces is looked at.
    public init(unseen count: Int) {
        characterStarts = [Int](repeating: 0, count: count + 1)
        featureStarts = characterStarts
    }

    /// Adds a word.
    public mutating func append(characters word: [Int32], features holding: [Int32]) {
        characters += word
        characterStarts.append(characters.count)
        features += holding
        featureStarts.append(features.count)
    }

    /// Some of the words.
    public subscript(words: Range<Int>) -> WordInputs {
        var part = WordInputs()
        for word in words {
            part.append(
                characters: Array(characters[characterStarts[word]..<characterStarts[word + 1]]),
                features: Array(features[featureStarts[word]..<featureStarts[word + 1]]))
        }
        return part
    }

    /// The words of both, one after the other.
    public static func += (left: inout WordInputs, right: WordInputs) {
        let (characters, features) = (left.characters.count, left.features.count)
        left.characters += right.characters
        left.characterStarts += right.characterStarts.dropFirst().map { $0 + characters }
        left.features += right.features
        left.featureStarts += right.featureStarts.dropFirst().map { $0 + features }
    }
}
