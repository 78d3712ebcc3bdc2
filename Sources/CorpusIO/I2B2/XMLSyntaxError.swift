/// Where and how a document is not well-formed XML.
///
/// libxml2's own messages quote names and characters of the file, which may be a patient's; the words here do not.
struct XMLSyntaxError: Error {
    let file: String
    let line: Int
    /// libxml2's error number.
    let code: Int

    /// A second `<?xml ... ?>` inside the document.
    var isMisplacedDeclaration: Bool { code == 64 }

    /// Perhaps an `&` that starts no reference.
    var isBareAmpersand: Bool { [6, 7, 9, 23, 68].contains(code) }

    /// A tag that is missing, or stands where another should.
    var isUnbalanced: Bool { code == 76 || code == 77 || code == 74 || code == 5 }

    /// The error for the user.
    var corpusError: CorpusError {
        .malformed(file: file, line: line, problem: "not well-formed XML: \(problem)")
    }

    private var problem: String {
        switch code {
        case -1: "an element has over 256 attributes"
        case 4: "the document is empty"
        case 5: "there is something after the end of the document, or its end is missing"
        case 9: "a character that XML does not allow"
        case 23, 68: "an & that starts no entity, or a < that starts no tag; write &amp; or &lt;"
        case 32, 81: "the bytes do not agree with the encoding"
        case 38: "a < within an attribute; write &lt;"
        case 39, 40, 41: "an attribute without a quoted value"
        case 42: "an attribute is given twice"
        case 63:
            "a CDATA section is not closed, holds a character that XML does not allow, or has over 10 million bytes"
        case 64: "an XML declaration that is not at the start of the document"
        case 65: "a blank is missing between attributes"
        case 73: "a tag is not closed with >"
        case 76: "an end tag does not match its start tag"
        case 77, 74: "the document ends within an element"
        default: "libxml2 error \(code); open the file in an XML editor"
        }
    }
}
