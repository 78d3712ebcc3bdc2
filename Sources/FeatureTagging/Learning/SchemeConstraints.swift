import ClinicalText
import SequenceInference

extension TransitionConstraints {
    /// The rules of a tag scheme.
    init(_ scheme: TagScheme) {
        self.init(
            tagCount: scheme.count, canStart: { scheme.canStart(with: $0) },
            canFollow: { scheme.canFollow($0, with: $1) })
    }
}
