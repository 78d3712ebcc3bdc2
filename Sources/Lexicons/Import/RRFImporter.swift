import CorpusIO

/// Reads the names of RxNorm (`RXNCONSO.RRF`) and of the UMLS (`MRCONSO.RRF`, `MRSTY.RRF`), concept by concept.
///
/// Source: UMLS Reference Manual, "Metathesaurus – Rich Release Format", and RxNorm Technical Documentation, section 12;
/// National Library of Medicine.
enum RRFImporter {
    /// The columns that both files have, in order.
    private enum Column {
        static let concept = 0, language = 1, status = 2, stringType = 4, isPreferred = 6, source = 11, termType = 12
        static let code = 13, string = 14, suppress = 16
        /// The last one, and the last delimiter behind it.
        static let count = 18
    }

    private struct Row {
        var term: String
        var source: String
        var termType: String
        var code: String
        var suppress: String
        var line: Int
    }

    /// The rows of one concept, which follow each other.
    private struct Concept {
        var id = ""
        var rows: [Row] = []
        var preferred = ""
        var preferredRank = 0
    }

    static func read(_ path: String, isRxNorm: Bool, _ pass: inout ImportPass) throws {
        let needsTypes = !isRxNorm && !(pass.options.categories.isEmpty && pass.options.typeMapping.isEmpty)
        let types = needsTypes ? try SemanticTypes(beside: path) : nil
        let languages = pass.options.languages.isEmpty ? ["ENG"] : pass.options.languages
        var lines = try TextLines(path)
        var concept = Concept()
        while let (line, number) = try lines.next() {
            if line.isEmpty { continue }
            let fields = DelimitedLine.fields(of: line, delimiter: UInt8(ascii: "|"))
            guard fields.count == Column.count || fields.count == Column.count + 1 else {
                pass.fault(number, "columns", "\(fields.count - 1) columns instead of \(Column.count)")
                continue
            }
            func field(_ column: Int) -> String { String(decoding: fields[column], as: UTF8.self) }
            let id = field(Column.concept)
            guard !id.isEmpty, !fields[Column.string].isEmpty else {
                pass.fault(number, id.isEmpty ? "CUI" : "STR", "the column is empty")
                continue
            }
            if id != concept.id {
                try keep(concept, types, isRxNorm: isRxNorm, &pass)
                concept = Concept(id: id)
            }
            guard languages.contains(field(Column.language)) else {
                pass.leaveOut("language")
                continue
            }
            guard let term = pass.text(fields[Column.string], number, "STR") else { continue }
            let row = Row(
                term: term, source: field(Column.source), termType: field(Column.termType), code: field(Column.code),
                suppress: field(Column.suppress), line: number)
            let rank = rank(row, fields, isRxNorm: isRxNorm)
            if rank > concept.preferredRank {
                concept.preferred = term
                concept.preferredRank = rank
            }
            concept.rows.append(row)
        }
        try keep(concept, types, isRxNorm: isRxNorm, &pass)
    }

    /// How much a row's string is the concept's preferred name: the UMLS says so, RxNorm's normal forms are it.
    private static func rank(_ row: Row, _ fields: [ArraySlice<UInt8>], isRxNorm: Bool) -> Int {
        let isSuppressed = row.suppress != "N" && !row.suppress.isEmpty
        if isRxNorm {
            let isNormal = row.source == "RXNORM" && !["SY", "TMSY", "PSN", "ET"].contains(row.termType)
            return 1 + (isSuppressed ? 0 : 1) + (isNormal ? 2 : 0)
        }
        let isPreferred =
            fields[Column.status].elementsEqual("P".utf8) && fields[Column.stringType].elementsEqual("PF".utf8)
            && fields[Column.isPreferred].elementsEqual("Y".utf8)
        return 1 + (isSuppressed ? 0 : 1) + (isPreferred ? 2 : 0)
    }

    private static func keep(
        _ concept: Concept, _ types: SemanticTypes?, isRxNorm: Bool, _ pass: inout ImportPass
    ) throws {
        guard !concept.rows.isEmpty else { return }
        let categories = types?.categories(of: concept.id) ?? []
        guard
            types == nil || pass.options.categories.isEmpty
                || categories.contains(where: pass.options.categories.contains)
        else {
            for _ in concept.rows { pass.leaveOut("semantic type") }
            return
        }
        var kept: [Row] = []
        var seen: Set<String> = []
        for row in concept.rows {
            if !pass.options.sources.isEmpty, !pass.options.sources.contains(row.source) {
                pass.leaveOut("source")
            } else if !pass.options.termTypes.isEmpty, !pass.options.termTypes.contains(row.termType) {
                pass.leaveOut("term type")
            } else if !pass.options.keepsSuppressed, row.suppress != "N", !row.suppress.isEmpty {
                pass.leaveOut("suppressed")
            } else if !seen.insert(row.term).inserted {
                // Several vocabularies have the same string.
                pass.leaveOut("the same string")
            } else {
                kept.append(row)
            }
        }
        var codes: [String] = []
        if !isRxNorm {
            for row in kept where !row.code.isEmpty && row.code != "NOCODE" {
                let code = "\(row.source):\(row.code)"
                if !codes.contains(code) { codes.append(code) }
            }
        }
        let type = pass.type(of: isRxNorm ? kept.map(\.termType) : categories)
        for row in kept {
            let status = status(row, isPreferred: row.term == concept.preferred)
            try pass.keepIfWord(
                LexiconEntry(
                    term: row.term, type: type, code: "\(isRxNorm ? "RXNORM" : "UMLS"):\(concept.id)",
                    preferred: concept.preferred,
                    isCaseSensitive: status == .abbreviation
                        && row.term.unicodeScalars.contains { $0.properties.isUppercase },
                    source: isRxNorm ? row.source : "", status: status, crossReferences: codes, line: row.line))
        }
    }

    private static func status(_ row: Row, isPreferred: Bool) -> TermStatus {
        switch row.suppress {
        case "O": return .obsolete
        case "Y", "E": return .suppressed
        default: break
        }
        let own = TermStatus(termType: row.termType) ?? .synonym
        if own == .abbreviation || own == .brand || own == .obsolete { return own }
        return isPreferred ? .preferred : .synonym
    }
}
