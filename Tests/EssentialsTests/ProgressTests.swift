import Essentials
import Foundation
import Testing

@Suite struct ProgressTests {
    @Test(
        arguments: [
            (0, "0.0 s"), (9.94, "9.9 s"), (10, "10 s"), (59.4, "59 s"), (60, "1 min 00 s"), (185, "3 min 05 s"),
            (3599.4, "59 min 59 s"), (3600, "1 h 00 min"), (7_800, "2 h 10 min"),
        ] as [(Double, String)])
    func writesDurationsForPeople(_ seconds: Double, _ expected: String) {
        #expect(Progress.duration(seconds) == expected)
    }

    @Test func awayFromATerminalPrintsALineAtTheEnd() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let progress = Progress("train", total: 10, unit: "steps")
            progress.resume(at: 4)
            for _ in 0..<6 { progress.advance(by: 1, note: "loss 0.5") }
            progress.finish(note: "done")
            Progress("quiet", total: 1, unit: "steps", quiet: true).finish()
        }
        let text = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(text.wholeMatch(of: /train: 10 steps in [0-9.]+ s, [0-9.]+ steps\/s, done\n/) != nil)
    }
}
