/// A bounded search for better settings.
public struct TuneConfiguration: ConfigurationSection {
    /// How many runs are made, the run as configured among them.
    public var trials = 20
    /// Which settings are drawn, by their dotted keys, and from what.
    public var space: [String: SearchDimension] = [:]

    /// The default settings, which search nothing.
    public init() {}

    /// The first value out of its range.
    public var wrongValue: WrongValue? {
        WrongValue.first(("trials", trials >= 1, "1 or more"))
            ?? space.sorted { $0.key < $1.key }.lazy.compactMap { $1.wrongValue?.below("space.\($0)") }.first
    }
}

/// What a setting is drawn from: a list of values, each as likely as any other, or a range of numbers.
public struct SearchDimension: Codable, Hashable, Sendable {
    /// The values, as YAML writes them; empty for a range.
    public var values: [String] = []
    /// The least and the largest number of a range.
    public var from, to: Double?
    /// Whether a range is drawn from by orders of magnitude.
    public var log = false
    /// Whether a range holds whole numbers only.
    public var whole = false

    /// A list.
    init(values: [String]) { self.values = values }

    /// A range.
    init(from: Double, to: Double, log: Bool = false, whole: Bool = false) {
        self.from = from
        self.to = to
        self.log = log
        self.whole = whole
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case from, to, log, whole
    }

    /// Reads a list of values, or `{ from, to, log, whole }`.
    public init(from decoder: any Decoder) throws {
        if let list = try? decoder.singleValueContainer().decode([String].self) {
            values = list
            return
        }
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        from = try keys.decode(Double.self, forKey: .from)
        to = try keys.decode(Double.self, forKey: .to)
        log = try keys.decodeIfPresent(Bool.self, forKey: .log) ?? false
        whole = try keys.decodeIfPresent(Bool.self, forKey: .whole) ?? false
    }

    /// Writes what ``init(from:)`` reads.
    public func encode(to encoder: any Encoder) throws {
        guard values.isEmpty else {
            var list = encoder.singleValueContainer()
            try list.encode(values)
            return
        }
        var keys = encoder.container(keyedBy: CodingKeys.self)
        try keys.encode(from, forKey: .from)
        try keys.encode(to, forKey: .to)
        try keys.encode(log, forKey: .log)
        try keys.encode(whole, forKey: .whole)
    }

    /// The first value out of its range.
    var wrongValue: WrongValue? {
        guard values.isEmpty else { return nil }
        guard let from, let to else { return WrongValue(key: "from", expected: "a list of values, or `from` and `to`") }
        return WrongValue.first(
            ("to", to > from, "more than `from`"), ("from", !log || from > 0, "more than 0 where `log` is set"))
    }
}
