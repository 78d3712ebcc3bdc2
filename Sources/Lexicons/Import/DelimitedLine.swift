/// The fields of a line that one character divides.
enum DelimitedLine {
    /// The fields of a line without quotes, as RRF and RF2 have them.
    static func fields(of line: ArraySlice<UInt8>, delimiter: UInt8) -> [ArraySlice<UInt8>] {
        var fields: [ArraySlice<UInt8>] = []
        var start = line.startIndex
        for index in line.indices where line[index] == delimiter {
            fields.append(line[start..<index])
            start = index + 1
        }
        fields.append(line[start...])
        return fields
    }

    /// The fields of a line in which quotes may enclose a field and are doubled within it; nothing if one is not closed.
    static func quotedFields(of line: ArraySlice<UInt8>, delimiter: UInt8) -> [ArraySlice<UInt8>]? {
        let quote = UInt8(ascii: "\"")
        guard line.contains(quote) else { return fields(of: line, delimiter: delimiter) }
        var fields: [ArraySlice<UInt8>] = []
        var index = line.startIndex
        while true {
            guard index < line.endIndex, line[index] == quote else {
                // A quote within a field that does not begin with one stands for itself.
                let end = line[index...].firstIndex(of: delimiter) ?? line.endIndex
                fields.append(line[index..<end])
                if end == line.endIndex { return fields }
                index = end + 1
                continue
            }
            var content: [UInt8] = []
            index += 1
            while true {
                guard index < line.endIndex else { return nil }
                if line[index] == quote {
                    guard index + 1 < line.endIndex, line[index + 1] == quote else { break }
                    index += 1
                }
                content.append(line[index])
                index += 1
            }
            fields.append(content[...])
            index += 1
            if index == line.endIndex { return fields }
            guard line[index] == delimiter else { return nil }
            index += 1
        }
    }

    /// A field without the blanks around it.
    static func trimmed(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var field = field
        while let first = field.first, first == 0x20 || first == 0x09 { field.removeFirst() }
        while let last = field.last, last == 0x20 || last == 0x09 { field.removeLast() }
        return field
    }
}
