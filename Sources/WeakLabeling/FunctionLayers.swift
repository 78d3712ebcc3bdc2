import ClinicalText
import Essentials
import Lexicons
import TextProcessing

/// The labeling functions of a configuration, in layers: each sees what the layers before it voted.
struct FunctionLayers: Sendable {
    /// Lexicons, rules and annotations; the editors of their spans; what looks at sections, contexts and neighbors; what
    /// looks at the whole document.
    let layers: [[any LabelingFunction]]
    let resources: LabelingResources
    /// The tables of functions that are no lexicons, by the functions' names.
    let tables: [String: String]

    /// The experiment's types whose mentions are also the compounds of their short forms.
    let compoundTypes: Set<String>

    /// The functions of all layers.
    var all: [any LabelingFunction] { layers.flatMap(\.self) }

    /// Reads and compiles what a configuration names.
    ///
    /// - Parameters:
    ///   - path: resolves a path of the configuration.
    ///   - predictions: the documents of each of the configuration's predictions.
    /// - Throws: ``WeakLabelingError``, `SourceFileError` or `FileError`, each naming file and line or key.
    init(
        _ configuration: LabelingConfiguration, types: [String], predictions: [[Document]],
        path: (String) -> String
    ) throws {
        let labelingTypes = try LabelingTypes(types: types, mapping: configuration.typeMapping)
        var lexicons = try configuration.lexicons.map { try $0.read(at: path($0.path)) }
        let senses = try configuration.abbreviations.map {
            AbbreviationSenses(try AbbreviationInventory(contentsOf: path($0)))
        }
        if let abbreviations = configuration.abbreviations, let senses {
            // What may be several things is left to the function that looks around it.
            let all = try Lexicon.readAbbreviations(path(abbreviations))
            lexicons.append(
                Lexicon(
                    name: all.name, entries: all.entries.filter { senses.ambiguous[$0.term] == nil }, path: all.path))
        }
        let ruleFiles = try configuration.rules.map { try RuleFile.read(path($0)) }
        guard !lexicons.isEmpty || !ruleFiles.isEmpty || !predictions.isEmpty || configuration.handVotes != nil else {
            throw WeakLabelingError.noLabelingFunctions
        }
        let neighborCues = try configuration.neighborCues.map { try NeighborCues.read(path($0)) }
        let resources = LabelingResources(
            lexicons: lexicons, ruleFiles: ruleFiles,
            modifiers: try configuration.modifiers.map { try Modifiers.read(path($0.path)) },
            contextCues: try configuration.contextCues.map { try ContextCues.read(path($0)) },
            contextSections: configuration.contextSections, neighborCues: neighborCues, senses: senses)
        self.resources = resources
        var sources: [any LabelingFunction] = []
        for index in lexicons.indices {
            let classes = index < configuration.lexicons.count ? configuration.lexicons[index].classProbabilities : nil
            sources.append(try LexiconFunction(index, of: resources, types: labelingTypes, classes: classes ?? [:]))
        }
        for index in resources.rules.indices {
            sources.append(try PatternFunction(index, of: resources, types: labelingTypes))
        }
        for (reference, documents) in zip(configuration.predictions, predictions) {
            sources.append(
                try AnnotationFunction(
                    name: "prediction/\(reference.functionName)", predictions: documents, types: labelingTypes))
        }
        if let votes = configuration.handVotes {
            sources.append(HandVoteFunction(try HandVotes.read(path(votes), types: types)))
        }
        let editors = try Self.editors(configuration, resources, labelingTypes)
        let observers = try Self.observers(configuration, senses, neighborCues, labelingTypes)
        var tables: [String: String] = [:]
        if let abbreviations = configuration.abbreviations { tables["abbreviation/sense"] = path(abbreviations) }
        if let votes = configuration.handVotes { tables["hand"] = path(votes) }
        if let neighborCues { tables["neighbor/\(neighborCues.lexicon.name)"] = neighborCues.path }
        self.tables = tables
        compoundTypes = try Self.known(configuration.compoundTypes, labelingTypes, key: "compoundTypes")
        layers = [sources, editors, observers, configuration.documentConsistency ? [ConsistencyFunction()] : []]
        try checkNames()
        try labelingTypes.checkFunctions(all.map(\.name))
        for name in configuration.strengths.keys.sorted() where !all.contains(where: { $0.name == name }) {
            throw WeakLabelingError.unknownFunction(
                key: "strengths", name: name, nearest: NearestName.of(name, in: all.map(\.name)))
        }
    }

