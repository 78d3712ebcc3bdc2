/// The words inside de-identification marks, and what each says of the kind of mark.
///
/// They come from the public descriptions of the marks of MIMIC-III, of De-ID's tags and of the tag set of i2b2 2014.
enum DeidentificationVocabulary {
    /// The kind that the words of a mark tell, nothing if one of them is not known here.
    ///
    /// A number or a filler (`of`, `over`) tells nothing. Where words disagree the more particular one wins: a `Hospital
    /// Ward Name` is a place, an `E-mail address` a contact, an `MD Number` an identifier.
    static func kind(ofClosed words: UnsafeBufferPointer<UInt8>) -> DeidentificationMark.Kind? {
        let (kind, isClosed) = scan(words)
        return isClosed ? kind : nil
    }

    /// The kind that the words of a mark tell, whatever else it holds; a bare run of digits and separators is a date.
    static func kind(ofOpen words: UnsafeBufferPointer<UInt8>) -> DeidentificationMark.Kind {
        let (kind, _) = scan(words)
        if let kind { return kind }
        let hasDigit = words.contains { $0 >= 0x30 && $0 <= 0x39 }
        let isDate = words.allSatisfy { $0 >= 0x2D && $0 <= 0x39 || $0 <= 0x20 }
        return hasDigit && isDate ? .date : .unknown
    }

    private static func scan(
        _ words: UnsafeBufferPointer<UInt8>
    ) -> (kind: DeidentificationMark.Kind?, isClosed: Bool) {
        var best: DeidentificationMark.Kind?
        var isClosed = true
        var offset = 0
        while offset < words.count {
            let start = offset
            while offset < words.count, isLetter(words[offset]) { offset += 1 }
            if offset == start {
                if words[offset] >= 0x80 { isClosed = false }
                offset += 1
                continue
            }
            let word = String(decoding: words[start..<offset].map { $0 | 0x20 }, as: UTF8.self)
            if let kind = kinds[word] {
                if best.map({ rank(kind) < rank($0) }) ?? true { best = kind }
            } else if !fillers.contains(word) {
                isClosed = false
            }
        }
        return (best, isClosed)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    /// Which of two kinds in one mark counts: the smaller rank.
    private static func rank(_ kind: DeidentificationMark.Kind) -> Int {
        switch kind {
        case .age: 0
        case .contact: 1
        case .location: 2
        case .date: 3
        case .identifier: 4
        case .profession: 5
        case .name: 6
        case .unknown: 7
        }
    }

    private static let fillers: Set<String> = [
        "of", "over", "the", "and", "or", "s", "un", "ni", "only", "known", "range", "digits", "digit", "i", "ii",
        "loc",
        "web", "num", "no", "code", "full", "birth", "first", "last", "male", "female", "in",
    ]

    private static let kinds: [String: DeidentificationMark.Kind] = {
        let groups: [(DeidentificationMark.Kind, [String])] = [
            (
                .name,
                [
                    "name", "names", "lastname", "firstname", "surname", "person", "patient", "doctor", "physician",
                    "provider", "nurse", "attending", "dictator", "initial", "initials", "namepattern", "stitle",
                    "titles", "username", "md", "relative", "info",
                ]
            ),
            (.profession, ["profession", "occupation"]),
            (
                .location,
                [
                    "hospital", "ward", "wardname", "location", "place", "institution", "organization", "facility",
                    "clinic", "department", "room", "street", "address", "city", "town", "county", "state", "country",
                    "zip", "zipcode", "university", "college", "company", "apartment", "box",
                ]
            ),
            (.age, ["age"]),
            (.date, ["date", "dates", "dob", "day", "month", "year", "holiday", "season", "time", "birthdate"]),
            (
                .contact,
                [
                    "telephone", "phone", "fax", "pager", "email", "mail", "url", "website", "contact", "ip", "ipaddr",
                ]
            ),
            (
                .identifier,
                [
                    "number", "numbers", "identifier", "id", "ids", "idnum", "mrn", "ssn", "record", "medicalrecord",
                    "security", "serial", "job", "clip", "unit", "account", "license", "accession", "path", "device",
                    "healthplan", "vehicle", "bioid", "medical", "social", "numeric",
                ]
            ),
            (.unknown, ["redacted", "phi", "removed", "deidentified", "ethnicity", "other"]),
        ]
        var kinds: [String: DeidentificationMark.Kind] = [:]
        for (kind, words) in groups { for word in words { kinds[word] = kind } }
        return kinds
    }()
}
