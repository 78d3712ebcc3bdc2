import ClinicalText
import Essentials
import Foundation

/// How long a tagger takes for one note at a time, in milliseconds.
struct TaggingLatency: Codable, Hashable, Sendable {
    /// The median.
    var p50: Double
    /// What one of a hundred notes takes longer than.
    var p99: Double

    /// Tags each note alone, after one pass to warm up.
    ///
    /// - Throws: `InterruptedError` when the user asks to stop.
    init(of tagger: any EntityTagger, on notes: [SegmentedDocument]) throws {
        for note in notes.prefix(20) { _ = try tagger.entities(in: [note]) }
        var times = try notes.map { note in
            let start = DispatchTime.now().uptimeNanoseconds
            _ = try tagger.entities(in: [note])
            return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
        }
        times.sort()
        p50 = times.isEmpty ? 0 : times[times.count / 2]
        p99 = times.isEmpty ? 0 : times[min(times.count - 1, times.count * 99 / 100)]
    }
}
