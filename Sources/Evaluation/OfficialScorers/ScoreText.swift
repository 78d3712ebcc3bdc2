import Foundation

/// Writes figures as the scorers' languages write them.
enum ScoreText {
    /// As Python's `{:.4}`: a number of significant digits without trailing zeros, but at least one digit after the
    /// point.
    static func significant(_ value: Double, digits: Int = 4) -> String {
        let text = String(format: "%.\(digits)g", value)
        return text.contains(where: { $0 == "." || $0 == "e" }) ? text : text + ".0"
    }

    /// As Python's `{:.4f}`: four digits after the point.
    static func fixed(_ value: Double) -> String { String(format: "%.4f", value) }

    /// As Java writes a double: as many digits as tell it from its neighbors, with an exponent below a thousandth.
    static func full(_ value: Double) -> String {
        guard value != 0, value < 1e-3 else { return "\(value)" }
        var (mantissa, exponent) = (value, 0)
        while mantissa < 1 {
            exponent -= 1
            mantissa = value * pow(10, Double(-exponent))
        }
        return "\(mantissa)E\(exponent)"
    }

    /// Text in a column of a width, blanks after it.
    static func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// Text in a column of a width, blanks before it.
    static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
