/// The layouts that lexicons are read from.
public enum LexiconFormat: String, Codable, CaseIterable, Sendable {
    /// A file that `clinner lexicon build` wrote.
    case compiled
    /// A table with a header line, its fields divided by tabs or, in files called `.csv`, commas.
    case table
    /// An ontology in OBO 1.2: the Disease Ontology, HPO, MONDO.
    case obo
    /// RxNorm's `RXNCONSO.RRF`.
    case rxnorm
    /// The UMLS's `MRCONSO.RRF`, with `MRSTY.RRF` beside it.
    case umls
    /// SNOMED CT's release files (RF2): a folder, or a description file with the concept file beside it.
    case snomed
    /// A table with the columns `abbreviation`, `sense` and `type`.
    case abbreviations
    /// Lines of abbreviation, sense and the sense's share, divided by tabs, without a header, as Stetson's inventory has them.
    case abbreviationSenses = "abbreviation-senses"
    /// Lines of an abbreviation, a blank and its long form.
    case abbreviationLines = "abbreviation-lines"

    /// The format that a file's name tells; a table where it tells nothing.
    public static func ofName(_ path: String) -> LexiconFormat {
        var name = (path.split(separator: "/").last.map(String.init) ?? path).lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        if name.hasSuffix(".lexicon") { return .compiled }
        if name.hasSuffix(".obo") { return .obo }
        if name.hasSuffix(".rrf") { return name.contains("rxnconso") ? .rxnorm : .umls }
        if name.hasPrefix("sct2_") || name.hasPrefix("xsct2_") { return .snomed }
        return .table
    }
}
