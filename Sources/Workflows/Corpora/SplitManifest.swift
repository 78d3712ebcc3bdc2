import CorpusAnalysis

/// What a split was made from and what is in its sets, so that anybody can check that it is the same.
struct SplitManifest: Codable {
    /// clinner's version.
    var version = clinnerVersion
    /// The corpus as it was named.
    var input: String
    /// The digest of the file, or of the folder's files and their names.
    var inputSHA256: String
    /// The corpus' format.
    var format: String
    /// The seed.
    var seed: UInt64
    /// How patients were known; nothing if it was divided by document.
    var patients: String?
    /// The share that each set should get.
    var shares: [String: Double]
    /// What each set got.
    var sets: [SplitPlan.Part]

    init(
        input: String, inputSHA256: String, format: String, seed: UInt64, patients: String?, shares: SplitShares,
        sets: [SplitPlan.Part]
    ) {
        self.input = input
        self.inputSHA256 = inputSHA256
        self.format = format
        self.seed = seed
        self.patients = patients
        self.shares = Dictionary(uniqueKeysWithValues: shares.sets.map { ($0.name, $0.share) })
        self.sets = sets
    }

    /// A rule in words.
    static func description(_ rule: PatientRule) -> String {
        switch rule {
        case .metadata(let key): "metadata \(key)"
        case .pattern(let pattern): "pattern \(pattern)"
        }
    }
}
