import Foundation
import TestSupport
import Testing

/// How long libtorch's threads spin before they sleep; see `restartWithShortWaiting`.
struct WaitingTests {
    private func shown(_ environment: [String: String]) throws -> String {
        let process = try ClinnerProcess(
            ["tag", "--help"], environment: environment.merging(["OMP_DISPLAY_ENV": "VERBOSE"]) { $1 })
        return try process.end().errors
    }

    @Test("threads spin shortly, unless the user says otherwise", .enabled(if: ClinnerProcess.isBuilt))
    func spinning() throws {
        #expect(try shown([:]).contains("GOMP_SPINCOUNT = '5000'"))
        #expect(try shown(["GOMP_SPINCOUNT": "77"]).contains("GOMP_SPINCOUNT = '77'"))
        // Whoever says how threads wait has thought of it.
        #expect(try !shown(["OMP_WAIT_POLICY": "ACTIVE"]).contains("GOMP_SPINCOUNT = '5000'"))
    }
}
