import ClinicalText
import CorpusIO
import Foundation

/// Reads i2b2 XML that is in memory into documents, on one thread.
enum XMLRead {
    /// Prints the speed in MB a second over the XML files of a folder.
    ///
    /// - Throws: `CorpusError`, an error of the file system.
    static func run(_ folder: String) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".xml") }.sorted()
        let files = try names.map { name in
            (name: name, bytes: try Array(Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))))
        }
        var documents = 0
        var entities = 0
        let speed = try Passes.medianSpeed(bytes: files.reduce(0) { $0 + $1.bytes.count }) {
            let read = try CorpusReader.read(files, name: folder, options: ReadOptions(format: .i2b2))
            documents = read.corpus.documents.count
            entities = read.corpus.documents.reduce(0) { $0 + $1.entities.count }
        }
        print("\(speed) \(documents) \(entities)")
    }
}
