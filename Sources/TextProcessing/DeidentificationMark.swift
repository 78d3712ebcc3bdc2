import ClinicalText

/// A mark that stands where a de-identified note had a name, a date or a number.
public struct DeidentificationMark: Hashable, Sendable {
    /// What was there, in the categories of the i2b2 de-identification task of 2014.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A patient, doctor or other person.
        case name
        /// An occupation.
        case profession
        /// A hospital, ward, organization, street, city, state, country or ZIP code.
        case location
        /// An age.
        case age
        /// A date or a part of one.
        case date
        /// A telephone, fax or pager number, an address in a network.
        case contact
        /// A number that belongs to one person, visit, device or report.
        case identifier
        /// The mark does not tell, or says something that is none of the others.
        case unknown
    }

    /// How the mark is written.
    public enum Style: String, Hashable, Sendable, CaseIterable {
        /// `[**First Name (STitle) 12**]`: MIMIC-II and III.
        case starredBrackets
        /// `___`: MIMIC-IV.
        case underscores
        /// `**NAME[AAA, BBB M]`: the notes of i2b2 2010 that De-ID marked.
        case starred
        /// `<DATE>`, `<PERSON_2>`.
        case angleBrackets
        /// `[Patient Name]`, `[DATE]`.
        case squareBrackets
        /// `XXXX`.
        case capitalX
    }

    /// Where it stands.
    public var span: TextSpan
    /// What it stands for, as far as it tells.
    public var kind: Kind
    /// How it is written.
    public var style: Style

    /// Makes a mark.
    public init(span: TextSpan, kind: Kind, style: Style) {
        self.span = span
        self.kind = kind
        self.style = style
    }
}
