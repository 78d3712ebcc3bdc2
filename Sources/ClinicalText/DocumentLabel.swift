/// A statement about a whole document: a smoking status, a judgment about a disease, a criterion that is met.
public struct DocumentLabel: Hashable, Sendable {
    /// What is stated about, such as `SMOKING`, `ABDOMINAL` or `MEDICATION`.
    public var name: String
    /// What is stated, such as `CURRENT SMOKER` or `met`; empty where the format says it in attributes alone.
    public var value: String
    /// Further properties the file had (`time`, `indicator`, `source`).
    public var attributes: [String: String]

    /// Makes a label.
    public init(name: String, value: String = "", attributes: [String: String] = [:]) {
        self.name = name
        self.value = value
        self.attributes = attributes
    }
}
