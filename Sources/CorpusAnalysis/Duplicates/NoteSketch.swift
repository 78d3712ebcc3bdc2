/// A few numbers of a note from which alike notes are found: MinHash values in bands, so that notes that share a band
/// are probably alike, and a sample of the note's runs, by which a note is found in a much longer one.
///
/// With 16 bands of 3 values, notes that share 80 % of their runs share a band with probability 0.99999, at 50 % with
/// 0.88, at 10 % with 0.02. The sample holds the runs whose hash is divisible by 16, so a note of 50 runs has none in
/// it, and is not found in a longer one, with probability 0.04.
///
/// Source: A. Z. Broder et al., "Min-wise independent permutations", STOC (1998); P. Indyk and R. Motwani,
/// "Approximate nearest neighbors", STOC (1998), for the bands; A. Z. Broder, "On the resemblance and containment of
/// documents" (1997), for the sample.
struct NoteSketch: Sendable {
    static let bands = 16
    private static let rows = 3
    private static let sampleRate: UInt64 = 16
    private static let maxSample = 64
    /// Notes with fewer words are alike by chance; only equal ones count.
    static let minimumWords = 20

    /// One hash a band; empty for a note that is too short.
    let bandHashes: [UInt32]
    /// The sampled runs; empty for a note that is too short.
    let sample: [UInt32]
    /// Of the whole text.
    let textHash: UInt64
    /// Whether the note holds any word.
    let hasWords: Bool

    /// Sketches a note.
    init(of text: String) {
        let shingles = NoteShingles(of: text)
        textHash = Self.hash(of: text)
        hasWords = shingles.words > 0
        guard shingles.words >= Self.minimumWords else {
            bandHashes = []
            sample = []
            return
        }
        sample = shingles.hashes.lazy.filter { $0 % Self.sampleRate == 0 }.prefix(Self.maxSample)
            .map { UInt32(truncatingIfNeeded: $0 >> 32) }
        bandHashes = (0..<Self.bands).map { band in
            var hash: UInt64 = 0
            for row in 0..<Self.rows {
                hash = Self.mixed(hash ^ Self.minimum(of: shingles.hashes, function: band * Self.rows + row))
            }
            return UInt32(truncatingIfNeeded: hash >> 32)
        }
    }

    /// A hash that is the same in every process, unlike Swift's own.
    static func hash(of text: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return mixed(hash)
    }

    private static func minimum(of hashes: [UInt64], function: Int) -> UInt64 {
        // Multiplication by an odd number permutes the 64-bit numbers.
        let factor = mixed(UInt64(function) &+ 1) | 1
        let shift = mixed(UInt64(function) &+ 1001)
        var minimum = UInt64.max
        for hash in hashes { minimum = min(minimum, (hash ^ shift) &* factor) }
        return minimum
    }

    /// The finalizer of SplitMix64.
    static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
