import CorpusIO

extension CorpusFault {
    /// The fault with a proposal what to do, for readers that say it at the end of the message or not at all.
    var withFix: CorpusFault {
        if fix != nil { return self }
        var fault = self
        let parts = message.split(separator: "; ", maxSplits: 1)
        if parts.count == 2 {
            fault.message = String(parts[0])
            fault.fix = String(parts[1])
            return fault
        }
        fault.fix =
            switch kind {
            case .notInterpreted: "nothing, if it is not needed; conversion to the same format keeps what it can"
            case .emptyText: "remove it, or look where its text went"
            case .encoding: "name the encoding with --encoding"
            case .malformed: "correct that; what cannot be read is left out"
            default: "correct it there"
            }
        return fault
    }
}
