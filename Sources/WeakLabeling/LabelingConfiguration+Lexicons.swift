import Lexicons

extension LabelingConfiguration.LexiconReference {
    /// Reads the lexicon, whose path is resolved to `path`.
    ///
    /// - Throws: `SourceFileError` for bad lines, `LexiconStoreError`, `FileError`.
    public func read(at path: String) throws -> Lexicon {
        var options = LexiconImport()
        options.format = format
        options.type = type == "outside" ? nil : type
        options.typeMapping = typeMapping ?? [:]
        options.categories = Set(categories ?? [])
        if let classProbabilities {
            // The categories stay the entries' types; the function knows what they are.
            for category in classProbabilities.keys { options.typeMapping[category] = category }
            if options.categories.isEmpty { options.categories = Set(classProbabilities.keys) }
        }
        options.sources = Set(sources ?? [])
        options.termTypes = Set(termTypes ?? [])
        options.languages = Set(languages ?? [])
        options.columns = columns ?? [:]
        options.codePrefix = codePrefix
        options.acronymsInCase = acronymsInCase ?? false
        var lexicon = try Lexicon.read(path, options)
        lexicon.variants = variants.map { Set($0).union([.exact, .inflection]) }
        return lexicon
    }
}
