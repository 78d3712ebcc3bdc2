/// Which of the 2014 layout's attributes the tags of a file have, so that it is written as it was.
///
/// The 2012 files have `type` for `TYPE` and no `comment`; the complete risk factor files have no `TYPE`.
struct I2B2Layout: Equatable {
    /// The attribute that holds a finer type than the element's name.
    enum TypeAttribute: String {
        /// `TYPE`, as of 2014.
        case upperCase = "TYPE"
        /// `type`, as of 2012.
        case lowerCase = "type"
        /// The element's name is all there is.
        case none
    }

    /// As tags are written that no file is the model for.
    static let standard = I2B2Layout(typeAttribute: .upperCase, hasComment: true)

    /// Where tags have their finer type.
    var typeAttribute: TypeAttribute
    /// Whether tags have the attribute `comment`.
    var hasComment: Bool

    init(typeAttribute: TypeAttribute, hasComment: Bool) {
        self.typeAttribute = typeAttribute
        self.hasComment = hasComment
    }

    /// The layout of a file's tags; what a single tag has, all may have.
    init(of tags: [I2B2Tag]) {
        self = .standard
        var hasAny = false
        var hasUpper = false
        var hasLower = false
        var hasComment = false
        for tag in tags where tag.hasOffsets {
            if tag.type != nil && tag.comment != nil { return }
            hasAny = true
            if tag.type == nil { hasLower = hasLower || tag["type"] != nil } else { hasUpper = true }
            if tag.comment != nil { hasComment = true }
        }
        guard hasAny else { return }
        typeAttribute = hasUpper ? .upperCase : hasLower ? .lowerCase : .none
        self.hasComment = hasComment
    }

    /// The layout that a document's metadata name; the standard one where they name none.
    init(encoded: String?) {
        let parts = (encoded ?? "").split(separator: " ")
        self.init(
            typeAttribute: parts.first.flatMap { TypeAttribute(rawValue: String($0)) } ?? .upperCase,
            hasComment: encoded == nil || parts.contains("comment"))
    }

    /// What metadata say; nothing for the standard layout.
    var encoded: String? {
        self == .standard ? nil : typeAttribute.rawValue + (hasComment ? " comment" : "")
    }
}
