import ClinicalText
import CorpusIO
import TestSupport
import Testing

/// All of a document but where it was read, so that what went through files can be compared.
struct DocumentFacts: Equatable {
    var id: String
    /// As bytes: strings that differ in their code points can be equal.
    var text: [UInt8]
    var metadata: [String: String]
    var entities: [Entity]
    var relations: [Relation]
    var labels: [DocumentLabel]
    var uninterpreted: [String]

    init(_ document: Document) {
        id = document.id
        text = Array(document.text.utf8)
        metadata = document.metadata.filter { $0.key != "file" && $0.key != "line" }
        entities = document.entities
        relations = document.relations
        labels = document.labels
        uninterpreted = document.uninterpreted
    }
}

/// Expects that documents are the same after they were written in `format` and read, and after a way through JSON Lines.
func expectIdentity(
    _ documents: [Document], _ format: CorpusFormat, _ options: ReadOptions = ReadOptions(),
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let facts = documents.map(DocumentFacts.init)
    #expect(!facts.isEmpty, sourceLocation: sourceLocation)
    #expect(try roundTrip(documents, format, options).map(DocumentFacts.init) == facts, sourceLocation: sourceLocation)
    let throughJSON = try roundTrip(documents, .jsonl)
    #expect(throughJSON.map(DocumentFacts.init) == facts, sourceLocation: sourceLocation)
    let back = try roundTrip(throughJSON, format, options)
    #expect(back.map(DocumentFacts.init) == facts, sourceLocation: sourceLocation)
}

/// What is lost when documents are written.
func losses(_ documents: [Document], _ format: CorpusFormat) throws -> [CorpusPart: Int] {
    try withTemporaryFolder { try CorpusWriter.write(documents, to: "\($0)/out", format: format) }
}

/// The faults of reading, as a person sees them, without the folder's path.
func faults(_ name: String, _ content: String, _ options: ReadOptions = ReadOptions()) throws -> [String] {
    try read(name, content, options).faults.map { fault in
        "\(fault)".replacing(String(fault.file.dropLast(name.count)), with: "")
    }
}
