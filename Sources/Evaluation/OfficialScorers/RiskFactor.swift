import ClinicalText

/// A statement of i2b2 2014, track 2, as its scorer compares it: the element and the attributes that count for it, in
/// lower case, the two medication classes in either order.
struct RiskFactor: Hashable {
    private let name: String
    private let values: [String]

    /// The attributes that count, by element.
    private static let attributes: [String: [String]] = [
        "DIABETES": ["time", "indicator"], "CAD": ["time", "indicator"], "HYPERTENSION": ["time", "indicator"],
        "HYPERLIPIDEMIA": ["time", "indicator"], "OBESE": ["time", "indicator"],
        "MEDICATION": ["time", "type1", "type2"], "SMOKER": ["status"], "FAMILY_HIST": ["indicator"],
    ]

    /// The statement of a document label; nothing for a label the task does not have. An attribute that is missing
    /// counts as empty.
    init?(_ label: DocumentLabel) { self.init(name: label.name, attributes: label.attributes) }

    /// The statement that an annotator's tag is evidence for, of which files without document-level tags consist.
    ///
    /// A tag of the family's history has no indicator: it speaks for a history if it lies somewhere in the text.
    init?(evidence name: String, attributes: [String: String], liesInText: Bool) {
        var attributes = attributes
        if name == "FAMILY_HIST", attributes["indicator"] == nil {
            attributes["indicator"] = liesInText ? "present" : "not present"
        }
        self.init(name: name, attributes: attributes)
    }

    private init?(name: String, attributes: [String: String]) {
        guard let keys = Self.attributes[name] else { return nil }
        self.name = name
        var values = keys.map { (attributes[$0] ?? "").lowercased() }
        if name == "MEDICATION" { values = [values[0]] + values[1...].sorted() }
        self.values = values
    }
}
