import ClinicalText

/// An annotation as the i2b2 2014 scorer sees it: the name of its element, its type, and where it lies.
struct DeidentificationTag: Hashable {
    /// The element, such as `LOCATION`.
    let name: String
    /// The attribute `TYPE`, such as `HOSPITAL`.
    let type: String
    /// The hull of the mention, in code points.
    let start: Int
    let end: Int

    /// The elements the scorer looks at, in the order of its output.
    static let names = ["NAME", "PROFESSION", "LOCATION", "AGE", "DATE", "CONTACT", "ID", "OTHER", "PHI"]

    /// Of entities whose format has no elements: the element a type stands under in the task's files.
    private static let nameOfType: [String: String] = {
        let types: [String: [String]] = [
            "NAME": ["PATIENT", "DOCTOR", "USERNAME"],
            "LOCATION": [
                "ROOM", "DEPARTMENT", "HOSPITAL", "ORGANIZATION", "STREET", "CITY", "STATE", "COUNTRY", "ZIP",
                "LOCATION-OTHER",
            ],
            "CONTACT": ["PHONE", "FAX", "EMAIL", "URL", "IPADDR"],
            "ID": [
                "SSN", "MEDICALRECORD", "HEALTHPLAN", "ACCOUNT", "LICENSE", "VEHICLE", "DEVICE", "BIOID", "IDNUM",
            ],
        ]
        return Dictionary(uniqueKeysWithValues: types.flatMap { name, types in types.map { ($0, name) } })
    }()

    /// The element and type prefixes of what HIPAA protects.
    ///
    /// `IDNUM` ends in a blank in the script, so that no tag of that type ever counts; reproduced, because every
    /// published HIPAA figure has it.
    private static let hipaa: [(name: String, type: String)] = [
        ("NAME", "PATIENT"), ("LOCATION", "CITY"), ("LOCATION", "STREET"), ("LOCATION", "ZIP"),
        ("LOCATION", "ORGANIZATION"), ("DATE", ""), ("CONTACT", "PHONE"), ("CONTACT", "FAX"), ("CONTACT", "EMAIL"),
        ("ID", "SSN"), ("ID", "MEDICALRECORD"), ("ID", "HEALTHPLAN"), ("ID", "ACCOUNT"), ("ID", "LICENSE"),
        ("ID", "VEHICLE"), ("ID", "DEVICE"), ("ID", "BIOID"), ("ID", "IDNUM "), ("AGE", ""),
    ]

    /// Whether HIPAA protects it.
    var isHIPAA: Bool { Self.hipaa.contains { name.hasPrefix($0.name) && type.hasPrefix($0.type) } }

    /// The annotation of an entity; nothing if its element is none that the scorer looks at.
    init?(_ entity: Entity, _ offsets: TextOffsets) {
        let name = entity.attributes["i2b2.element"] ?? Self.nameOfType[entity.type] ?? entity.type
        guard Self.names.contains(name) else { return nil }
        self.name = name
        type = entity.type
        let range = offsets.codePoints(of: entity.hull)
        (start, end) = (range.lowerBound, range.upperBound)
    }

    private init(name: String, type: String, start: Int, end: Int) {
        self.name = name
        self.type = type
        self.start = start
        self.end = end
    }

    /// The same annotation with its type in capitals, by which whole annotations are compared.
    var folded: DeidentificationTag {
        DeidentificationTag(name: name.uppercased(), type: type.uppercased(), start: start, end: end)
    }

    /// The same place without element and type.
    var bare: DeidentificationTag { DeidentificationTag(name: "", type: "", start: start, end: end) }

    /// The runs of ASCII letters and digits of the annotation, each as an annotation of its own.
    ///
    /// An annotation without any gives one empty token at its end, as in the script; letters beyond ASCII separate.
    func tokens(of text: ArraySlice<UInt8>) -> [DeidentificationTag] {
        var tokens: [DeidentificationTag] = []
        var position = start
        var isInToken = false
        for byte in text where byte & 0xC0 != 0x80 {
            let isWord = Self.isWord(byte)
            if isWord, isInToken, let last = tokens.popLast() {
                tokens.append(DeidentificationTag(name: name, type: type, start: last.start, end: position + 1))
            } else if isWord {
                tokens.append(DeidentificationTag(name: name, type: type, start: position, end: position + 1))
            }
            isInToken = isWord
            position += 1
        }
        return tokens.isEmpty ? [DeidentificationTag(name: name, type: type, start: end, end: end)] : tokens
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
