import CorpusIO
import Essentials
import Foundation

/// The semantic types of the concepts of a UMLS release: `CUI|TUI|STN|STY|ATUI|CVF|` a line.
struct SemanticTypes {
    private struct Link {
        var concept: UInt32
        var type: UInt16
    }

    private var links: [Link] = []
    private var names: [[String]] = []

    /// Reads `MRSTY.RRF`, plain or gzip, from the folder of `path`.
    ///
    /// - Throws: ``SourceFileError``, `FileError`.
    init(beside path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        let names = ["MRSTY.RRF", "MRSTY.RRF.gz"].map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
        guard let file = names.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw FileError.missing(path: names[0], hint: "categories and type mapping of the UMLS need it")
        }
        var lines = try TextLines(file)
        var places: [ArraySlice<UInt8>: UInt16] = [:]
        while let (line, number) = try lines.next() {
            if line.isEmpty { continue }
            let fields = DelimitedLine.fields(of: line, delimiter: UInt8(ascii: "|"))
            guard fields.count >= 4, let concept = Self.number(fields[0]), places.count < Int(UInt16.max) else {
                let fault = SourceFileError.Fault(line: number, key: "CUI", message: "not a line of semantic types")
                if let error = SourceFileError(path: file, faults: [fault]) { throw error }
                continue
            }
            let place = places[fields[1]] ?? UInt16(self.names.count)
            if Int(place) == self.names.count {
                places[ArraySlice(Array(fields[1]))] = place
                self.names.append([fields[1], fields[3]].map { String(decoding: $0, as: UTF8.self) })
            }
            links.append(Link(concept: concept, type: place))
        }
        links.sort { ($0.concept, $0.type) < ($1.concept, $1.type) }
    }

    /// The numbers and names of a concept's semantic types.
    func categories(of concept: String) -> [String] {
        guard let number = Self.number(Array(concept.utf8)[...]) else { return [] }
        var low = 0
        var high = links.count
        while low < high {
            let middle = (low + high) / 2
            if links[middle].concept < number { low = middle + 1 } else { high = middle }
        }
        var found: [String] = []
        while low < links.count, links[low].concept == number {
            found += names[Int(links[low].type)]
            low += 1
        }
        return found
    }

    /// `C0004238` as 4238.
    private static func number(_ concept: ArraySlice<UInt8>) -> UInt32? {
        guard concept.first == UInt8(ascii: "C") else { return nil }
        return UInt32(String(decoding: concept.dropFirst(), as: UTF8.self))
    }
}
