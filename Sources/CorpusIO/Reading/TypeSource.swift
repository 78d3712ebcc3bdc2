/// Where i2b2 XML keeps the type of an entity.
public enum TypeSource: String, Codable, CaseIterable, Sendable {
    /// The element's name: `NAME`, `LOCATION` in the 2014 files; `EVENT`, `TIMEX3` in those of 2012.
    case element
    /// The attribute `TYPE`: `PATIENT`, `HOSPITAL` in the 2014 files; the element's name where it is missing, as in the
    /// files of 2012, whose `type` is then kept as an attribute.
    case attribute
    /// The attribute `type`: `PROBLEM`, `DATE` in the 2012 files; the element's name where it is missing.
    case lowerCaseAttribute = "type"
}
