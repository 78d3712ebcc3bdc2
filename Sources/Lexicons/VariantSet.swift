/// Variants as bits, to be asked for with every match.
struct VariantSet: Sendable {
    private let bits: UInt8

    init(_ variants: Set<MatchVariant>) { bits = variants.reduce(0) { $0 | 1 << $1.number } }

    @inline(__always)
    func contains(_ variant: MatchVariant) -> Bool { bits & (1 << variant.number) != 0 }
}
