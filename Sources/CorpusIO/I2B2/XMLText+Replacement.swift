import ClinicalText

extension XMLText {
    /// The document with what XML 1.0 cannot hold replaced as the options say, one code point for one, so that offsets
    /// in code points stay; as it is if they do not say how.
    ///
    /// The replaced characters are counted.
    static func replacingForbidden(in document: Document, context: WriteContext) -> Document {
        guard let replacement = context.options.xmlReplacement, isAllowed(replacement) else { return document }
        var count = 0
        func replaced(_ text: String) -> String {
            guard firstForbidden(in: text) != nil else { return text }
            var scalars = String.UnicodeScalarView()
            for scalar in text.unicodeScalars {
                if !isAllowed(scalar) { count += 1 }
                scalars.append(isAllowed(scalar) ? scalar : replacement)
            }
            return String(scalars)
        }
        var changed = document
        changed.text = replaced(document.text)
        if count > 0 { changed.entities = moved(document.entities, from: document.text, to: changed.text) }
        for index in changed.entities.indices {
            changed.entities[index].id = replaced(changed.entities[index].id)
            changed.entities[index].type = replaced(changed.entities[index].type)
            changed.entities[index].attributes = changed.entities[index].attributes.mapValues(replaced)
            changed.entities[index].codes = changed.entities[index].codes.map(replaced)
        }
        for index in changed.labels.indices {
            changed.labels[index].value = replaced(changed.labels[index].value)
            changed.labels[index].attributes = changed.labels[index].attributes.mapValues(replaced)
        }
        for index in changed.relations.indices {
            changed.relations[index].id = replaced(changed.relations[index].id)
            changed.relations[index].attributes = changed.relations[index].attributes.mapValues(replaced)
            for end in changed.relations[index].arguments.indices {
                changed.relations[index].arguments[end].entityID = replaced(
                    changed.relations[index].arguments[end].entityID)
            }
        }
        context.lose(.character, count: count)
        return changed
    }

    /// Entities at the same code points of another text.
    private static func moved(_ entities: [Entity], from old: String, to new: String) -> [Entity] {
        let before = TextOffsets(old)
        let after = TextOffsets(new)
        return entities.map { entity in
            var entity = entity
            entity.spans = entity.spans.map { span in
                let range = before.codePoints(of: span)
                return after.span(ofCodePoints: range.lowerBound, range.upperBound) ?? span
            }
            return entity
        }
    }
}
