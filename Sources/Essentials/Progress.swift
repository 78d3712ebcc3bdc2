import Foundation

/// Shows how far long work is: percent, rate and time left, on standard error.
///
/// On a terminal one line is rewritten four times a second; elsewhere a line is printed every thirty seconds and at
/// the end.
public final class Progress {
    private let title: String
    private let total: Int
    private let unit: String
    private let isTerminal: Bool
    private let isQuiet: Bool
    private let start = Date()
    private var lastShown = Date.distantPast
    private var done = 0
    private var resumedFrom = 0

    /// Starts the display of work of `total` units, 0 if nobody knows how many; nothing is shown when `quiet`.
    public init(_ title: String, total: Int, unit: String, quiet: Bool = false) {
        self.title = title
        self.total = total
        self.unit = unit
        isTerminal = isatty(STDERR_FILENO) != 0
        isQuiet = quiet
        if !isTerminal { lastShown = start }
    }

    /// Tells that `count` units were done by an earlier run, so that the rate counts only this run's work.
    public func resume(at count: Int) {
        done = count
        resumedFrom = count
    }

    /// Tells that `count` more units are done; `note` stands at the end of the line (a loss, a file's name).
    public func advance(by count: Int, note: @autoclosure () -> String = "") {
        done += count
        let now = Date()
        guard !isQuiet, now.timeIntervalSince(lastShown) >= (isTerminal ? 0.25 : 30) else { return }
        lastShown = now
        show(line(at: now, note: note()), last: false)
    }

    /// Shows the last line: what was done and how long it took.
    public func finish(note: String = "") {
        guard !isQuiet else { return }
        let seconds = Date().timeIntervalSince(start)
        let rate = seconds > 0 ? Double(done - resumedFrom) / seconds : 0
        show(
            "\(title): \(done) \(unit) in \(Self.duration(seconds)), \(Self.rate(rate)) \(unit)/s"
                + (note.isEmpty ? "" : ", \(note)"), last: true)
    }

    private func line(at now: Date, note: String) -> String {
        let seconds = max(now.timeIntervalSince(start), 1e-9)
        let rate = Double(done - resumedFrom) / seconds
        if total == 0 {
            return "\(title): \(done) \(unit), \(Self.rate(rate)) \(unit)/s" + (note.isEmpty ? "" : ", \(note)")
        }
        let percent = 100 * done / total
        let left = rate > 0 ? Double(max(total - done, 0)) / rate : 0
        return "\(title): \(percent) %, \(Self.rate(rate)) \(unit)/s, \(Self.duration(left)) left"
            + (note.isEmpty ? "" : ", \(note)")
    }

    private func show(_ line: String, last: Bool) {
        let text = isTerminal ? "\r\u{1B}[2K\(line)\(last ? "\n" : "")" : "\(line)\n"
        FileHandle.standardError.write(Data(text.utf8))
    }

    private static func rate(_ value: Double) -> String {
        value >= 100 ? String(Int(value.rounded())) : String(format: "%.1f", value)
    }

    /// A duration for people: `4.2 s`, `3 min 05 s`, `2 h 10 min`.
    public static func duration(_ seconds: Double) -> String {
        if seconds < 10 { return String(format: "%.1f s", seconds) }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
        return String(format: "%d h %02d min", whole / 3600, whole / 60 % 60)
    }
}
