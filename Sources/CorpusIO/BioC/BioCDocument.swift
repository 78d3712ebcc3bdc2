/// A document of a BioC file as it stands there, be it XML or JSON; offsets are not looked at yet.
///
/// Format: Comeau et al., "BioC: a minimalist approach to interoperability for biomedical text processing", Database
/// 2013, bat064.
struct BioCDocument {
    /// Something about a stretch of text, or about the whole document if it has no location.
    struct Annotation {
        var id = ""
        var infons = BioCInfons()
        var locations: [(start: Int, length: Int)] = []
        var text: String?
        var line: Int?
    }

    /// A link between annotations and relations.
    struct Relation {
        var id = ""
        var infons = BioCInfons()
        var nodes: [(id: String, role: String)] = []
        var line: Int?
    }

    /// A passage, or a sentence of one, which holds no further ones.
    struct Passage {
        var infons = BioCInfons()
        /// Nothing where the file has none, or something else than a whole number.
        var offset: Int?
        var text: String?
        var sentences: [Passage] = []
        var annotations: [Annotation] = []
        var relations: [Relation] = []
        var line: Int?
    }

    var id = ""
    var infons = BioCInfons()
    var passages: [Passage] = []
    var annotations: [Annotation] = []
    var relations: [Relation] = []
    var line: Int?
}
