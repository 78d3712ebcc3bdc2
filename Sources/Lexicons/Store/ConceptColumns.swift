/// What terms of one concept share: codes, preferred name, source.
struct ConceptColumns {
    private struct Key: Hashable {
        var code: String
        var preferred: String
        var source: String
        var crossReferences: [String]
    }

    /// What the file holds.
    struct Finished {
        var codes: StringColumn
        var names: [UInt32]
        var sources: [UInt16]
        var nameTable: NameTable
        var sourceTable: NameTable
    }

    private var numbers: [Key: UInt32] = [:]
    private var last: (key: Key, number: UInt32)?
    private var codes = StringColumn()
    private var preferred: [String] = []
    /// An entry whose term is the preferred name, so that the name needs no bytes of its own.
    private var preferredEntries: [UInt32] = []
    private var sources: [UInt16] = []
    private var sourceTable = NameTable()

    /// The number of an entry's concept.
    mutating func number(of entry: LexiconEntry, at place: UInt32) -> UInt32 {
        let key = Key(
            code: entry.code, preferred: entry.preferred, source: entry.source, crossReferences: entry.crossReferences)
        let number: UInt32
        if let last, last.key == key {
            number = last.number
        } else if let known = numbers[key] {
            number = known
        } else {
            number = UInt32(preferred.count)
            numbers[key] = number
            codes.append(([entry.code] + entry.crossReferences).joined(separator: "\t"))
            preferred.append(entry.preferred)
            preferredEntries.append(LexiconStore.noName)
            sources.append(UInt16(clamping: sourceTable.number(of: entry.source)))
        }
        last = (key, number)
        if entry.term == entry.preferred, preferredEntries[Int(number)] == LexiconStore.noName {
            preferredEntries[Int(number)] = place
        }
        return number
    }

    /// The columns, once all entries are there.
    func finished() -> Finished {
        var nameTable = NameTable()
        let names = zip(preferred, preferredEntries).map { name, entry in
            if name.isEmpty || entry != LexiconStore.noName { return entry }
            return UInt32(nameTable.number(of: name)) | LexiconStore.nameMark
        }
        return Finished(codes: codes, names: names, sources: sources, nameTable: nameTable, sourceTable: sourceTable)
    }
}
