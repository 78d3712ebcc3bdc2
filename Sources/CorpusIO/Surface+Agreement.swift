import ClinicalText

extension Surface {
    /// How far the text given with a mention is the note's text at its place.
    enum Agreement: Int, Comparable {
        /// Any run of white space counting as one blank.
        case same
        /// But for punctuation at the ends, which tokens often have and texts often leave out.
        case exceptPunctuation
        /// Not at all.
        case different

        static func < (left: Agreement, right: Agreement) -> Bool { left.rawValue < right.rawValue }
    }

    /// Compares a surface with the text of spans; the fragments of several are joined by three dots in it, with or
    /// without blanks.
    ///
    /// It takes no more time than the surface is long, however long the spans are, white space aside.
    static func agreement(
        of surface: String, with spans: [TextSpan], of text: String, ignoringCase: Bool
    ) -> Agreement {
        var wanted = Folded(ignoringCase: ignoringCase, keepsBlanks: spans.count == 1)
        wanted.add(surface[...])
        var found = Folded(ignoringCase: ignoringCase, keepsBlanks: spans.count == 1)
        found.limit = wanted.scalars.count + 64
        for (index, span) in spans.enumerated() {
            if index > 0 { found.add("...") }
            found.add(text.slice(span))
        }
        if found.trimmed.elementsEqual(wanted.trimmed) { return .same }
        guard !found.isFull, !wanted.bare.isEmpty else { return .different }
        return found.bare.elementsEqual(wanted.bare) ? .exceptPunctuation : .different
    }

    /// Whether one of a surface and the text of a span begins with the other, case aside: `tablet` and `tablets`.
    static func isBeginning(_ surface: String, of span: TextSpan, of text: String) -> Bool {
        var wanted = Folded(ignoringCase: true, keepsBlanks: true)
        wanted.add(surface[...])
        var found = Folded(ignoringCase: true, keepsBlanks: true)
        found.limit = wanted.scalars.count + 64
        found.add(text.slice(span))
        return !wanted.bare.isEmpty && !found.bare.isEmpty
            && (wanted.bare.starts(with: found.bare) || found.bare.starts(with: wanted.bare))
    }

    /// Text with every run of white space as one blank, and none at its ends.
    static func singleBlanks(_ text: Substring) -> String {
        var folded = Folded(ignoringCase: false, keepsBlanks: true)
        folded.add(text)
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: folded.trimmed)
        return String(scalars)
    }

    /// Text in the form in which it is compared.
    private struct Folded {
        let ignoringCase: Bool
        let keepsBlanks: Bool
        var limit = Int.max
        private(set) var scalars: [Unicode.Scalar] = []

        init(ignoringCase: Bool, keepsBlanks: Bool) {
            self.ignoringCase = ignoringCase
            self.keepsBlanks = keepsBlanks
        }

        /// Whether there may be more text than was looked at.
        var isFull: Bool { scalars.count > limit }

        /// Without a blank at the end.
        var trimmed: ArraySlice<Unicode.Scalar> { scalars.last == " " ? scalars.dropLast() : scalars[...] }

        /// Without punctuation and blanks at the ends.
        var bare: ArraySlice<Unicode.Scalar> {
            var bare = scalars[...].drop(while: Self.isMark)
            while let last = bare.last, Self.isMark(last) { bare.removeLast() }
            return bare
        }

        mutating func add(_ text: Substring) {
            for scalar in text.unicodeScalars {
                if isFull { return }
                if scalar.value < 0x80 ? Surface.isSpace(UInt8(scalar.value)) : scalar.properties.isWhitespace {
                    if keepsBlanks, let last = scalars.last, last != " " { scalars.append(" ") }
                } else if !ignoringCase {
                    scalars.append(scalar)
                } else if scalar.value < 0x80 {
                    scalars.append(("a"..."z").contains(scalar) ? Self.uppercase(scalar) : scalar)
                } else {
                    // Down and up again: a final sigma and a sigma become the same.
                    for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                        scalars.append(contentsOf: lower.properties.uppercaseMapping.unicodeScalars)
                    }
                }
            }
        }

        private static func uppercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
            Unicode.Scalar(UInt8(scalar.value) & 0xDF)
        }

        private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.properties.generalCategory {
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
                .finalPunctuation, .otherPunctuation, .spaceSeparator:
                true
            default: false
            }
        }
    }
}
