import Testing

@testable import Reporting

@Suite struct HTMLTextTests {
    @Test(arguments: [
        ("a < b & c > \"d\" 'e'", "a &lt; b &amp; c &gt; &quot;d&quot; &#39;e&#39;"),
        ("\"\u{301}", "&quot;\u{301}"), ("<\u{200D}", "&lt;\u{200D}"),
        ("naïve 😀 β", "naïve 😀 β"), ("a\u{0}b\u{B}c\u{7F}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
        ("line\r\n\tnext", "line\r\n\tnext"), ("", ""),
    ])
    func escapesEveryByteThatHTMLReads(_ one: (text: String, expected: String)) {
        #expect(Array(HTMLText().escapeText(one.text).utf8) == Array(one.expected.utf8))
    }
}
