import ClinicalText

/// Writes BioC JSON, a document a line within the collection.
struct BioCJSONWriter {
    private let context: WriteContext
    private var hasBegun = false
    /// What the file says about all of its documents: that of the first one.
    private var collection = BioCCollection()

    init(context: WriteContext) { self.context = context }

    /// A document, after the beginning of the collection if it is the first one.
    mutating func document(_ document: Document) -> String {
        var json = JSONText()
        let written = BioCDocument(document, context: context)
        json.object { object in
            object.member("id", written.id)
            Self.write(written.infons, to: &object)
            object.member("passages") { json in
                json.array { array in for passage in written.passages { Self.write(passage, to: &array) } }
            }
            Self.write(written.annotations, to: &object)
            Self.write(written.relations, to: &object)
        }
        let before = hasBegun ? ",\n" : begin(BioCText.collection(document.metadata[BioCKeys.collection]))
        loseCollection(of: document)
        return before + json.text
    }

    /// The end of the collection.
    mutating func end() -> String {
        let before = hasBegun ? "" : begin(BioCText.collection(nil))
        return before + "\n]}\n"
    }

    /// Counts a document whose own collection says something else than that of the file.
    private func loseCollection(of document: Document) {
        guard let own = document.metadata[BioCKeys.collection] else { return }
        if BioCText.collection(own) != collection { context.lose(.metadata) }
    }

    private mutating func begin(_ collection: BioCCollection) -> String {
        hasBegun = true
        self.collection = collection
        var json = JSONText()
        json.object { object in
            object.member("source", collection.source)
            object.member("date", collection.date)
            object.member("key", collection.key)
            if let version = collection.version { object.member("version", version) }
            object.member("infons") { json in
                json.object { object in
                    for (key, value) in collection.infons.sorted(by: { $0.key < $1.key }) { object.member(key, value) }
                }
            }
        }
        return json.text.dropLast() + ",\"documents\":[\n"
    }

    private static func write(_ passage: BioCDocument.Passage, to json: inout JSONText) {
        json.object { object in
            write(passage.infons, to: &object)
            object.member("offset") { $0.value(passage.offset ?? 0) }
            if let text = passage.text { object.member("text", text) }
            object.member("sentences") { json in
                json.array { array in for sentence in passage.sentences { write(sentence, to: &array) } }
            }
            write(passage.annotations, to: &object)
            write(passage.relations, to: &object)
        }
    }

    private static func write(_ annotations: [BioCDocument.Annotation], to object: inout JSONText) {
        object.member("annotations") { json in
            json.array { array in
                for annotation in annotations {
                    array.object { object in
                        object.member("id", annotation.id)
                        write(annotation.infons, to: &object)
                        object.member("text", annotation.text ?? "")
                        object.member("locations") { json in
                            json.array { array in
                                for location in annotation.locations {
                                    array.object { object in
                                        object.member("offset") { $0.value(location.start) }
                                        object.member("length") { $0.value(location.length) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func write(_ relations: [BioCDocument.Relation], to object: inout JSONText) {
        object.member("relations") { json in
            json.array { array in
                for relation in relations {
                    array.object { object in
                        object.member("id", relation.id)
                        write(relation.infons, to: &object)
                        object.member("nodes") { json in
                            json.array { array in
                                for node in relation.nodes {
                                    array.object { object in
                                        object.member("refid", node.id)
                                        object.member("role", node.role)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func write(_ infons: BioCInfons, to object: inout JSONText) {
        object.member("infons") { json in
            json.object { object in
                for (key, value) in infons.values.sorted(by: { $0.key < $1.key }) { object.member(key, value) }
            }
        }
    }
}
