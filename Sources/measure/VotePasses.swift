import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TextProcessing
import WeakLabeling

/// Labels notes with the functions of an experiment.
enum VotePasses {
    /// Prints the speed in MB a second from raw texts to the votes of all functions and their silver entities, with the words a
    /// second and the entities.
    ///
    /// The label model runs too, by majority: what it takes counts against us.
    ///
    /// - Throws: `WeakLabelingError`, `SourceFileError`, `FileError`, `CorpusError`, `TextProcessingError`.
    static func run(experiment path: String, notes: String, headers: String, types: [String]) throws {
        let documents = try CorpusReader.read(notes, name: notes).corpus.documents
        var configuration = try MeasuredExperiment.read(path).label
        configuration.labelModel = .majority
        let labeler = try SilverLabeler(
            configuration: configuration, relativeTo: (path as NSString).deletingLastPathComponent, types: types)
        let segmenter = DocumentSegmenter(sectionHeaders: try SectionHeaders(contentsOf: headers))
        var tokens = 0
        var entities = 0
        let bytes = documents.reduce(0) { $0 + $1.text.utf8.count }
        let speed = try Passes.medianSpeed(bytes: bytes) {
            let segmented = documents.map { segmenter.segment($0) }
            tokens = segmented.reduce(0) { $0 + $1.segmentation.tokens.count }
            entities = try labeler.label(segmented).documents.reduce(0) { $0 + $1.entities.count }
        }
        print("\(speed) \(Int(speed * 1e6 / Double(bytes) * Double(tokens))) \(entities)")
    }
}
