import Foundation

/// A JSON value whose objects keep every key as it is written.
///
/// Foundation's readers keep objects as dictionaries of strings, in which two spellings of the same characters, such as
/// the sign for ohm and omega, are one key; to a vocabulary they are two pieces.
enum TokenizerJSON {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([TokenizerJSON])
    case object([Member])

    /// A key of an object and what stands there.
    struct Member {
        var key: String
        var value: TokenizerJSON
    }

    /// Nothing where `data` is not JSON, or nested deeper than any tokenizer's.
    init?(_ data: Data) {
        var reader = TokenizerJSONReader(bytes: [UInt8](data))
        do {
            self = try reader.value(depth: 0)
            guard reader.next() == nil else { return nil }
        } catch {
            return nil
        }
    }

    /// The value of an object's key; JSON's null is as good as no key.
    subscript(key: String) -> TokenizerJSON? {
        guard case .object(let pairs) = self,
            let value = pairs.last(where: { $0.key.utf8.elementsEqual(key.utf8) })?.value
        else { return nil }
        if case .null = value { return nil }
        return value
    }
}
