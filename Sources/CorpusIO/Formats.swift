/// Every format that there is.
enum Formats {
    /// In the order in which they are asked whether a file is theirs: particular ones before general ones.
    static let all: [any DocumentFormat.Type] = [
        AutoNERFormat.self,
        XMIFormat.self,
        BioCXMLFormat.self,
        I2B2MedicationFormat.self,
        I2B2ConceptsFormat.self,
        I2B2CoreferenceFormat.self,
        I2B2TemporalFormat.self,
        I2B2Smoking2006Format.self,
        I2B2Deidentification2006Format.self,
        I2B2Obesity2008Format.self,
        I2B2Format.self,
        BratFormat.self,
        BioCJSONFormat.self,
        WrenchFormat.self,
        LabelStudioFormat.self,
        ProdigyFormat.self,
        DoccanoFormat.self,
        SpaCyFormat.self,
        JSONLinesFormat.self,
        PubTatorFormat.self,
        CoNLLFormat.self,
        TableFormat.self,
        TextFormat.self,
    ]

    /// The definition of a format.
    static func definition(of format: CorpusFormat) -> any DocumentFormat.Type {
        guard let definition = all.first(where: { $0.format == format }) else {
            preconditionFailure("no definition of \(format.rawValue)")
        }
        return definition
    }

    /// Folders below a corpus' own in which some format keeps files.
    static let subfolders = Set(all.flatMap { $0.subfolders })

    /// The endings of all formats, without those that only mean "no ending".
    static let extensions = Set(all.flatMap { $0.extensions }).subtracting([""])
}
