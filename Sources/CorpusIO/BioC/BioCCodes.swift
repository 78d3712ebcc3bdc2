/// Concept codes in the infons of annotations: `MESH` with `D006470|D003556`, or `identifier` with `MESH:D006470`.
enum BioCCodes {
    /// The key of codes whose source the file does not tell.
    static let identifier = "identifier"
    private static let sources: Set = [
        "MESH", "OMIM", "CHEBI", "UMLS", "CUI", "SNOMEDCT", "SNOMED", "RXNORM", "DOID", "MONDO", "HPO", "HP", "ICD9",
        "ICD10", "LOINC", "NCBI GENE", "NCBIGENE", "ENTREZ", "NCBI HOMOLOGENE", "SPECIES", "NCBI TAXONOMY", "MEDDRA",
        "ATC", "DRUGBANK",
    ]

    /// Whether a key's value is codes.
    static func isIdentifier(_ key: String) -> Bool { key == identifier || sources.contains(key.uppercased()) }

    /// The codes that infons hold, in the order of their keys.
    static func codes(in infons: [String: String]) -> [String] {
        var codes: [String] = []
        for (key, value) in infons.sorted(by: { $0.key < $1.key }) where isIdentifier(key) {
            for code in ConceptCodes.codes(in: value) {
                let isWhole = key == identifier || code.hasPrefix("\(key):")
                let code = isWhole ? code : "\(key):\(code)"
                if !codes.contains(code) { codes.append(code) }
            }
        }
        return codes
    }

    /// The infons that say `codes` where a document does not remember how its file said them.
    static func infons(of codes: [String]) -> [String: String] {
        var infons: [String: [String]] = [:]
        for code in codes {
            if let colon = code.utf8.firstIndex(of: UInt8(ascii: ":")), isIdentifier(String(code[..<colon])) {
                infons[String(code[..<colon]), default: []].append(String(code[code.utf8.index(after: colon)...]))
            } else {
                infons[identifier, default: []].append(code)
            }
        }
        return infons.mapValues { $0.joined(separator: "|") }
    }

    /// The identifying infons that the codes alone would not give back.
    static func kept(of infons: [String: String]) -> [String: String] {
        let identifying = infons.filter { isIdentifier($0.key) }
        let codes = codes(in: identifying)
        let given = self.infons(of: codes)
        let kept = identifying.filter { given[$0.key] != $0.value }
        // A code that stands under two keys goes with the kept one, and the other one would not come back.
        let said = Set(self.codes(in: kept))
        let rest = self.infons(of: codes.filter { !said.contains($0) })
        return rest.merging(kept) { $1 } == identifying ? kept : identifying
    }
}
