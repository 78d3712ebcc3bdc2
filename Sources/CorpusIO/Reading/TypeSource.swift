/// Where i2b2 XML keeps the type of an entity.
public enum TypeSource: String, Codable, CaseIterable, Sendable {
    /// The element's name: `NAME`, `LOCATION` in the 2014 files.
    case element
    /// The attribute `TYPE`: `PATIENT`, `HOSPITAL` in the 2014 files; the element's name where it is missing.
    case attribute
}
