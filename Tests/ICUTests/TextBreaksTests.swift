import Foundation
import Testing

@testable import ICU

@Suite struct TextBreaksTests {
    @Test(
        arguments: [
            ("No fever. No cough.", ["No fever. ", "No cough."]), ("2.5 mg daily", ["2.5 mg daily"]),
            ("one\ntwo", ["one\n", "two"]), ("¿Qué? ¡No! Sí.", ["¿Qué? ", "¡No! ", "Sí."]), ("", []),
        ])
    func `sentences break as Unicode says`(text: String, expected: [String]) {
        #expect(pieces(of: text, .sentences) == expected)
    }

    @Test(
        arguments: [
            ("Na 139, naïve", ["Na", " ", "139", ",", " ", "naïve"]), ("can't", ["can't"]),
            ("👩‍⚕️ ok", ["👩‍⚕️", " ", "ok"]),
        ])
    func `words break as Unicode says`(text: String, expected: [String]) {
        #expect(pieces(of: text, .words) == expected)
    }

    @Test func `threads do not disturb each other`() async {
        let texts = (0..<64).map { String(repeating: "Pain \($0). No fever. ", count: 50) }
        let expected = texts.map { pieces(of: $0, .sentences) }
        let found = await withTaskGroup(of: (Int, [String]).self) { group in
            for (index, text) in texts.enumerated() { group.addTask { (index, pieces(of: text, .sentences)) } }
            return await group.reduce(into: [Int: [String]]()) { $0[$1.0] = $1.1 }
        }
        for index in texts.indices { #expect(found[index] == expected[index]) }
    }
}

private func pieces(of text: String, _ kind: TextBreaks) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
        var start = 0
        return kind.offsets(in: bytes).map { end in
            defer { start = end }
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
    }
}
