/// The error report.
public struct ReportConfiguration: ConfigurationSection {
    /// The most examples shown a category.
    public var examples = 25

    /// The default settings.
    public init() {}
}
