import ClinicalText

/// A document of the gold with what was predicted for it.
struct DocumentPair {
    let gold: Document
    let predicted: Document
}
