import ErrorAnalysis

/// What the pages call things.
enum Wording {
    static func name(_ outcome: Outcome) -> String {
        switch outcome {
        case .correct: "Correct"
        case .wrongBoundary: "Wrong boundary"
        case .wrongType: "Wrong type"
        case .wrongTypeAndBoundary: "Wrong type and boundary"
        case .missed: "Missed"
        case .spurious: "Spurious"
        }
    }

    static func explanation(_ outcome: Outcome) -> String {
        switch outcome {
        case .correct: "found with its type and exact span"
        case .wrongBoundary: "found with its type, but the span is not the gold one"
        case .wrongType: "found with its exact span, but called another type"
        case .wrongTypeAndBoundary: "touched by a prediction that has neither its type nor its span"
        case .missed: "a gold mention without any prediction"
        case .spurious: "a prediction where there is no gold mention"
        }
    }

    static func name(_ boundary: BoundaryError) -> String {
        switch boundary {
        case .tooShortLeft: "starts too late"
        case .tooShortRight: "ends too early"
        case .tooShortBoth: "starts too late and ends too early"
        case .tooLong: "takes in too much"
        case .shifted: "is shifted to one side"
        case .gaps: "has other gaps"
        }
    }

    static func title(_ facet: BucketTable.Facet) -> String {
        switch facet {
        case .abbreviation: "Abbreviations"
        case .length: "Span length"
        case .training: "Seen and unseen mentions"
        case .section: "Sections"
        case .type: "Types"
        }
    }

    static func explanation(_ facet: BucketTable.Facet) -> String {
        switch facet {
        case .abbreviation: "Mentions that are written as an abbreviation against all others."
        case .length: "By the number of tokens in the mention; a hyphenated or slashed term can be several tokens."
        case .training:
            "Whether the training notes have a mention written the same way, case and white space aside: "
                + "with the same type, only with another type, or not at all."
        case .section: "By the section of the note that the mention stands in."
        case .type: "By entity type."
        }
    }

    /// The value of a facet as a row's name.
    static func name(_ bucket: String, in facet: BucketTable.Facet) -> String {
        switch facet {
        case .abbreviation: bucket == "abbreviation" ? "Abbreviations" : "Other mentions"
        case .length: bucket == "1" ? "1 token" : bucket == "6+" ? "6 or more tokens" : "\(bucket) tokens"
        case .training: capitalized(bucket)
        case .section:
            bucket.isEmpty
                ? "Before the first header" : capitalized(bucket.split(separator: "_").joined(separator: " "))
        case .type: bucket
        }
    }

    private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// The value of a facet as the beginning of a sentence.
    static func subject(_ bucket: String, in facet: BucketTable.Facet) -> String {
        switch facet {
        case .abbreviation: bucket == "abbreviation" ? "Abbreviations" : "Mentions that are not abbreviations"
        case .length: "Mentions of \(name(bucket, in: facet))"
        case .training:
            switch bucket {
            case "unseen": "Mentions that training never showed"
            case "seen": "Mentions that training showed with their type"
            default: "Mentions that training showed only with another type"
            }
        case .section: bucket.isEmpty ? "Text before the first header" : "The section “\(name(bucket, in: facet))”"
        case .type: bucket
        }
    }
}
