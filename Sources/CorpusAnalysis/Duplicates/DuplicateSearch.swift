import ClinicalText
import CorpusIO

/// Finds notes that are the same, or nearly, in one set or over several: sketches first, then an exact comparison of
/// the candidates in a second reading.
///
/// Memory grows by some 200 bytes a note, and by the runs of those candidates whose last partner is still to come.
struct DuplicateSearch {
    /// From this share of the smaller note's runs in the larger one, it was carried forward.
    static let containment = 0.9

    /// A note that others are compared with.
    private struct Kept {
        let id: String
        let place: String
        let set: Int
        let textHash: UInt64
        let shingles: NoteShingles
    }

    /// A note as the second reading hands it over.
    private struct Candidate: Sendable {
        let id: String
        let places: DocumentPlaces
        let textHash: UInt64
        let shingles: NoteShingles
    }

    private let sets: [CheckedSet]
    private let similarity: Double
    private let candidates: [Int: [Int]]
    /// By note, the last one that is compared with it.
    private var lastUse: [Int: Int] = [:]
    private let textHashes: [UInt64]
    private var kept: [Int: Kept] = [:]

    /// Prepares the second reading, or nothing if no note may be like another.
    init?(_ index: DuplicateIndex, sets: [CheckedSet], similarity: Double) {
        var index = index
        textHashes = index.textHashes
        candidates = index.candidates()
        if candidates.isEmpty { return nil }
        self.sets = sets
        self.similarity = similarity
        for (note, others) in candidates {
            for other in others { lastUse[other] = max(lastUse[other] ?? 0, note) }
        }
    }

    /// Reads the sets again and hands what is alike to `report`.
    ///
    /// - Parameter corpora: the sets as they were read first.
    mutating func run(corpora: [CorpusStream], threads: Int, report: (CorpusFault) throws -> Void) throws {
        let involved = Set(candidates.keys).union(lastUse.keys)
        let wanted = Set(involved.map { textHashes[$0] })
        var number = 0
        for (set, corpus) in corpora.enumerated() {
            try corpus.map(
                threads: threads, keepsFaults: false,
                transform: { read in
                    zip(read.documents, read.places).map { document, places -> Candidate? in
                        let hash = NoteSketch.hash(of: document.text)
                        guard wanted.contains(hash) else { return nil }
                        return Candidate(
                            id: document.id, places: places, textHash: hash, shingles: NoteShingles(of: document.text))
                    }
                },
                body: { notes, read in
                    for (index, note) in notes.enumerated() where read.repeats[index] == nil {
                        if let note, involved.contains(number) {
                            for fault in compare(note, number: number, set: set) { try report(fault) }
                        }
                        number += 1
                    }
                })
        }
    }

    private mutating func compare(_ note: Candidate, number: Int, set: Int) -> [CorpusFault] {
        let others = (candidates[number] ?? []).compactMap { kept[$0] }
        let faults = [true, false].compactMap { isSameSet -> CorpusFault? in
            let alike = others.filter { ($0.set == set) == isSameSet }.compactMap { other in
                likeness(note, other).map { (other, $0) }
            }
            guard let (other, likeness) = alike.max(by: { $0.1.resemblance < $1.1.resemblance }) else { return nil }
            return fault(note, set: set, likeOther: other, likeness)
        }
        for other in candidates[number] ?? [] where lastUse[other] == number { kept[other] = nil }
        if let last = lastUse[number], last > number {
            kept[number] = Kept(
                id: note.id, place: Self.place(note.places), set: set, textHash: note.textHash, shingles: note.shingles)
        }
        return faults
    }

    private struct Likeness {
        let isEqual: Bool
        let resemblance: Double
        let containment: Double
    }

    private func likeness(_ note: Candidate, _ other: Kept) -> Likeness? {
        let (resemblance, containment) = note.shingles.overlap(with: other.shingles)
        let isEqual = note.textHash == other.textHash && resemblance == 1
        let isLong = min(note.shingles.words, other.shingles.words) >= NoteSketch.minimumWords
        guard isEqual || isLong && (resemblance >= similarity || containment >= Self.containment) else { return nil }
        return Likeness(isEqual: isEqual, resemblance: resemblance, containment: containment)
    }

    private func fault(_ note: Candidate, set: Int, likeOther other: Kept, _ likeness: Likeness) -> CorpusFault {
        let isLeak = other.set != set
        let whose = "document \(other.id)" + (isLeak ? " of \(sets[other.set].name)" : "") + " (\(other.place))"
        let message: String
        if likeness.isEqual {
            message = "the same text as \(whose)"
        } else if likeness.resemblance >= similarity {
            message =
                "nearly the same as \(whose): they share \(Self.percent(likeness.resemblance)) of their runs of five words"
        } else if note.shingles.hashes.count >= other.shingles.hashes.count {
            message = "carries \(Self.percent(likeness.containment)) of \(whose) forward"
        } else {
            message = "\(Self.percent(likeness.containment)) of it stands in \(whose)"
        }
        return CorpusFault(
            isLeak ? .leakage : .nearDuplicate, severity: isLeak && likeness.isEqual ? .error : .warning,
            file: note.places.file, line: note.places.line, document: note.id, message: message,
            fix: isLeak
                ? "take it out of \(sets[set].name) or of \(sets[other.set].name)"
                : "keep one of them, or see that both go into the same set")
    }

    private static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded(.down))) %" }

    private static func place(_ places: DocumentPlaces) -> String {
        places.line.map { "\(places.file):\($0)" } ?? places.file
    }
}