    private static func editors(
        _ configuration: LabelingConfiguration, _ resources: LabelingResources, _ types: LabelingTypes
    ) throws -> [any LabelingFunction] {
        var functions: [any LabelingFunction] = []
        for (place, reference) in configuration.modifiers.enumerated() {
            let modified = try known(reference.types, types, key: "modifiers", at: reference.path)
            functions.append(ModifierFunction(place, of: resources, types: modified))
        }
        if !configuration.coordinatedTypes.isEmpty {
            let coordinated = try known(configuration.coordinatedTypes, types, key: "coordinatedTypes")
            functions.append(CoordinationFunction(types: coordinated, matcher: resources.lexiconMatcher))
        }
        if !configuration.mergedTypes.isEmpty {
            functions.append(MergeFunction(types: try known(configuration.mergedTypes, types, key: "mergedTypes")))
        }
        return functions
    }

    private static func observers(
        _ configuration: LabelingConfiguration, _ senses: AbbreviationSenses?, _ neighborCues: NeighborCues?,
        _ types: LabelingTypes
    ) throws -> [any LabelingFunction] {
        var functions: [any LabelingFunction] = [HeadingFunction()]
        let drugs = SectionRule(section: "medications", type: "Medication")
        for rule in configuration.sections ?? (types.types.contains(drugs.type) ? [drugs] : []) {
            if case .type(let type) = try types.resolved(
                rule.type, of: "section/\(rule.section)", at: "sections: \(rule.section)")
            {
                functions.append(SectionFunction(rule, type: type))
            }
        }
        if configuration.contextCues != nil, let type = types.type(of: configuration.negatedType) {
            functions.append(NegationFunction(type: type))
        }
        if let neighborCues { functions.append(try NeighborFunction(neighborCues, types: types)) }
        if let senses {
            var targets: [String: LabelingTypes.Target] = [:]
            for type in Set(senses.ambiguous.values.flatMap { $0.compactMap(\.type) }) {
                targets[type] = try types.resolved(
                    type, of: "abbreviation/sense", at: configuration.abbreviations ?? "")
            }
            functions.append(AbbreviationSenseFunction(types: targets))
        }
        for prior in configuration.sectionPriors {
            let place = "sectionPriors: \(prior.section)"
            if case .type(let type) = try types.resolved(prior.type, of: "section-prior/\(prior.section)", at: place) {
                functions.append(SectionPriorFunction(prior, type: type))
            }
        }
        for rule in configuration.contextVotes {
            functions.append(ContextFunction(rule, types: try known(rule.types, types, key: "contextVotes")))
        }
        return functions
    }

    /// The experiment's types of some names; those that are outside or abstentions here are none.
    private static func known(
        _ names: [String], _ types: LabelingTypes, key: String, at place: String? = nil
    ) throws -> Set<String> {
        var known: Set<String> = []
        for name in names {
            if case .type(let type) = try types.resolved(name, of: key, at: place ?? key) { known.insert(type) }
        }
        return known
    }

    /// Where what a vote's evidence names is written: file and line, and the term if there is one.
    func source(ofEvidence evidence: String) -> (place: String, term: String?)? {
        if evidence.hasPrefix("regex/"),
            let rule = resources.rules.firstIndex(where: { evidence == "regex/\($0.name)" })
        {
            return ("\(resources.rulePaths[rule]):\(resources.rules[rule].line)", nil)
        }
        guard let colon = evidence.lastIndex(of: ":"), let line = Int(evidence[evidence.index(after: colon)...]) else {
            return resources.modifiers.first { evidence == "modifier/\($0.lexicon.name)" }.map {
                ($0.lexicon.path, nil)
            }
        }
        let function = evidence[..<colon]
        if function == "abbreviation/sense" || function == "hand" || function.hasPrefix("neighbor/") {
            return tables[String(function)].map { ("\($0):\(line)", nil) }
        }
        guard let lexicon = resources.lexicons.first(where: { function == "lexicon/\($0.name)" }) else { return nil }
        return ("\(lexicon.path):\(line)", lexicon.entries.first { $0.line == line }?.term)
    }

    private func checkNames() throws {
        var places: [String: String] = [:]
        let paths =
            resources.lexicons.map(\.path)
            + zip(resources.rules, resources.rulePaths).map { "\($1):\($0.line)" }
        for (index, function) in all.enumerated() {
            let path = index < paths.count ? paths[index] : "the configuration"
            if let first = places.updateValue(path, forKey: function.name) {
                throw WeakLabelingError.duplicateFunction(name: function.name, first: first, second: path)
            }
        }
    }
}

extension LabelingConfiguration.PredictionReference {
    /// What stands behind the slash of the function's name.
    var functionName: String {
        name ?? path.split(separator: "/").last.map { String($0.prefix { $0 != "." }) } ?? path
    }
}
