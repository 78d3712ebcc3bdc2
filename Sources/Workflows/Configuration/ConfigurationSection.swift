/// A part of the configuration: a `Codable` struct whose stored properties are the keys, with the defaults at the
/// properties.
public protocol ConfigurationSection: Codable, Sendable {
    /// Makes the section with all defaults.
    init()

    /// The first value that is of the right kind and yet cannot be.
    var wrongValue: WrongValue? { get }
}

extension ConfigurationSection {
    /// Every value of the right kind will do.
    public var wrongValue: WrongValue? { nil }
}

/// A value out of its range.
public struct WrongValue: Hashable, Sendable {
    /// The dotted key, from the section on.
    public var key: String
    /// What it must be.
    public var expected: String

    /// The first of the conditions that does not hold.
    static func first(_ conditions: (key: String, holds: Bool, expected: String)...) -> WrongValue? {
        conditions.first { !$0.holds }.map { WrongValue(key: $0.key, expected: $0.expected) }
    }

    /// The same value, seen from the section above.
    func below(_ section: String) -> WrongValue { WrongValue(key: "\(section).\(key)", expected: expected) }
}

/// An array of sections, seen without its element type.
protocol SectionArray {
    static var elementDefault: any ConfigurationSection { get }
}

extension Array: SectionArray where Element: ConfigurationSection {
    static var elementDefault: any ConfigurationSection { Element() }
}

extension Optional: SectionArray where Wrapped: SectionArray {
    static var elementDefault: any ConfigurationSection { Wrapped.elementDefault }
}
