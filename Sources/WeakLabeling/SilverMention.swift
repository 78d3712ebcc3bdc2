/// A mention on its way to become a silver entity.
struct SilverMention: Hashable {
    var tokens: Range<Int>
    /// The place of its type plus one.
    var label: Int
    var probability: Double
    /// What added it after the label model, for mentions that no vote made: the evidence of its entity.
    var evidence: String?
}
