import CorpusIO

/// Reads the terms of an ontology in OBO 1.2, names and synonyms.
///
/// Source: J. Day-Richter, "The OBO Flat File Format Specification, version 1.2", Gene Ontology Consortium, 2006.
enum OBOImporter {
    private struct Synonym {
        var text: String
        var scope: String
        var isAbbreviation: Bool
        var line: Int
    }

    private struct Term {
        var id = ""
        var name = ""
        var line = 0
        var nameLine = 0
        var synonyms: [Synonym] = []
        var alternatives: [String] = []
        var references: [String] = []
        var parents: [String] = []
        var categories: [String] = []
        var isObsolete = false
    }

    static func read(_ path: String, _ pass: inout ImportPass) throws {
        var lines = try TextLines(path)
        var terms: [Term] = []
        var term: Term?
        var namespace = ""
        var isInHeader = true
        while let (bytes, number) = try lines.next() {
            guard let line = pass.text(DelimitedLine.trimmed(bytes), number, "line"), !line.isEmpty, line.first != "!"
            else { continue }
            if line.first == "[" {
                if let term { terms.append(term) }
                isInHeader = false
                let isTerm = line.hasPrefix("[Term]")
                term = isTerm ? Term(line: number) : nil
                if isTerm, !namespace.isEmpty { term?.categories = [namespace] }
                continue
            }
            guard let colon = line.firstIndex(of: ":") else {
                pass.fault(number, "line", "neither a stanza's head nor `tag: value`")
                continue
            }
            let tag = line[..<colon]
            let value = OBOValue(line[line.index(after: colon)...])
            if isInHeader {
                if tag == "default-namespace" { namespace = value.text }
            } else if term != nil {
                add(tag, value, number, to: &term, &pass)
            }
        }
        if let term { terms.append(term) }
        if isInHeader { pass.fault(1, "[Term]", "the file has no stanza; is it OBO?") }
        try keep(terms, &pass)
    }

    private static func add(
        _ tag: Substring, _ value: OBOValue, _ line: Int, to term: inout Term?, _ pass: inout ImportPass
    ) {
        switch tag {
        case "id": term?.id = value.text
        case "name":
            term?.name = value.text
            term?.nameLine = line
        case "namespace": term?.categories = [value.text]
        case "alt_id": term?.alternatives.append(value.text)
        case "subset": term?.categories.append(value.text)
        case "is_a": term?.parents.append(value.text)
        case "is_obsolete": term?.isObsolete = value.text == "true"
        case "xref":
            // Descriptions may follow the name.
            term?.references.append(String(value.text.split(separator: " ").first ?? ""))
        case "synonym", "exact_synonym", "narrow_synonym", "broad_synonym", "related_synonym":
            guard let text = value.quoted else {
                return pass.fault(line, String(tag), "the synonym is not in closed quotes")
            }
            let rest = value.afterQuotes.prefix { $0 != "[" }.split(separator: " ").map(String.init)
            let scopes = ["EXACT", "NARROW", "BROAD", "RELATED"]
            var scope = tag == "synonym" ? "RELATED" : tag.split(separator: "_")[0].uppercased()
            if tag == "synonym", let first = rest.first {
                guard scopes.contains(first) else {
                    return pass.fault(
                        line, "synonym", "unknown scope `\(first)`; one of \(scopes.joined(separator: ", "))")
                }
                scope = first
            }
            let types = rest.dropFirst().joined(separator: " ").lowercased() + value.qualifiers.lowercased()
            let isAbbreviation = ["omo:0003012", "omo:0003000", "abbreviation", "acronym"].contains {
                types.contains($0)
            }
            term?.synonyms.append(Synonym(text: text, scope: scope, isAbbreviation: isAbbreviation, line: line))
        default: break
        }
    }

    private static func keep(_ terms: [Term], _ pass: inout ImportPass) throws {
        let parents = Dictionary(terms.map { ($0.id, $0.parents) }) { first, _ in first }
        let needsAncestors = !pass.options.categories.isEmpty || !pass.options.typeMapping.isEmpty
        for term in terms {
            guard !term.id.isEmpty else {
                pass.fault(term.line, "id", "the stanza has no id")
                continue
            }
            guard !term.name.isEmpty else {
                // The specification lets obsolete terms go without.
                if !term.isObsolete { pass.fault(term.line, "name", "the term \(term.id) has no name") }
                continue
            }
            if term.isObsolete, !pass.options.keepsSuppressed {
                pass.leaveOut("obsolete")
                continue
            }
            let categories = term.categories + (needsAncestors ? ancestors(of: term.id, parents) : [])
            guard pass.options.categories.isEmpty || categories.contains(where: pass.options.categories.contains) else {
                pass.leaveOut("category")
                continue
            }
            let code = pass.code(term.id)
            let entry = LexiconEntry(
                term: term.name, type: pass.type(of: categories), code: code, preferred: term.name,
                source: String(code.prefix { $0 != ":" }), status: term.isObsolete ? .obsolete : .preferred,
                crossReferences: term.alternatives + term.references, line: term.nameLine)
            try pass.keepIfWord(entry)
            for synonym in term.synonyms {
                guard pass.options.termTypes.isEmpty || pass.options.termTypes.contains(synonym.scope) else {
                    pass.leaveOut("term type")
                    continue
                }
                var other = entry
                other.term = synonym.text
                other.line = synonym.line
                if synonym.isAbbreviation {
                    other.status = .abbreviation
                    other.isCaseSensitive = synonym.text.unicodeScalars.contains { $0.properties.isUppercase }
                } else if !term.isObsolete {
                    other.status = TermStatus(termType: synonym.scope) ?? .synonym
                }
                try pass.keepIfWord(other)
            }
        }
    }

    /// A term and all that it is a kind of.
    private static func ancestors(of id: String, _ parents: [String: [String]]) -> [String] {
        var found = [id]
        var seen: Set<String> = [id]
        var place = 0
        while place < found.count {
            for parent in parents[found[place]] ?? [] where seen.insert(parent).inserted { found.append(parent) }
            place += 1
        }
        return found
    }
}
