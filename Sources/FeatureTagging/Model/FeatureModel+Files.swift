import ClinicalText
import Essentials
import Foundation
import SequenceInference

extension FeatureModel {
    /// The name of the file of weights within a tagger's folder.
    public static let weightsName = "features.bin"

    /// Writes the model as a tagger's folder, replacing what stands there in one step: ``FeatureTaggerSettings`` and the
    /// file of weights.
    ///
    /// - Parameter files: more files to copy into the folder: their paths, by their names there.
    /// - Throws: `FileError` when the disk is full; a folder that stood there before is then unchanged.
    public func save(to path: String, training: [String: String] = [:], copying files: [String: String] = [:]) throws {
        let settings = FeatureTaggerSettings(entityTypes: scheme.types, templates: templates, training: training)
        try AtomicFile.replaceFolder(path) { folder in
            try AtomicFile.write(WeightsFile.encode(self), to: "\(folder)/\(Self.weightsName)")
            try AtomicFile.write(settings.encoded(), to: "\(folder)/\(FeatureTaggerSettings.fileName)")
            try AtomicFile.copy(files, into: folder)
        }
    }

    /// Loads the model of a tagger's folder.
    ///
    /// - Throws: `FileError` or ``FeatureTaggingError``.
    public init(folder: String) throws {
        let settings = try FeatureTaggerSettings(contentsOf: "\(folder)/\(FeatureTaggerSettings.fileName)")
        let path = "\(folder)/\(Self.weightsName)"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(path: path, hint: "expected the weights of a feature-based tagger")
        }
        self = try WeightsFile.decode(data, path: path, settings)
    }
}

/// The file of weights: a mark, the format's version, four counts, then the numbers, all little-endian, and the SHA-256
/// digest of all that as text at the end.
///
/// After the counts (tags K, features N, weights W, bytes B) come: K² transitions, K starts and K ends as 32-bit floats; N
/// ends of features' texts as 64-bit numbers; N + 1 beginnings of their weights as 32-bit numbers; W weights as 32-bit
/// floats; W tags as 16-bit numbers; B bytes of the features' texts.
private enum WeightsFile {
    private static let mark = Array("CLNRFCRF".utf8)
    private static let version: UInt32 = 1
    private static let digestLength = 64

    static func encode(_ model: FeatureModel) -> Data {
        let table = model.table
        var data = Data(mark)
        append([version], to: &data)
        append([UInt32(model.scheme.count)], to: &data)
        append([table.count, model.weights.count, table.bytes.count].map(UInt64.init), to: &data)
        for scores in [model.chain.transitions, model.chain.startTransitions, model.chain.endTransitions] {
            append(scores.map(\.bitPattern), to: &data)
        }
        append(table.ends.map(UInt64.init), to: &data)
        append(model.rows, to: &data)
        append(model.weights.map(\.bitPattern), to: &data)
        append(model.tags, to: &data)
        data.append(contentsOf: table.bytes)
        data.append(contentsOf: Digest.sha256(data).utf8)
        return data
    }

    private static func append<Number: FixedWidthInteger>(_ numbers: [Number], to data: inout Data) {
        numbers.map(\.littleEndian).withUnsafeBytes { data.append(contentsOf: $0) }
    }

    static func decode(_ data: Data, path: String, _ settings: FeatureTaggerSettings) throws -> FeatureModel {
        func damaged(_ reason: String) -> FeatureTaggingError { .damagedWeights(path: path, reason: reason) }
        guard data.prefix(mark.count).elementsEqual(mark) else {
            throw damaged("not a file of weights")
        }
        var cursor = NumberCursor(data.dropFirst(mark.count).dropLast(digestLength))
        let found: UInt32 = try cursor.next() ?? { throw damaged("the file is cut off") }()
        guard found == version else {
            throw FeatureTaggingError.unsupportedVersion(path: path, found: Int(found), supported: Int(version))
        }
        let digest = String(decoding: data.suffix(digestLength), as: UTF8.self)
        guard data.count > digestLength, Digest.sha256(data.dropLast(digestLength)) == digest else {
            throw damaged("the digest does not fit the content")
        }
        guard let parts = Parts(&cursor) else { throw damaged("the counts do not fit the content") }
        let scheme = TagScheme(types: settings.entityTypes)
        guard parts.tagCount == scheme.count else {
            throw FeatureTaggingError.mismatch(
                path: path, reason: "weights of \(parts.tagCount) tags, but settings of \(scheme.count)")
        }
        guard let table = parts.table else { throw damaged("the features' texts do not fit together") }
        guard parts.rowsFit else { throw damaged("the features' weights do not fit together") }
        let chain = LinearChainCRF(
            tagCount: scheme.count, transitions: parts.transitions, startTransitions: parts.start,
            endTransitions: parts.end, constraints: TransitionConstraints(scheme))
        return FeatureModel(
            scheme: scheme, templates: settings.templates, chain: chain, table: table, rows: parts.rows,
            tags: parts.tags, weights: parts.weights)
    }

    /// What the file holds, as it stands there.
    private struct Parts {
        let tagCount: Int
        let transitions: [Float]
        let start: [Float]
        let end: [Float]
        let textEnds: [UInt64]
        let rows: [UInt32]
        let weights: [Float]
        let tags: [UInt16]
        let text: [UInt8]

        /// Nothing if the file is shorter or longer than its counts say.
        init?(_ cursor: inout NumberCursor) {
            guard let tags: UInt32 = cursor.next(), tags > 0, let counts: [UInt64] = cursor.next(3),
                counts.allSatisfy({ $0 < UInt64(UInt32.max) })
            else { return nil }
            let (features, weights, bytes) = (Int(counts[0]), Int(counts[1]), Int(counts[2]))
            tagCount = Int(tags)
            guard tagCount <= Int(UInt16.max), let transitions: [UInt32] = cursor.next(tagCount * tagCount),
                let start: [UInt32] = cursor.next(tagCount), let end: [UInt32] = cursor.next(tagCount),
                let textEnds: [UInt64] = cursor.next(features), let rows: [UInt32] = cursor.next(features + 1),
                let values: [UInt32] = cursor.next(weights), let tagsOfWeights: [UInt16] = cursor.next(weights),
                let text: [UInt8] = cursor.next(bytes), cursor.isAtEnd
            else { return nil }
            self.transitions = transitions.map(Float.init(bitPattern:))
            self.start = start.map(Float.init(bitPattern:))
            self.end = end.map(Float.init(bitPattern:))
            self.textEnds = textEnds
            self.rows = rows
            self.weights = values.map(Float.init(bitPattern:))
            self.tags = tagsOfWeights
            self.text = text
        }

        /// The features with their numbers; nothing if their ends do not ascend to the last byte or two are the same.
        var table: AttributeTable? {
            var table = AttributeTable()
            var first = 0
            for end in textEnds {
                guard end <= text.count, Int(end) >= first else { return nil }
                let number = text[first..<Int(end)].withUnsafeBufferPointer { table.intern($0) }
                first = Int(end)
                guard table.count == Int(number) + 1, table.ends.last == first else { return nil }
            }
            return first == text.count ? table : nil
        }

        /// Whether the rows ascend to the last weight, whose tags all exist and whose values are all numbers.
        var rowsFit: Bool {
            rows[0] == 0 && Int(rows[rows.count - 1]) == weights.count
                && zip(rows, rows.dropFirst()).allSatisfy { $0 <= $1 } && tags.allSatisfy { $0 < tagCount }
                && (weights + transitions + start + end).allSatisfy(\.isFinite)
        }
    }
}
