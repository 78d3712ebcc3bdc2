import Foundation
import TestSupport
import Testing

/// The README's map is the plan of the house; these tests keep the manifest and the sources true to it.
@Suite struct TargetGraphTests {
    /// The rows of the README's map: target, and the targets it imports directly.
    static let plan: [(target: String, imports: Set<String>)] = {
        let readme = (try? String(contentsOfFile: "\(SharedData.packageRoot)/README.md", encoding: .utf8)) ?? ""
        let map = readme.range(of: "\n## Map\n").map { readme[$0.upperBound...] } ?? ""
        return map.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count == 5, cells[1].hasPrefix("`"), cells[1].hasSuffix("`") else { return nil }
            let imports = cells[3].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            return (cells[1].trimmingCharacters(in: ["`"]), Set(imports.filter { !$0.isEmpty }))
        }
    }()

    @Test func theManifestHasTheArrowsOfTheMap() throws {
        let described = try Self.describedTargets()
        #expect(Set(described.keys) == Set(Self.plan.map(\.target)))
        for (target, imports) in Self.plan {
            #expect(described[target] == imports, "\(target) imports other targets than the README's map says")
        }
    }

    @Test func everyArrowPointsUpTheMap() {
        var above: Set<String> = []
        for (target, imports) in Self.plan {
            #expect(imports.isSubset(of: above), "\(target) imports a target that stands below it in the map")
            above.insert(target)
        }
    }

    @Test func theTextHalfNeedsNoTensors() {
        let imports = Dictionary(uniqueKeysWithValues: Self.plan.map { ($0.target, $0.imports) })
        func reach(_ target: String) -> Set<String> {
            (imports[target] ?? []).reduce(into: imports[target] ?? []) { $0.formUnion(reach($1)) }
        }
        for target in [
            "CorpusIO", "CorpusAnalysis", "WeakLabeling", "FeatureTagging", "Tokenization", "ErrorAnalysis",
            "Reporting", "SequenceInference",
        ] {
            #expect(!reach(target).contains("CTorch"), "\(target) reaches libtorch")
        }
    }

    @Test func sourcesImportOnlyWhatTheManifestDeclares() throws {
        let ours = Set(Self.plan.map(\.target))
        for (target, imports) in Self.plan {
            for file in try Self.swiftFiles(below: "\(SharedData.packageRoot)/Sources/\(target)") {
                for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") {
                    let words = line.split(separator: " ")
                    guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1 else {
                        continue
                    }
                    let module = String(words[place + 1])
                    guard ours.contains(module) else { continue }
                    #expect(imports.contains(module), "\(target) imports \(module) through another target")
                    if module.hasPrefix("C"), module.dropFirst().first?.isUppercase == true, module != "CorpusIO" {
                        #expect(words[0] == "internal", "\(target) shows \(module) to its importers")
                    }
                }
            }
        }
    }

    private static func describedTargets() throws -> [String: Set<String>] {
        struct Description: Decodable {
            struct Target: Decodable {
                var name: String
                var type: String
                var targetDependencies: [String]?
            }
            var targets: [Target]
        }
        // A scratch folder of its own: the one of the running test is locked.
        let output = try withTemporaryFolder { folder in
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [
                "swift", "package", "--package-path", SharedData.packageRoot, "--scratch-path", folder, "describe",
                "--type", "json",
            ]
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = FileHandle.nullDevice
            try process.run()
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return data
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let description = try decoder.decode(Description.self, from: output)
        var targets: [String: Set<String>] = [:]
        for target in description.targets where target.type != "test" && target.name != "TestSupport" {
            targets[target.name] = Set(target.targetDependencies ?? [])
        }
        return targets
    }

    private static func swiftFiles(below folder: String) throws -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
    }
}
