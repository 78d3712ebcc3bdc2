/// A part of the configuration: a `Codable` struct whose stored properties are the keys, with the defaults at the
/// properties.
public protocol ConfigurationSection: Codable, Sendable {
    /// Makes the section with all defaults.
    init()
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
