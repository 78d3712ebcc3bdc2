/// A token of a note as the i2b2 line formats name it, `LINE:TOKEN`: lines are counted from 1, a line's tokens from 0.
struct LineTokenPosition: Hashable, Sendable, CustomStringConvertible {
    /// The line, counted from 1.
    let line: Int
    /// The token within the line, counted from 0.
    let token: Int

    /// `LINE:TOKEN`.
    var description: String { "\(line):\(token)" }
}

extension LineTokenPosition: Comparable {
    /// In the order of the text.
    static func < (left: LineTokenPosition, right: LineTokenPosition) -> Bool {
        (left.line, left.token) < (right.line, right.token)
    }
}
