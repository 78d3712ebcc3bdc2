/// The votes of all functions on all tokens that got at least one: a row a token, a column a function.
///
/// A cell holds a class: ``outside`` or the place of a type plus one. A function that abstains has no cell. Rows with
/// the same cells are stored once, because a corpus has few kinds of them.
public struct LabelMatrix: Sendable {
    /// The class of a token outside all entities.
    public static let outside = 0

    /// What one function voted on one token.
    public struct Cell: Hashable, Sendable {
        /// The function's column.
        public var function: Int
        /// The class it voted for or against.
        public var label: Int
        /// Whether the vote says that the token is not of the class; what else it is, it leaves open.
        public var isAgainst: Bool
        /// How much the vote counts; 1 is a whole vote.
        public var strength: Double

        /// Makes a cell.
        public init(function: Int, label: Int, isAgainst: Bool = false, strength: Double = 1) {
            self.function = function
            self.label = label
            self.isAgainst = isAgainst
            self.strength = strength
        }
    }

    /// The number of columns.
    public let functionCount: Int
    /// The number of classes, outside and the types.
    public let classCount: Int
    /// The distinct rows, each with its cells in the order of the columns.
    public private(set) var distinctRows: [[Cell]] = []
    /// How many rows are like each distinct one.
    public private(set) var counts: [Int] = []
    /// For each row the place of its distinct row.
    public private(set) var distinctIndex: [Int] = []

    private var places: [[Cell]: Int] = [:]

    /// The number of rows.
    public var rowCount: Int { distinctIndex.count }

    /// Makes an empty matrix.
    public init(functionCount: Int, classCount: Int) {
        self.functionCount = functionCount
        self.classCount = classCount
    }

    /// Appends a row; each function has at most one cell, and the row at least one.
    public mutating func append(_ cells: [Cell]) {
        let cells = cells.sorted { $0.function < $1.function }
        if let place = places[cells] {
            counts[place] += 1
            distinctIndex.append(place)
        } else {
            places[cells] = distinctRows.count
            distinctIndex.append(distinctRows.count)
            distinctRows.append(cells)
            counts.append(1)
        }
    }

    /// What a function voted for in a row; nothing if it abstained or voted against something.
    public func label(row: Int, function: Int) -> Int? {
        distinctRows[distinctIndex[row]].first { $0.function == function && !$0.isAgainst }?.label
    }
}
