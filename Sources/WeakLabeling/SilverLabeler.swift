import ClinicalText
import Dispatch
import Essentials
import Evaluation
import Foundation
import LabelModels
import Lexicons

/// Labels documents with weak sources: functions vote, a label model weighs the votes, runs of tokens become entities.
///
/// The label model counts votes for a token and a type; where an entity begins is decided by the votes for its type.
public struct SilverLabeler: Sendable {
    /// The entity types of the experiment.
    public let types: [String]
    /// The functions, those that build on others last.
    public var functions: [any LabelingFunction] { sources + derived }

    private let configuration: LabelingConfiguration
    private let resources: LabelingResources
    private let sources: [any LabelingFunction]
    private let derived: [any LabelingFunction]

    /// Reads and compiles what the configuration names; paths are relative to `folder`.
    ///
    /// - Throws: ``WeakLabelingError`` or `FileError`, each naming file and line or key.
    public init(configuration: LabelingConfiguration, relativeTo folder: String, types: [String]) throws {
        func path(_ name: String) -> String { name.hasPrefix("/") || folder.isEmpty ? name : "\(folder)/\(name)" }
        let labelingTypes = try LabelingTypes(types: types, mapping: configuration.typeMapping)
        var lexicons = try configuration.lexicons.map { reference in
            try reference.read(at: path(reference.path))
        }
        if let abbreviations = configuration.abbreviations {
            lexicons.append(try Lexicon.readAbbreviations(path(abbreviations)))
        }
        let ruleFiles = try configuration.rules.map { try RuleFile.read(path($0)) }
        guard !lexicons.isEmpty || !ruleFiles.isEmpty else { throw WeakLabelingError.noLabelingFunctions }
        let resources = LabelingResources(
            lexicons: lexicons, ruleFiles: ruleFiles,
            modifiers: try configuration.modifiers.map { try Modifiers.read(path($0.path)) },
            negationCues: try configuration.negationCues.map { try NegationCues.read(path($0)) })
        self.types = types
        self.configuration = configuration
        self.resources = resources
        sources =
            try lexicons.indices.map { try LexiconFunction($0, of: resources, types: labelingTypes) }
            + resources.rules.indices.map { try PatternFunction($0, of: resources, types: labelingTypes) }
        derived = try Self.derivedFunctions(configuration, resources, labelingTypes)
        try checkNames()
        try labelingTypes.checkFunctions(functions.map(\.name))
    }

    private static func derivedFunctions(
        _ configuration: LabelingConfiguration, _ resources: LabelingResources, _ types: LabelingTypes
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
        for (place, reference) in configuration.modifiers.enumerated() {
            var modified: Set<String> = []
            for name in reference.types {
                if case .type(let type) = try types.resolved(name, of: "modifiers", at: reference.path) {
                    modified.insert(type)
                }
            }
            functions.append(ModifierFunction(place, of: resources, types: modified))
        }
        if configuration.negationCues != nil, let type = types.type(of: configuration.negatedType) {
            functions.append(NegationFunction(type: type))
        }
        return functions + [AbbreviationFunction()]
    }

    private func checkNames() throws {
        var places: [String: String] = [:]
        let paths =
            resources.lexicons.map(\.path)
            + zip(resources.rules, resources.rulePaths).map { "\($1):\($0.line)" } + derived.map { _ in "sections" }
        for (function, path) in zip(functions, paths) {
            if let first = places.updateValue(path, forKey: function.name) {
                throw WeakLabelingError.duplicateFunction(name: function.name, first: first, second: path)
            }
        }
    }

    /// Replaces the documents' entities by silver ones.
    ///
    /// - Parameter gold: for some document ids the true entities, which are only compared with.
    /// - Throws: ``WeakLabelingError/patternStopped(document:reason:)``.
    public func label(_ documents: [SegmentedDocument], gold: [String: [Entity]] = [:]) throws -> SilverResult {
        let allVotes = try votes(on: documents)
        let votes = configuration.prefersLongerVotes ? allVotes.map { $0.withoutPartsOfLongerVotes() } : allVotes
        let combined = CombinedVotes(
            votes, by: configuration.labelModel, functionCount: functions.count, labelCount: types.count + 1)
        var assembly = SilverEntities(types: types, minimumProbability: configuration.minimumProbability)
        var silver: [Document] = []
        for (index, (document, votes)) in zip(documents, votes).enumerated() {
            var labeled = document.document
            labeled.entities = assembly.entities(
                in: document, votes: votes, labels: combined.labels[index],
                probabilities: combined.probabilities[index])
            labeled.relations = []
            silver.append(labeled)
        }
        var analyzer = LabelingAnalyzer(functions: functions, types: types)
        for (index, document) in documents.enumerated() {
            analyzer.add(
                allVotes[index], of: document, silver: silver[index].entities, gold: gold[document.document.id])
        }
        var analysis = analyzer.analysis(accuracies: combined.estimatedAccuracies)
        analysis.belowMinimumProbability = assembly.belowMinimumProbability
        analysis.emptied = assembly.emptied
        return SilverResult(documents: silver, analysis: analysis)
    }

    /// The votes on each document; documents are independent of each other and shared out over the processors.
    private func votes(on documents: [SegmentedDocument]) throws -> [DocumentVotes] {
        var results = [Result<DocumentVotes, any Error>?](repeating: nil, count: documents.count)
        results.withUnsafeMutableBufferPointer { results in
            // Each iteration writes to its own place.
            nonisolated(unsafe) let results = results
            DispatchQueue.concurrentPerform(iterations: documents.count) { index in
                results[index] = Result { try votes(on: documents[index]) }
            }
        }
        return try results.compactMap { try $0?.get() }
    }

    private func votes(on document: SegmentedDocument) throws -> DocumentVotes {
        var context = try resources.context(of: document)
        var casts: [DocumentVotes.Cast] = []
        func cast(_ function: any LabelingFunction, _ column: Int) throws -> [Vote] {
            let votes = try function.votes(on: context)
            for vote in votes {
                let label = vote.type.map { (types.firstIndex(of: $0) ?? -1) + 1 } ?? LabelMatrix.outside
                casts.append(DocumentVotes.Cast(function: column, label: label, vote: vote))
            }
            return votes
        }
        var sourceVotes: [Vote] = []
        for (column, function) in sources.enumerated() { sourceVotes += try cast(function, column) }
        context.add(sourceVotes: sourceVotes)
        for (column, function) in derived.enumerated() { _ = try cast(function, sources.count + column) }
        return DocumentVotes(
            tokenCount: document.segmentation.tokens.count, casts: casts, negation: context.negation)
    }
}
