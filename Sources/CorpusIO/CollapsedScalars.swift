/// The characters of fragments of text, each run of white space and each gap between fragments being one blank; none at
/// the ends.
struct CollapsedScalars: IteratorProtocol {
    private let fragments: [Substring]
    private var place = 0
    private var scalars: Substring.UnicodeScalarView.Iterator
    private var hasBegun = false
    private var isBlankPending = false
    /// The character after a blank that was handed out.
    private var held: Unicode.Scalar?

    init(_ fragments: [Substring]) {
        self.fragments = fragments
        scalars = (fragments.first ?? "").unicodeScalars.makeIterator()
    }

    mutating func next() -> Unicode.Scalar? {
        if let scalar = held {
            held = nil
            return scalar
        }
        while true {
            guard let scalar = scalars.next() else {
                place += 1
                guard place < fragments.count else { return nil }
                scalars = fragments[place].unicodeScalars.makeIterator()
                isBlankPending = hasBegun
                continue
            }
            if scalar.properties.isWhitespace {
                isBlankPending = hasBegun
                continue
            }
            hasBegun = true
            guard isBlankPending else { return scalar }
            isBlankPending = false
            held = scalar
            return " "
        }
    }
}
