/// What becomes of faults in a corpus that is read.
public enum ReadMode: String, Codable, CaseIterable, Sendable {
    /// The first fault of any kind ends the reading.
    case strict
    /// What cannot be read ends the reading; what is only odd is reported. Training reads in this mode.
    case standard
    /// What cannot be read is left out, counted and reported, as is what is odd.
    case warn
    /// As `warn`, but what can be put right is put right and reported.
    case `repair`

    /// Whether reading goes on after what cannot be read.
    var goesOn: Bool { self == .warn || self == .repair }
}
