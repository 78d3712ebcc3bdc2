import Testing

@testable import ICU

@Suite struct CodePointTests {
    @Test func `every code point decodes from what it encodes to`() {
        for value in stride(from: UInt32(0), to: 0x110000, by: 5) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var bytes: [UInt8] = []
            CodePoint.append(value, to: &bytes)
            #expect(bytes == Array(String(scalar).utf8))
            let decoded = bytes.withUnsafeBufferPointer { CodePoint.decode($0, at: 0) }
            #expect(decoded == (value, bytes.count))
        }
    }

    @Test(arguments: [(0x41, 0x61), (0x61, 0x61), (0xC9, 0xE9), (0x0416, 0x0436), (0x31, 0x31)] as [(UInt32, UInt32)])
    func `letters have a lower case`(value: UInt32, expected: UInt32) {
        #expect(CodePoint.lowercase(value) == expected)
    }

    @Test func `accents have a combining class, letters have none`() {
        #expect(CodePoint.combiningClass(0x301) == 230)
        #expect(CodePoint.combiningClass(0x41) == 0)
    }
}
