import ClinicalText
import Essentials

/// Writes JSON Lines of ours: one document a line, offsets in code points, nothing of a document left out.
enum JSONLinesWriter {
    /// The document as one line, without a line end.
    static func line(of document: Document) -> String {
        let offsets = TextOffsets(document.text)
        var json = JSONText()
        json.object { object in
            object.member("id", document.id)
            object.member("text", document.text)
            object.member("metadata", ifAny: document.metadata)
            object.member("entities") { json in
                json.array { array in
                    for entity in document.entities { write(entity, of: document, offsets: offsets, to: &array) }
                }
            }
            if !document.relations.isEmpty {
                object.member("relations") { json in
                    json.array { array in for relation in document.relations { write(relation, to: &array) } }
                }
            }
            if !document.labels.isEmpty {
                object.member("labels") { json in
                    json.array { array in
                        for label in document.labels {
                            array.object { object in
                                object.member("name", label.name)
                                if !label.value.isEmpty { object.member("value", label.value) }
                                object.member("attributes", ifAny: label.attributes)
                            }
                        }
                    }
                }
            }
            object.member("uninterpreted", ifAny: document.uninterpreted)
        }
        return json.text
    }

    private static func write(
        _ entity: Entity, of document: Document, offsets: TextOffsets, to json: inout JSONText
    ) {
        json.object { object in
            object.member("id", entity.id)
            object.member("type", entity.type)
            object.member("spans") { json in
                json.array { array in
                    for span in entity.spans {
                        let range = offsets.codePoints(of: span)
                        array.array { pair in
                            pair.value(range.lowerBound)
                            pair.value(range.upperBound)
                        }
                    }
                }
            }
            object.member("text", document.surface(of: entity))
            object.member("attributes", ifAny: entity.attributes)
            object.member("codes", ifAny: entity.codes)
            switch entity.provenance {
            case .gold: object.member("provenance", "gold")
            case .silver: object.member("provenance", "silver")
            case .predicted: object.member("provenance", "predicted")
            }
            if let probability = entity.provenance.probability {
                object.member("probability") { $0.value(probability) }
            }
            object.member("evidence", ifAny: entity.evidence)
        }
    }

    private static func write(_ relation: Relation, to json: inout JSONText) {
        json.object { object in
            object.member("id", relation.id)
            object.member("type", relation.type)
            object.member("arguments") { json in
                json.array { array in
                    for argument in relation.arguments {
                        array.object { object in
                            object.member("role", argument.role)
                            object.member("entity", argument.entityID)
                        }
                    }
                }
            }
            object.member("attributes", ifAny: relation.attributes)
        }
    }
}
