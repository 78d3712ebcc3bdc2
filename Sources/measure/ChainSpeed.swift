import Essentials
import Foundation
import SequenceInference

/// The likelihood of a batch of sequences and its gradient in emissions and transitions, on all processors.
enum ChainSpeed {
    /// Prints one JSON line: the milliseconds that a batch takes (the median of many passes), and figures by which another
    /// program can be compared.
    ///
    /// - Parameter path: a file of 32-bit floats, little-endian: the emissions of `sequences` · `steps` rows of `tags`, the
    ///   transitions, the starts, the ends, and then the tags as 32-bit integers.
    /// - Throws: `FileError`.
    static func run(_ path: String, sequences: Int, steps: Int, tags count: Int) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError.missing(path: path, hint: "")
        }
        let rows = sequences * steps
        let words = data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self) }
        }
        let sizes = [rows * count, count * count, count, count, rows]
        guard words.count == sizes.reduce(0, +) else {
            throw FileError.wrongKind(path: path, expected: "\(sizes.reduce(0, +)) numbers of 32 bits")
        }
        let starts = sizes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
        func floats(_ part: Int) -> [Float] { words[starts[part]..<starts[part + 1]].map(Float.init(bitPattern:)) }
        let emissions = floats(0)
        let chain = LinearChainCRF(
            tagCount: count, transitions: floats(1), startTransitions: floats(2), endTransitions: floats(3))
        let tags = words[starts[4]...].map { Int($0) }

        let lengths = [Int](repeating: steps, count: sequences)
        let weights = [Float](repeating: 1, count: sequences)
        var slopes = [Float](repeating: 0, count: emissions.count)
        var gradient = LinearChainCRF.Gradient(zerosForSteps: 0, tagCount: count)
        var value = 0.0
        func pass() {
            gradient = LinearChainCRF.Gradient(zerosForSteps: 0, tagCount: count)
            slopes.withUnsafeMutableBufferPointer { slopes in
                slopes.update(repeating: 0)
                emissions.withUnsafeBufferPointer { emissions in
                    value = chain.addLogLikelihoodGradients(
                        emissions: emissions, tags: tags, lengths: lengths, weights: weights,
                        emissionsGradient: slopes, gradient: &gradient
                    ).reduce(0, +)
                }
            }
        }
        for _ in 0..<20 { pass() }
        let clock = ContinuousClock()
        let seconds = (0..<300).map { _ in clock.measure(pass) / .seconds(1) }.sorted()
        // Sums alone would be 0 whatever the expectations are.
        func size(_ values: [Float]) -> Double { values.reduce(0) { $0 + Double($1 * $1) }.squareRoot() }
        print(
            "{\"ms\":\(1000 * seconds[seconds.count / 2]),\"log_likelihood\":\(value),\"emissions\":\(size(slopes)),"
                + "\"transitions\":\(size(gradient.transitions))}")
    }
}
