import Testing

@testable import ICU

@Suite struct CodePointClassesTests {
    @Test func `every code point has the class that Swift's own properties give it`() {
        let classes = CodePointClasses([("[:Uppercase:]", 1), ("[:White_Space:]", 2)])
        // Both know at least Unicode 9, whose assignments do not change any more.
        let old = CodePointClasses([("[:Age=9.0:]", 1)])
        for value in UInt32(0)..<0x110000 where old[value] == 1 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let expected: UInt8 = scalar.properties.isWhitespace ? 2 : scalar.properties.isUppercase ? 1 : 0
            if classes[value] != expected { Issue.record("U+\(String(value, radix: 16)): \(classes[value])") }
        }
    }

    @Test func `the later pattern counts and the rest has class 0`() {
        let classes = CodePointClasses([("[a-z]", 1), ("[x\\U0010FFFF]", 2)])
        #expect([0x61, 0x78, 0x41, 0x10FFFF, 0x10FFFE].map { classes[$0] } == [1, 2, 0, 2, 0])
    }
}
