/// What a BioC file says about all of its documents.
struct BioCCollection: Codable, Equatable {
    var source = ""
    var date = ""
    var key = ""
    var version: String?
    var infons: [String: String] = [:]
}
