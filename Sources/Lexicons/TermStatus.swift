/// What a term is to its concept.
public enum TermStatus: String, Codable, CaseIterable, Sendable {
    // The order is that of the numbers in compiled lexicons.
    /// The source does not say.
    case unspecified
    /// The concept's preferred name.
    case preferred
    /// Another name for the same thing.
    case synonym
    /// A name for a part of what the concept means, as in OBO's NARROW.
    case narrow
    /// A name for more than the concept means.
    case broad
    /// A name for something near.
    case related
    /// A short form.
    case abbreviation
    /// A brand name.
    case brand
    /// A name that the source no longer uses.
    case obsolete
    /// A name that the source advises against using.
    case suppressed

    private static let numbers = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, UInt8($0)) })

    var number: UInt8 { Self.numbers[self] ?? 0 }

    init(number: UInt8) { self = Int(number) < Self.allCases.count ? Self.allCases[Int(number)] : .unspecified }

    /// The status that a publisher's term type, or our own name, means; nothing if it is unknown.
    ///
    /// Term types of RxNorm and the UMLS (TTY), scopes of OBO, kinds of the Disease Ontology's reports.
    public init?(termType: String) {
        if let own = TermStatus(rawValue: termType.lowercased()) {
            self = own
            return
        }
        guard let status = Self.termTypes[termType.uppercased()] else { return nil }
        self = status
    }

    private static let termTypes: [String: TermStatus] = {
        var types: [String: TermStatus] = [:]
        for (status, names) in [
            (
                TermStatus.preferred,
                "PT PN PF FN LABEL MH NM HT IN PIN MIN SCD SCDC SCDF SCDG GPCK DF DFG LN LPN LC OSN"
            ),
            (.synonym, "SY SYN SYGB TMSY PSN EXACT ET EN PEP PM NP FSY LLT CE CD DN LA MTH_SY MTH_PT"),
            (.narrow, "NARROW"), (.broad, "BROAD"), (.related, "RELATED"),
            (.abbreviation, "AB ACR AA ABBREVIATION ACRONYM"),
            (.brand, "BN SBD SBDC SBDF SBDG BPCK"),
            (.obsolete, "OP OF OAF OAP OAS OA IS LO OET OL OLC OM ONP OOSN OPN"),
        ] {
            for name in names.split(separator: " ") { types[String(name)] = status }
        }
        return types
    }()
}
