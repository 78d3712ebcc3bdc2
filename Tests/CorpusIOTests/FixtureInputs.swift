import ClinicalText
import CorpusIO
import Foundation
import TestSupport

/// The fixtures as inputs of every format: what fuzzers and tests of damage begin with.
enum FixtureInputs {
    private static let largest = 24_000

    /// Small corpora in `format`: those among the fixtures that it reads, then others written in it.
    static func inputs(of format: CorpusFormat) throws -> [InputBundle] {
        var bundles: [InputBundle] = []
        var seen: Set<[UInt8]> = []
        for bundle in try fixtures(of: format) + written(in: format) + known(of: format)
        where bundle.bytes.count <= largest && seen.insert(bundle.bytes).inserted {
            let check = InputCheck(bundle.files, format: format)
            if try check.documents(.standard)?.isEmpty == false { bundles.append(bundle) }
        }
        return bundles
    }

    /// The inputs below `Tests/Fixtures/fuzz` that a fuzzer once found something with.
    static func findings(of format: CorpusFormat) throws -> [InputBundle] {
        let folder = SharedData.fixture("fuzz/\(format.rawValue)")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.filter { !$0.hasPrefix(".") }.sorted().map { name in
            InputBundle(try bytes("\(folder)/\(name)"), format: format)
        }
    }

    /// The folders of fixtures with files that may be the format's: file by file, note by note, and whole.
    private static func fixtures(of format: CorpusFormat) throws -> [InputBundle] {
        let endings = Set(CorpusReader.extensions(of: format))
        var folders: [String: [InputBundle.File]] = [:]
        let root = SharedData.fixture("")
        for case let path as String in FileManager.default.enumerator(atPath: root) ?? .init() {
            let name = (path as NSString).lastPathComponent
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: root + path, isDirectory: &isFolder), !isFolder.boolValue,
                !["fuzz/", "reference/", "checkpoints/"].contains(where: path.hasPrefix), !name.hasPrefix("."),
                endings.contains((name as NSString).pathExtension.lowercased())
            else { continue }
            let content = try bytes(root + path)
            let folder = (path as NSString).deletingLastPathComponent
            folders[folder, default: []].append((name, content))
            // Some formats keep a note's files in folders beside each other.
            let inner = (folder as NSString).lastPathComponent
            folders[(folder as NSString).deletingLastPathComponent + "/*", default: []].append(
                ("\(inner)/\(name)", content))
        }
        return folders.sorted { $0.key < $1.key }.flatMap { folder in
            let files = folder.value.sorted { $0.name < $1.name }
            let notes = Dictionary(grouping: files) { stem($0.name) }.sorted { $0.key < $1.key }
            return notes.map { InputBundle($0.value) } + [InputBundle(files)]
        }
    }

    /// A name up to its first dot, without folders.
    private static func stem(_ path: String) -> String {
        let name = (path as NSString).lastPathComponent
        return name.firstIndex(of: ".").map { String(name[..<$0]) } ?? name
    }

    /// Documents of ours as the format writes them.
    private static func written(in format: CorpusFormat) throws -> [InputBundle] {
        guard CorpusWriter.formats.contains(format) else { return [] }
        return try withTemporaryFolder { folder in
            let isFolder = try CorpusWriter.writesFolder(format)
            let path = isFolder ? folder : "\(folder)/all.\(CorpusReader.extensions(of: format)[0])"
            try CorpusWriter.write(try samples(), to: path, format: format)
            var files: [InputBundle.File] = []
            for case let name as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
                if !isFolder.boolValue { files.append((name, try bytes("\(folder)/\(name)"))) }
            }
            return [InputBundle(files.sorted { $0.name < $1.name })]
        }
    }

    /// Two short notes with mentions that touch everything that is hard about offsets.
    static func samples() throws -> [Document] {
        let text = "Temp 38.2 °C and e\u{301}tat\nno pain, 😷 aspirin 5mg q6h\n"
        func span(_ words: String) -> TextSpan {
            let range = text.utf8.firstRange(of: words.utf8) ?? text.startIndex..<text.startIndex
            let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
            return TextSpan(start: start, end: start + words.utf8.count)
        }
        let entities = [
            Entity(id: "T1", type: "Drug", spans: [span("aspirin")]),
            Entity(id: "T2", type: "Strength", spans: [span("5mg")]),
            Entity(id: "T3", type: "Symptom", spans: [span("pain")]),
            Entity(id: "T4", type: "Test", spans: [span("Temp 38.2 °C")]),
        ]
        let relation = Relation(
            id: "R1", type: "Strength-Drug",
            arguments: [.init(role: "Arg1", entityID: "T2"), .init(role: "Arg2", entityID: "T1")])
        return [
            Document(id: "a", text: text, entities: entities, relations: [relation]),
            Document(id: "b", text: "No complaints.\n"),
        ]
    }

    /// Inputs of formats that are only read.
    private static func known(of format: CorpusFormat) -> [InputBundle] {
        switch format {
        case .table:
            [
                InputBundle([("a.csv", Array("id,text\n1,\"seen \"\"today\"\", well\"\n2,no pain\n".utf8))]),
                InputBundle([("a.tsv", Array("id\ttext\r\n1\tseen today\r\n".utf8))]),
                InputBundle([("a.json", Array("[{\"id\":1,\"text\":\"no pain\"},{\"text\":\"e\\u0301\"}]".utf8))]),
            ]
        case .text: [InputBundle([("a.txt", Array("no pain\r\n😷".utf8))])]
        default: []
        }
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
