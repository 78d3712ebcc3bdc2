import WeakLabeling

extension LabelingConfiguration: ConfigurationSection {}

extension LabelingConfiguration.LexiconReference: ConfigurationSection {
    /// A reference to no file.
    public init() { self.init(path: "") }
}

extension LabelingConfiguration.ModifierReference: ConfigurationSection {
    /// A reference to no file.
    public init() { self.init(path: "", types: []) }
}

extension SectionRule: ConfigurationSection {
    /// A rule for no section.
    public init() { self.init(section: "", type: "") }
}
