import ClinicalText
import CorpusIO
import Essentials
import Foundation
import TestSupport

/// What must hold of any bytes that are read in a format: documents that keep the rules of ``Document``, or an error of
/// ours; and what was read can be written and read back.
///
/// The fuzzers of `Benchmarks/fuzz` are compiled with this file.
struct InputCheck {
    let format: CorpusFormat
    let files: [InputBundle.File]

    init(_ files: [InputBundle.File], format: CorpusFormat) {
        self.format = format
        self.files = files
    }

    /// The documents, or nothing if reading refuses them.
    ///
    /// - Throws: what is no error of ours.
    func documents(_ mode: ReadMode) throws -> [Document]? { try read(files, mode)?.corpus.documents }

    /// What does not hold of a reading in `mode`; nothing if all does.
    func violation(_ mode: ReadMode) -> String? {
        do {
            guard let result = try read(files, mode) else { return nil }
            if mode == .strict, !result.faults.isEmpty { return "strict reading passed over a fault" }
            if Set(result.corpus.documents.map(\.id)).count < result.corpus.documents.count {
                return "two documents of one id"
            }
            return result.corpus.documents.lazy.compactMap(Self.violation).first
        } catch {
            return "an error of type \(type(of: error))"
        }
    }

    /// What is not the same after writing what was read and reading it back, in the same format and as JSON Lines.
    ///
    /// Of damaged files a writer may leave out what no reader of the format would take, if it counts it.
    func roundTripViolation(allowsCountedLosses: Bool = false) -> String? {
        do {
            guard let documents = try documents(.standard), !documents.isEmpty else { return nil }
            return try roundTripViolation(of: documents, through: format, allowsCountedLosses)
                ?? roundTripViolation(of: documents, through: .jsonl, false)
        } catch {
            return "an error of type \(type(of: error)) in the round trip"
        }
    }

    private func roundTripViolation(
        of documents: [Document], through format: CorpusFormat, _ allowsCountedLosses: Bool
    ) throws -> String? {
        guard CorpusWriter.formats.contains(format) else { return nil }
        return try withTemporaryFolder { folder in
            let isFolder = try CorpusWriter.writesFolder(format)
            let path = isFolder ? folder : "\(folder)/all.\(CorpusReader.extensions(of: format)[0])"
            do {
                let lost = try CorpusWriter.write(documents, to: path, format: format)
                if !lost.isEmpty, allowsCountedLosses { return nil }
                guard lost.isEmpty else { return "\(format.rawValue) loses \(lost.keys.map(\.rawValue).sorted())" }
            } catch is any UserFacingError {
                return nil
            }
            do {
                let again = try CorpusReader.read(path, name: "again", options: ReadOptions(format: format))
                // A folder is read in the order of the names, whatever order the documents had.
                func ordered(_ documents: [Document]) -> [Document] {
                    isFolder ? documents.sorted { $0.id < $1.id } : documents
                }
                return Self.difference(ordered(documents), ordered(again.corpus.documents))
                    .map { "\(format.rawValue): \($0)" }
            } catch let error as any UserFacingError {
                return "\(format.rawValue): what was written is refused: \(error)"
            }
        }
    }

    private func read(_ files: [InputBundle.File], _ mode: ReadMode) throws -> ReadResult? {
        do {
            return try CorpusReader.read(files, name: "folder", options: ReadOptions(format: format, mode: mode))
        } catch is any UserFacingError {
            return nil
        }
    }

    private static func violation(_ document: Document) -> String? {
        let bytes = Array(document.text.utf8)
        guard Set(document.entities.map(\.id)).count == document.entities.count else { return "two entities of one id" }
        for entity in document.entities {
            guard !entity.id.isEmpty else { return "an entity without an id" }
            guard !entity.spans.isEmpty else { return "an entity without spans" }
            var end = 0
            for span in entity.spans {
                guard span.start >= end, span.start <= span.end, span.end <= bytes.count else {
                    return "a span outside the text or its order"
                }
                guard isBoundary(span.start, bytes), isBoundary(span.end, bytes) else {
                    return "a span within a code point"
                }
                end = span.end
            }
        }
        return nil
    }

    private static func isBoundary(_ offset: Int, _ bytes: [UInt8]) -> Bool {
        offset == bytes.count || bytes[offset] & 0xC0 != 0x80
    }

    /// In what two readings of the same documents differ, but for the file they came from.
    static func difference(_ left: [Document], _ right: [Document]) -> String? {
        guard left.count == right.count else { return "\(left.count) documents became \(right.count)" }
        for (one, other) in zip(left, right) {
            if !same(one.id, other.id) { return "ids differ" }
            if !same(one.text, other.text) { return "texts differ" }
            if metadata(one) != metadata(other) {
                let keys = Set(one.metadata.keys).union(other.metadata.keys)
                return "metadata differ: \(keys.filter { one.metadata[$0] != other.metadata[$0] }.sorted())"
            }
            if one.entities != other.entities { return "entities differ" }
            if one.relations != other.relations { return "relations differ" }
            if one.labels != other.labels { return "labels differ" }
            if one.uninterpreted != other.uninterpreted { return "uninterpreted lines differ" }
        }
        return nil
    }

    private static func metadata(_ document: Document) -> [String: String] {
        document.metadata.filter { $0.key != "file" && $0.key != "line" }
    }

    /// Swift's own equality takes a letter with an accent for the two characters it is composed of.
    private static func same(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
}
