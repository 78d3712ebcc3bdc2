import ClinicalText
import Essentials

/// What a reader of one part of the input is told and reports to.
struct ReadContext {
    /// How to read.
    let options: ReadOptions
    /// What is odd or wrong, in the order it was found.
    private(set) var faults: [CorpusFault] = []
    /// What could not be read.
    private(set) var leftOut: [CorpusPart: Int] = [:]
    /// Where entities stand, by document and then in the order of reading: ids may repeat. Empty unless asked for.
    private var annotations: [String: [(file: String, lines: [String: Int])]] = [:]
    private var lines: [String: [Int]] = [:]

    init(options: ReadOptions) { self.options = options }

    /// Whether to put right what can be put right.
    var isRepairing: Bool { options.mode == .repair }

    /// Reports something odd.
    mutating func note(_ fault: CorpusFault) { faults.append(fault) }

    /// Reports what a check of mentions found, and how many of them a repair removed.
    mutating func note(_ more: [CorpusFault], removedEntities: Int = 0) {
        faults += more
        if removedEntities > 0 { leftOut[.entity, default: 0] += removedEntities }
    }

    /// Remembers the line of a document that is a line of its file.
    mutating func keepLine(_ line: Int, of document: String) {
        if options.keepsPlaces { lines[document, default: []].append(line) }
    }

    /// Remembers where the entities of a document stand.
    mutating func keepPlaces(of document: String, file: String, entityLines: [String: Int]) {
        if options.keepsPlaces { annotations[document, default: []].append((file, entityLines)) }
    }

    /// Where the documents of `file` stand, as far as it was remembered.
    func places(of documents: [Document], file: String) -> [DocumentPlaces] {
        var times: [String: Int] = [:]
        return documents.map { document in
            let time = times[document.id, default: 0]
            times[document.id] = time + 1
            func item<Item>(_ items: [Item]?) -> Item? { items.flatMap { time < $0.count ? $0[time] : nil } }
            let annotation = item(annotations[document.id])
            return DocumentPlaces(
                file: file, line: item(lines[document.id]) ?? document.metadata["line"].flatMap { Int($0) },
                annotationFile: annotation?.file, entityLines: annotation?.lines ?? [:])
        }
    }

    /// Takes over what another context of the same reading was told.
    mutating func merge(_ other: ReadContext) {
        faults += other.faults
        leftOut.merge(other.leftOut, uniquingKeysWith: +)
    }

    /// Counts parts that are left out because of a fault that was reported.
    mutating func leaveOut(_ part: CorpusPart, count: Int = 1) {
        if count > 0 { leftOut[part, default: 0] += count }
    }

    /// Reads a part; where reading goes on after faults, what it throws becomes a fault and the part is left out.
    ///
    /// - Throws: what `body` throws, if that ends the reading.
    mutating func attempt<Result>(
        _ part: CorpusPart, document: String? = nil, _ body: (inout ReadContext) throws -> Result
    ) throws -> Result? {
        do {
            return try body(&self)
        } catch let error as CorpusError where options.mode.goesOn {
            leaveOut(part, because: error, document: document)
            return nil
        }
    }

    /// Leaves out a part whose error ended the reading of it.
    mutating func leaveOut(_ part: CorpusPart, because error: CorpusError, document: String? = nil) {
        leftOut[part, default: 0] += 1
        var fault = error.fault
        fault.document = document
        faults.append(fault)
    }
}
