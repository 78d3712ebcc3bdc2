import Foundation

/// The value of an infon in JSON as text: strings, numbers and booleans as they are, arrays and objects as JSON.
struct BioCJSONValue: Decodable {
    /// Any JSON value.
    private enum Tree: Codable {
        case null
        case flag(Bool)
        case whole(Int)
        case number(Double)
        case string(String)
        case array([Tree])
        case object([String: Tree])

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .null
            } else if let flag = try? value.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? value.decode(Int.self) {
                self = .whole(number)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else if let string = try? value.decode(String.self) {
                self = .string(string)
            } else if let array = try? value.decode([Tree].self) {
                self = .array(array)
            } else {
                self = .object(try value.decode([String: Tree].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .null: try container.encodeNil()
            case .flag(let flag): try container.encode(flag)
            case .whole(let number): try container.encode(number)
            case .number(let number): try container.encode(number)
            case .string(let string): try container.encode(string)
            case .array(let array): try container.encode(array)
            case .object(let object): try container.encode(object)
            }
        }
    }

    /// Nothing for null.
    let text: String?

    init(from decoder: any Decoder) throws {
        if let text = try JSONScalar(from: decoder).text {
            self.text = text
            return
        }
        let tree = try Tree(from: decoder)
        if case .null = tree {
            text = nil
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        text = String(decoding: try encoder.encode(tree), as: UTF8.self)
    }
}
