import ClinicalText
import CorpusIO
import Foundation

// The fuzzers: libFuzzer calls these functions. One program for all formats, CLINNER_FUZZ_FORMAT says which; compiled by
// Benchmarks/fuzz.sh together with the checks of Tests/CorpusIOTests.

/// What the environment asks for.
private struct Target {
    static let shared = Target()

    let format: CorpusFormat

    init() {
        let environment = ProcessInfo.processInfo.environment
        let names = CorpusReader.formats.map(\.rawValue).joined(separator: "\n")
        guard let name = environment["CLINNER_FUZZ_FORMAT"], let format = CorpusFormat(rawValue: name) else {
            // Without a format it lists them.
            print(names)
            exit(0)
        }
        self.format = format
        guard let folder = environment["CLINNER_FUZZ_SEEDS"] else { return }
        do {
            // Small inputs are many executions a second; the smallest ones if all are large.
            let inputs = try FixtureInputs.inputs(of: format).sorted { $0.bytes.count < $1.bytes.count }
            for (number, input) in inputs.enumerated() where number < 4 || input.bytes.count <= 2_048 {
                try Data(input.bytes).write(to: URL(fileURLWithPath: "\(folder)/seed-\(number)"))
            }
        } catch {
            print("fuzz: no seeds: \(error)")
            exit(74)
        }
        exit(0)
    }
}

/// What libFuzzer calls first.
@_cdecl("LLVMFuzzerInitialize")
public func initializeFuzzer(_ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?) -> CInt {
    _ = Target.shared
    return 0
}

/// Reads one input in a mode that its bytes choose; of some, writes what was read and reads it back.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let format = Target.shared.format
    // FNV-1a: the same input is always treated the same way.
    let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let check = InputCheck(InputBundle(bytes, format: format).files, format: format)
    var violation = check.violation(ReadMode.allCases[Int(hash >> 32 & 3)])
    if violation == nil, hash >> 40 & 63 == 0 { violation = check.roundTripViolation(allowsCountedLosses: true) }
    if let violation {
        print("VIOLATION \(format.rawValue): \(violation)")
        fflush(nil)
        abort()
    }
    return 0
}
