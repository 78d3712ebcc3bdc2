import Essentials
import Foundation

/// Numbers as the pages write them.
enum Figures {
    /// A score: `0.742`.
    static func score(_ value: Double) -> String { String(format: "%.3f", value) }

    /// A score of so many mentions: a dash without any.
    static func score(_ value: Double, of count: Int) -> String { count == 0 ? "–" : score(value) }

    /// A count with thin spaces between groups of three: `12 034`.
    static func count(_ value: Int) -> String {
        var digits = ""
        for (place, digit) in String(value.magnitude).reversed().enumerated() {
            if place > 0, place % 3 == 0 { digits.append("\u{202F}") }
            digits.append(digit)
        }
        return (value < 0 ? "−" : "") + String(digits.reversed())
    }

    /// A count with its noun: `1 note`, `40 notes`.
    static func count(_ value: Int, _ singular: String, _ plural: String? = nil) -> String {
        "\(count(value)) \(value == 1 ? singular : plural ?? singular + "s")"
    }

    /// A share: `44 %`; below one percent with a decimal.
    static func percent(_ share: Double) -> String {
        let percent = 100 * share
        return (percent > 0 && percent < 0.95 ? String(format: "%.1f", percent) : "\(Int(percent.rounded()))")
            + "\u{202F}%"
    }

    /// A duration: `3 min 05 s`.
    static func duration(_ seconds: Double) -> String { Progress.duration(seconds) }

    /// An amount of memory: `3.2 GB`.
    static func memory(_ bytes: Int) -> String {
        bytes < 1_000_000_000
            ? "\(bytes / 1_000_000)\u{202F}MB" : String(format: "%.1f\u{202F}GB", Double(bytes) / 1e9)
    }

    /// A coordinate of a drawing.
    static func coordinate(_ value: Double) -> String {
        let text = String(format: "%.2f", value)
        return text == "-0.00" ? "0.00" : text
    }
}
