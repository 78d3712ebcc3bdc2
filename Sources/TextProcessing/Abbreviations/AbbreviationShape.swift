/// Tells by its letters alone whether a word looks like an abbreviation.
///
/// Short lower-case abbreviations (`pt`, `hx`) look like any word; they take an ``AbbreviationInventory``. A heading
/// in capitals (`PLAN`) looks like an abbreviation.
public enum AbbreviationShape {
    /// Whether `surface` has the shape of an abbreviation.
    ///
    /// That is two to six letters of which at least half and at least two are capitals, or one beside a digit (`CHF`,
    /// `PMHx`, `HbA1c`, `T2DM`, `pO2`), also joined (`I&D`, `A/P`, `TNF-α`); or single letters between dots (`b.i.d.`,
    /// `q.12h.`). Words (`Fever`), single letters, numbers and units (`mEq`) are none.
    public static func isAbbreviation(_ surface: Substring) -> Bool {
        // The longest shapes have six letters, three digits and joints or dots between them.
        if surface.utf8.count < 2 || surface.utf8.count > 20 { return false }
        if surface.utf8.contains(UInt8(ascii: ".")) { return isDotted(surface.unicodeScalars) }
        var capitals = 0
        var letters = 0
        var digits = 0
        for scalar in surface.unicodeScalars {
            if isDigit(scalar) {
                digits += 1
            } else if scalar.properties.isAlphabetic {
                letters += 1
                if scalar.properties.isUppercase { capitals += 1 }
            } else if scalar != "&" && scalar != "/" && scalar != "-" {
                return false
            }
        }
        return (2...6).contains(letters) && digits <= 3 && 2 * capitals >= letters
            && (capitals >= 2 || capitals == 1 && digits > 0)
    }

    /// Whether single letters, or a number and a letter, stand between dots, at least two of them.
    private static func isDotted(_ scalars: Substring.UnicodeScalarView) -> Bool {
        let units = scalars.split(separator: ".", omittingEmptySubsequences: false)
        let inner = units.last?.isEmpty == true ? units.dropLast() : units[...]
        return inner.count >= 2
            && inner.allSatisfy { unit in
                guard let last = unit.last, last.properties.isAlphabetic else { return false }
                return unit.dropLast().allSatisfy { isDigit($0) || $0 == "-" }
            }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x30 && scalar.value <= 0x39 }
}
