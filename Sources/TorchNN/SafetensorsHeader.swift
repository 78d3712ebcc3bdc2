import Foundation

/// The header of a safetensors file: what lies where, checked against the file's size.
///
/// Format: eight bytes little-endian header length, the header as JSON, the tensors' bytes without gaps.
/// https://huggingface.co/docs/safetensors
struct SafetensorsHeader {
    private(set) var entries: [String: StoredTensor] = [:]
    private(set) var metadata: [String: String] = [:]

    /// The limit of the reference implementation.
    private static let largestHeader = 100_000_000
    private struct Damage: Error { var reason: String }

    private struct RawEntry: Decodable {
        var dtype: String
        var shape: [Int]
        var dataOffsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype
            case shape
            case dataOffsets = "data_offsets"
        }
    }

    /// One value of the header: a tensor, or the free-form metadata.
    private enum Value: Decodable {
        case tensor(RawEntry)
        case metadata([String: String])

        init(from decoder: any Decoder) throws {
            if decoder.codingPath.last?.stringValue == "__metadata__" {
                self = .metadata(try [String: String](from: decoder))
            } else {
                self = .tensor(try RawEntry(from: decoder))
            }
        }
    }

    /// Reads the header of the file whose bytes are `data`.
    ///
    /// - Throws: ``CheckpointError/malformed(path:reason:)``.
    init(of data: Data, path: String) throws {
        do throws(Damage) {
            try read(data)
        } catch {
            throw CheckpointError.malformed(path: path, reason: error.reason)
        }
    }

    private mutating func read(_ data: Data) throws(Damage) {
        guard data.count >= 8 else { throw Damage(reason: "\(data.count) bytes are too few for a header") }
        let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(Self.largestHeader), length <= UInt64(data.count - 8) else {
            throw Damage(reason: "a header of \(length) bytes in a file of \(data.count)")
        }
        let start = 8 + Int(length)
        let json = data.dropFirst(8).prefix(Int(length))
        guard json.first == UInt8(ascii: "{"),
            let values = try? JSONDecoder().decode([String: Value].self, from: Data(json))
        else { throw Damage(reason: "the header is not the JSON object that the format asks for") }
        for (name, value) in values {
            switch value {
            case .metadata(let pairs): metadata = pairs
            case .tensor(let raw): entries[name] = try Self.entry(raw, name: name, start: start, end: data.count)
            }
        }
        try checkCoverage(start: start, end: data.count)
    }

    private static func entry(_ raw: RawEntry, name: String, start: Int, end: Int) throws(Damage) -> StoredTensor {
        guard let size = ElementType.sizes[raw.dtype] else {
            throw Damage(reason: "tensor \(name) has the unknown type \(raw.dtype)")
        }
        guard raw.dataOffsets.count == 2, 0 <= raw.dataOffsets[0], raw.dataOffsets[0] <= raw.dataOffsets[1],
            raw.dataOffsets[1] <= end - start
        else { throw Damage(reason: "tensor \(name) has offsets outside the file: \(raw.dataOffsets)") }
        var bytes = size
        for extent in raw.shape {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: extent)
            guard extent >= 0, !overflow else { throw Damage(reason: "tensor \(name) has the shape \(raw.shape)") }
            bytes = product
        }
        guard bytes == raw.dataOffsets[1] - raw.dataOffsets[0] else {
            throw Damage(
                reason: "tensor \(name) of shape \(raw.shape) and type \(raw.dtype) needs \(bytes) bytes and has "
                    + "\(raw.dataOffsets[1] - raw.dataOffsets[0])")
        }
        return StoredTensor(
            typeName: raw.dtype, shape: raw.shape, bytes: start + raw.dataOffsets[0]..<start + raw.dataOffsets[1])
    }

    /// The format forbids overlaps and gaps; a cut file shows as a gap or as an offset outside.
    private func checkCoverage(start: Int, end: Int) throws(Damage) {
        var position = start
        let inOrder = entries.sorted {
            ($0.value.bytes.lowerBound, $0.value.bytes.upperBound) < (
                $1.value.bytes.lowerBound, $1.value.bytes.upperBound
            )
        }
        for (name, entry) in inOrder {
            guard entry.bytes.lowerBound >= position else {
                throw Damage(reason: "tensor \(name) overlaps the one before it")
            }
            guard entry.bytes.lowerBound == position else {
                throw Damage(reason: "\(entry.bytes.lowerBound - position) bytes before tensor \(name) belong to none")
            }
            position = entry.bytes.upperBound
        }
        guard position == end else { throw Damage(reason: "\(end - position) bytes at the end belong to no tensor") }
    }
}
