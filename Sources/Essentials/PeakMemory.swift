import Foundation

/// The most memory this process held so far, in MB (of 2^20 bytes).
public func peakMemoryMegabytes() -> Double {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return Double(usage.ru_maxrss) / 1024
}
