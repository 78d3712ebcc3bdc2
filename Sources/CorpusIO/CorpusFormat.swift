/// The file formats of annotated and plain notes.
public enum CorpusFormat: String, Codable, CaseIterable, Sendable {
    /// i2b2 standoff XML, one file a note: `TEXT` in CDATA, `TAGS`; as of 2012, 2014, 2016 and 2018 track 1.
    case i2b2
    /// i2b2 2006 de-identification: one XML file, marks in the text.
    case i2b2Deidentification2006 = "i2b2-2006-deid"
    /// i2b2 2006 smoking status: one XML file, a status a record.
    case i2b2Smoking2006 = "i2b2-2006-smoking"
    /// i2b2 2008 obesity: XML files of records and of judgments.
    case i2b2Obesity2008 = "i2b2-2008"
    /// i2b2 2009 medication extraction: notes without an ending, entries by line and token.
    case i2b2Medication2009 = "i2b2-2009"
    /// i2b2/VA 2010 concepts, assertions and relations: `.txt`, `.con`, `.ast`, `.rel`.
    case i2b2Concepts2010 = "i2b2-2010"
    /// i2b2/VA 2011 coreference: `.txt`, `.txt.con`, `.txt.chains`.
    case i2b2Coreference2011 = "i2b2-2011"
    /// i2b2 2012 temporal relations by line and token: `.xml.txt`, `.xml.extent`, `.xml.tlink`.
    case i2b2Temporal2012 = "i2b2-2012"
    /// brat standoff: `NAME.txt` with `NAME.ann`; also n2c2 2018 track 2 and 2022.
    case brat
    /// BioC XML collections.
    case biocXML = "bioc-xml"
    /// BioC JSON collections.
    case biocJSON = "bioc-json"
    /// PubTator: title, abstract, one annotation a line.
    case pubtator
    /// CoNLL columns with BIO or BIOES tags, with or without offsets.
    case conll
    /// Label Studio's JSON.
    case labelStudio = "label-studio"
    /// doccano's JSON Lines, with `label` or with `entities` and `relations`.
    case doccano
    /// Prodigy's JSON Lines of spans and tokens.
    case prodigy
    /// JSON Lines that spaCy converts: `text` and `entities` as triples.
    case spacy
    /// AutoNER's columns of weak labels: token, tie or break, type.
    case autoner
    /// WRENCH's and CHMM's JSON of weak labels.
    case wrench
    /// CAS XMI: UIMA's XML with UTF-16 offsets.
    case xmi
    /// JSON Lines of clinner: one document a line.
    case jsonl
    /// CSV, TSV or JSON objects with a column of text.
    case table
    /// Plain text, one file a note.
    case text
}

extension CorpusFormat: Comparable {
    /// In the order in which they are listed.
    public static func < (left: CorpusFormat, right: CorpusFormat) -> Bool {
        allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
    }
}
