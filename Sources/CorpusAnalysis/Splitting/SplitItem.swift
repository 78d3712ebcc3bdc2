import ClinicalText
import Essentials
import Foundation

/// What dividing a corpus needs to know of a document.
public struct SplitItem: Sendable, Equatable {
    /// The document's id.
    public var id: String
    /// The value of the metadata key that names the patient, if there is one.
    public var patient: String?
    /// How many mentions of each type it has.
    public var types: [String: Int]
    /// The SHA-256 digest of its text.
    public var textDigest: String

    /// Makes an item.
    public init(id: String, patient: String? = nil, types: [String: Int] = [:], textDigest: String = "") {
        self.id = id
        self.patient = patient
        self.types = types
        self.textDigest = textDigest
    }

    /// What is to know of a document.
    public init(_ document: Document, patientKey: String?) {
        self.init(
            id: document.id, patient: patientKey.flatMap { document.metadata[$0] },
            types: document.entities.reduce(into: [:]) { $0[$1.type, default: 0] += 1 },
            textDigest: Digest.sha256(Data(document.text.utf8)))
    }
}
