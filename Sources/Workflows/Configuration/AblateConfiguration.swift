/// Which parts of a run are left out or changed, one at a time or all together, to see what each is worth.
public struct AblateConfiguration: ConfigurationSection {
    /// How many seeds each variant is run with, from the run's seed on.
    public var seeds = 3
    /// Whether every combination is run, instead of one change at a time.
    public var grid = false
    /// What is changed; by default every part that the run has.
    public var factors: [AblationFactor] = []

    /// The default settings.
    public init() {}

    /// The first value out of its range.
    public var wrongValue: WrongValue? {
        WrongValue.first(("seeds", seeds >= 1, "1 or more"))
            ?? factors.enumerated().lazy.compactMap { $1.wrongValue?.below("factors.\($0)") }.first
    }
}

/// A part of a run, and what may stand in its place.
public struct AblationFactor: ConfigurationSection {
    /// The part's name.
    public var name = ""
    /// What may stand in its place.
    public var levels: [AblationLevel] = []

    /// A part without a name.
    public init() {}

    /// A part with what may stand in its place.
    init(_ name: String, _ levels: [AblationLevel]) {
        self.name = name
        self.levels = levels
    }

    /// The first value out of its range.
    public var wrongValue: WrongValue? {
        WrongValue.first(("name", !name.isEmpty, "a name"), ("levels", !levels.isEmpty, "a list of one or more"))
            ?? levels.enumerated().lazy.compactMap { $1.wrongValue?.below("levels.\($0)") }.first
    }
}

/// A change of a run.
public struct AblationLevel: ConfigurationSection {
    /// What it is called.
    public var name = ""
    /// `key=value` pairs that are laid over the configuration, as by `--set`.
    public var overrides: [String] = []

    /// A change without a name.
    public init() {}

    /// A change.
    init(_ name: String, _ overrides: String...) {
        self.name = name
        self.overrides = overrides
    }

    /// The first value out of its range.
    public var wrongValue: WrongValue? {
        WrongValue.first(("name", !name.isEmpty, "a name"), ("overrides", !overrides.isEmpty, "a list of key=value"))
    }
}
