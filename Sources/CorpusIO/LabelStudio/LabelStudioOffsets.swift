import ClinicalText

/// Converts offsets of Label Studio, in the unit that the regions of a note show.
struct LabelStudioOffsets {
    private let units: UTF16Offsets
    private let codePoints: TextOffsets
    /// Whether offsets count code points rather than UTF-16 code units.
    let countCodePoints: Bool

    /// A conversion for writing.
    init(_ text: String, countCodePoints: Bool) {
        units = UTF16Offsets(text)
        codePoints = TextOffsets(text)
        self.countCodePoints = countCodePoints
    }

    /// Takes the unit in which more of the regions' own texts stand where they should; UTF-16 code units where both do.
    init(_ text: String, offsets: TextOffsets, regions: [JSONObject]) {
        units = UTF16Offsets(text)
        codePoints = offsets
        guard units.hasWideCharacters else {
            countCodePoints = false
            return
        }
        let units = units
        func agreeing(_ codePoint: (Int) -> Int?) -> Int {
            regions.count { value in
                guard let surface = value["text"]?.string, let start = value["start"]?.int.flatMap(codePoint),
                    let end = value["end"]?.int.flatMap(codePoint), let span = offsets.span(ofCodePoints: start, end)
                else { return false }
                return Surface.matches(surface, text: text, spans: [span])
            }
        }
        countCodePoints = agreeing { $0 } > agreeing { units.codePoint(ofUnit: $0) }
    }

    /// The code point offset that a file's offset stands for: itself where it lies outside the text, so that this is
    /// said; nothing in the middle of a character.
    func codePoint(of offset: Int) -> Int? {
        if countCodePoints || !(0...units.count).contains(offset) { return offset }
        return units.codePoint(ofUnit: offset)
    }

    /// Where an entity stands, and its text, as a result's `value` holds them.
    func place(of entity: Entity, in text: String) -> JSONObject {
        let range = codePoints.codePoints(of: entity.hull)
        return JSONObject([
            .init(name: "start", value: .number(String(offset(of: range.lowerBound)))),
            .init(name: "end", value: .number(String(offset(of: range.upperBound)))),
            .init(name: "text", value: .string(String(text.slice(entity.hull)))),
        ])
    }

    /// The offset in the file of a code point offset.
    private func offset(of codePoint: Int) -> Int { countCodePoints ? codePoint : units.unit(ofCodePoint: codePoint) }
}
