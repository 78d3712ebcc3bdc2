/// The abbreviations whose dot does not end a sentence, in English and Spanish notes, in lower case.
///
/// These are rules of the splitter, not a lexicon: words that lead on by their function.
enum SentenceAbbreviations {
    /// Before a name.
    static let titles: Set<String> = [
        "dr", "drs", "dra", "dres", "mr", "mrs", "ms", "prof", "profa", "sr", "sra", "srta", "st", "rev", "lic", "avda",
        "av", "pza", "urb",
    ]

    /// Before more of the sentence, unless it is one of ``starters``.
    static let linking: Set<String> = [
        "vs", "cf", "viz", "approx", "aprox", "ca", "incl", "esp", "pt", "pts", "pte", "dept", "dpto", "hosp", "p.ej",
        "ej", "sig",
    ]

    /// Before a number.
    static let numeric: Set<String> = [
        "no", "nos", "nr", "núm", "num", "nº", "n", "fig", "figs", "tab", "vol", "pp", "p", "pág", "págs", "tel",
        "tfno", "ext", "ph", "sec", "eq", "ref", "approx", "temp", "wt", "ht", "max", "min", "avg", "jan", "feb", "mar",
        "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    ]

    /// Dotted forms that always lead on.
    static let dotted: Set<String> = ["e.g.", "i.e.", "p.ej.", "e.g", "i.e", "d.o.b.", "c.f."]

    /// Capitalized words that start a sentence where a dot may be an abbreviation's or the end (`40 mg b.i.d. He …`).
    static let starters: Set<String> = [
        "A", "After", "All", "Also", "An", "And", "As", "At", "Before", "But", "By", "During", "For", "Given", "He",
        "Her", "His", "However", "I", "If", "In", "It", "Its", "No", "Of", "On", "Our", "Over", "Patient", "Please",
        "Pt", "She", "Since", "Some", "That", "The", "Their", "Then", "There", "These", "They", "This", "Those", "To",
        "Upon", "Was", "We", "When", "While", "Will", "With", "You", "El", "La", "Los", "Las", "Se", "En", "Al", "Un",
        "Una", "Tras", "Con", "Por", "Presenta", "Paciente",
    ]
}
