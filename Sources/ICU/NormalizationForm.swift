internal import CICU

/// The normalization forms of Unicode Standard Annex #15.
public enum NormalizationForm: Sendable, CaseIterable {
    /// Canonical composition.
    case nfc
    /// Canonical decomposition.
    case nfd
    /// Compatibility decomposition, then canonical composition.
    case nfkc
    /// Compatibility decomposition.
    case nfkd

    private var code: cicu_form {
        switch self {
        case .nfc: CICU_NFC
        case .nfd: CICU_NFD
        case .nfkc: CICU_NFKC
        case .nfkd: CICU_NFKD
        }
    }

    /// A place where the normalized text differs, in UTF-8 offsets of both texts.
    public struct Edit: Hashable, Sendable {
        /// What was replaced, in the original text.
        public var original: Range<Int>
        /// What it was replaced by, in the normalized text.
        public var normalized: Range<Int>
    }

    /// Whether the UTF-8 text `bytes` is in this form already.
    public func isNormalized(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let count = checkedCount(bytes)
        var result: Int32 = 0
        withCharacters(bytes) { check(cicu_is_normalized(code, $0, count, &result)) }
        return result != 0
    }

    /// The UTF-8 text `bytes` in this form, and its edits in the order of the text.
    public func normalize(_ bytes: UnsafeBufferPointer<UInt8>) -> (bytes: [UInt8], edits: [Edit]) {
        let count = checkedCount(bytes)
        var text: UnsafeMutablePointer<CChar>?
        var textCount: Int32 = 0
        var edits: UnsafeMutablePointer<cicu_edit>?
        var editCount: Int32 = 0
        withCharacters(bytes) { check(cicu_normalize(code, $0, count, &text, &textCount, &edits, &editCount)) }
        defer {
            cicu_free(text)
            cicu_free(edits)
        }
        let normalized = UnsafeRawBufferPointer(start: text, count: Int(textCount))
        let changes = UnsafeBufferPointer(start: edits, count: Int(editCount)).map {
            Edit(
                original: Int($0.original_start)..<Int($0.original_end),
                normalized: Int($0.normalized_start)..<Int($0.normalized_end))
        }
        return (Array(normalized), changes)
    }

    /// The UTF-8 bytes of one code point in this form.
    public func normalize(codePoint: UInt32) -> [UInt8] {
        let capacity = 72
        return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var written: Int32 = 0
            let status = buffer.withMemoryRebound(to: CChar.self) {
                cicu_normalize_code_point(code, codePoint, $0.baseAddress, Int32(capacity), &written)
            }
            check(status)
            count = Int(written)
        }
    }
}
