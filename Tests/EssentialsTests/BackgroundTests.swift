import Foundation
import Synchronization
import Testing

@testable import Essentials

@Suite struct BackgroundTests {
    @Test func aValueIsMadeOnceOnAnotherThreadAndWaitedFor() {
        let calls = Mutex(0)
        let background = Background {
            Thread.sleep(forTimeInterval: 0.02)
            calls.withLock { $0 += 1 }
            return Thread.isMainThread ? -1 : 42
        }
        #expect(background.value() == 42 && background.value() == 42)
        #expect(calls.withLock { $0 } == 1)
    }
}
