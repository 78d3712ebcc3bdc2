import ClinicalText

/// What the 2008 files say about one disease in one document.
struct I2B2Judgment: Sendable, Equatable {
    /// What is judged.
    struct Subject: Hashable, Comparable, Sendable {
        /// `textual` or `intuitive`.
        let source: String
        /// `Obesity`, `CAD`, and so on.
        let disease: String

        static func < (left: Subject, right: Subject) -> Bool {
            (left.source, left.disease) < (right.source, right.disease)
        }
    }

    /// What is judged.
    let subject: Subject
    /// `Y`, `N`, `U` or `Q`.
    let value: String

    /// The judgment as a label: named after the disease.
    var label: DocumentLabel {
        DocumentLabel(
            name: subject.disease, value: value, attributes: ["source": subject.source, "disease": subject.disease])
    }
}
