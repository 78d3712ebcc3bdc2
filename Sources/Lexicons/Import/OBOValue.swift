/// The value of an OBO tag: without escapes, trailing comment and qualifiers.
struct OBOValue {
    /// The whole value.
    let text: String
    /// What stands in quotes at its beginning, if anything.
    let quoted: String?
    /// What follows the quotes.
    let afterQuotes: String
    /// What stands in braces at its end.
    let qualifiers: String

    init(_ value: Substring) {
        var text = ""
        var quoted: String?
        var rest = ""
        var qualifiers = ""
        var isInQuotes = false
        var isInBraces = false
        var index = value.startIndex
        while index < value.endIndex, value[index] == " " || value[index] == "\t" { index = value.index(after: index) }
        let beginsWithQuote = index < value.endIndex && value[index] == "\""
        var hasClosed = false
        var content = ""
        scan: while index < value.endIndex {
            var character = value[index]
            index = value.index(after: index)
            var isEscaped = false
            if character == "\\", index < value.endIndex {
                character = value[index]
                index = value.index(after: index)
                isEscaped = true
                switch character {
                case "n": character = "\n"
                case "W": character = " "
                case "t": character = "\t"
                default: break
                }
            }
            if !isEscaped {
                if character == "\"" {
                    isInQuotes.toggle()
                    if isInBraces {
                        qualifiers.append(character)
                        continue
                    }
                    if !isInQuotes, beginsWithQuote, !hasClosed {
                        hasClosed = true
                        quoted = content
                    }
                    text.append(character)
                    continue
                }
                // A comment needs the blank before it: `a!b` is a name.
                if !isInQuotes, !isInBraces, character == "!", text.last == " " { break scan }
                if !isInQuotes, character == "{", text.last == " " {
                    isInBraces = true
                    continue
                }
                if !isInQuotes, isInBraces, character == "}" {
                    isInBraces = false
                    continue
                }
            }
            if isInBraces {
                qualifiers.append(character)
            } else {
                text.append(character)
                if beginsWithQuote {
                    if hasClosed { rest.append(character) } else { content.append(character) }
                }
            }
        }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        self.text = text
        self.quoted = quoted
        afterQuotes = rest
        self.qualifiers = qualifiers
    }
}
