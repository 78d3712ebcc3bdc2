extension WordSplitter {
    /// Where words are parted; the default fits the bundled lexicons and models, which expect small tokens.
    ///
    /// Entities end where their annotators ended them, so that larger tokens lose mentions: with the default nearly all
    /// ends of mentions in case reports are ends of tokens.
    public struct Configuration: Hashable, Sendable, Codable {
        /// Whether a number parts from the letters behind it: `5|mg`, `67|yo`; otherwise `5mg`. Ordinals stay whole.
        public var partsUnits = true
        /// Whether a slash parts words and numbers: `mg|/|kg`, `w|/|o`, `120|/|80`; otherwise `mg/kg`.
        public var partsSlashes = true
        /// Whether a slash parts two numbers: `1|/|2`, `120|/|80`; if not, `1/2` stays whole though `mg|/|kg` parts.
        /// Without effect where ``partsSlashes`` is off.
        public var partsFractions = true
        /// Whether a hyphen parts words: `BP|-|lowering`; otherwise `BP-lowering`.
        public var partsHyphens = true
        /// Whether the ending of a possessive is a token of its own: `Crohn|'s`; otherwise `Crohn's`.
        public var partsPossessives = true
        /// Whether dotted abbreviations keep their dots: `b.i.d.`, `q.12h.`; otherwise `b|.|i|.|d|.`.
        public var keepsDottedAbbreviations = true
        /// Whether names with a number and intervals stay whole where hyphens part words: `COVID-19`, `q4-6h`.
        public var keepsNumberedNames = true
        /// Whether a de-identification mark is one token: `[**First Name**]` (see ``DeidentificationMarks``).
        public var keepsDeidentificationMarks = true

        /// The default.
        public init() {}
    }
}
