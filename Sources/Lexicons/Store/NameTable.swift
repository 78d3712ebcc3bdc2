/// Different strings, numbered in the order in which they come.
struct NameTable {
    private(set) var column = StringColumn()
    private var numbers: [String: Int] = [:]
    private var last: (text: String, number: Int)?

    mutating func number(of text: String) -> Int {
        if let last, last.text == text { return last.number }
        let number = numbers[text] ?? column.ends.count
        if number == column.ends.count {
            numbers[text] = number
            column.append(text)
        }
        last = (text, number)
        return number
    }
}
