import ClinicalText

/// How the patient of a note is known.
public enum PatientRule: Sendable {
    /// From a property of the document.
    case metadata(key: String)
    /// From the document's id: what the first group of a regular expression matches, or all of the match.
    case pattern(String)

    /// Takes `901` from `901-01`: what stands before the last hyphen or underscore.
    public static let recordNumber = PatientRule.pattern("^(.+)[-_][^-_]+$")

    /// The patient of each document, by the order of `documents`.
    ///
    /// - Throws: ``SplitError`` for a bad pattern, or when the patient of a document is not known: a wrong guess would
    ///   put one patient into two sets.
    func patients(of documents: [SplitItem]) throws -> [String] {
        let patients: [String?]
        let source: String
        switch self {
        case .metadata(let key):
            patients = documents.map { $0.patient }
            source = "its metadata lack \(key); name another key with --patient-key"
        case .pattern(let pattern):
            guard let expression = try? Regex(pattern) else { throw SplitError.badPattern(pattern) }
            patients = documents.map { document in
                guard let match = try? expression.firstMatch(in: document.id) else { return nil }
                let part = match.output.count > 1 ? match.output[1].substring : match.output[0].substring
                return part.map(String.init)
            }
            source = "\(pattern) does not match its id; name another --patient-pattern, or a --patient-key"
        }
        let lost = zip(documents, patients).filter { $1?.isEmpty ?? true }
        if let first = lost.first {
            throw SplitError.noPatient(source: source, document: first.0.id, count: lost.count)
        }
        return patients.compactMap { $0 }
    }

    /// The property that is read, if it is one.
    public var metadataKey: String? { if case .metadata(let key) = self { key } else { nil } }
}
