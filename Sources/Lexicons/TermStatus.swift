/// What a term is to its concept.
public enum TermStatus: String, Codable, CaseIterable, Sendable {
    // The order is that of the numbers in compiled lexicons.
    /// The source does not say.
    case unspecified
    /// The concept's preferred name.
    case preferred
    /// Another name for the same thing.
    case synonym
    /// A name for a part of what the concept means, as in OBO's NARROW.
    case narrow
    /// A name for more than the concept means.
    case broad
    /// A name for something near.
    case related
    /// A short form.
    case abbreviation
    /// A brand name.
    case brand
    /// A name that the source no longer uses.
    case obsolete
    /// A name that the source advises against using.
    case suppressed

    private static let numbers = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, UInt8($0)) })

    var number: UInt8 { Self.numbers[self] ?? 0 }

    init(number: UInt8) { self = Int(number) < Self.allCases.count ? Self.allCases[Int(number)] : .unspecified }
}
