/// What is read together, unit by unit, in order.
enum UnitList: Sendable {
    /// Each file alone.
    case files(SourceList)
    /// As a format grouped the files.
    case units([FileUnit])

    var count: Int {
        switch self {
        case .files(let files): files.count
        case .units(let units): units.count
        }
    }

    subscript(index: Int) -> FileUnit {
        switch self {
        case .files(let files): FileUnit(main: files[index])
        case .units(let units): units[index]
        }
    }
}
