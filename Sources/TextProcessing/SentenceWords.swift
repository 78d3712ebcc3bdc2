/// What a word is to the sentence splitter: an abbreviation before a full stop, or the first word of a sentence.
///
/// These are rules of the splitter, not a lexicon: words that lead on, or begin, by their function, in English, Spanish
/// and German notes.
struct SentenceWords: OptionSet {
    let rawValue: UInt16

    /// An abbreviation before a name.
    static let title = SentenceWords(rawValue: 1 << 0)
    /// An abbreviation before more of the sentence, unless a starter follows.
    static let linking = SentenceWords(rawValue: 1 << 1)
    /// An abbreviation before a number.
    static let numeric = SentenceWords(rawValue: 1 << 2)
    /// An abbreviation before a word in lower case.
    static let clipped = SentenceWords(rawValue: 1 << 3)
    /// A word that starts a sentence where a dot may be an abbreviation's or the end (`40 mg b.i.d. He …`).
    static let starter = SentenceWords(rawValue: 1 << 4)
    /// A word that starts a sentence even in lower case (`no fever. denies cough.`).
    static let lowerStarter = SentenceWords(rawValue: 1 << 5)
    /// The name of a day or month, which leads on from a time.
    static let calendar = SentenceWords(rawValue: 1 << 6)
    /// A word that no line ends with unless it was wrapped there.
    static let leadsOn = SentenceWords(rawValue: 1 << 7)

    /// A word that in a note in capitals goes on rather than starts.
    static let connecting = SentenceWords(rawValue: 1 << 8)

    /// Whatever is written with a full stop that ends no sentence before a word in lower case.
    static let abbreviation: SentenceWords = [.title, .linking, .numeric, .clipped, .calendar]

    /// What the word in `range` is, in any case; nothing for words longer than eight bytes.
    static func of(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> SentenceWords {
        guard !range.isEmpty, range.count <= 8 else { return [] }
        var key: UInt64 = 0
        for offset in range {
            let byte = bytes[offset]
            key = key << 8 | UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        }
        return table[key] ?? []
    }

    private static let table: [UInt64: SentenceWords] = {
        var table: [UInt64: SentenceWords] = [:]
        for (kind, words) in groups {
            for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                precondition(word.utf8.count <= 8, "a word of the splitter is too long for its table")
                table[word.utf8.reduce(0) { $0 << 8 | UInt64($1) }, default: []].insert(kind)
            }
        }
        return table
    }()

    private static let groups: [(SentenceWords, String)] = [
        (
            .title,
            "dr drs dra dres mr mrs ms prof profa sr sra srta st rev lic avda av pza urb"
        ),
        (
            .linking,
            """
            vs cf viz approx aprox ca incl esp pt pts pte dept dpto hosp ej sig al etc jr bzw ggf inkl pat tbl tgl bds li re
            evtl
            """
        ),
        (
            .numeric,
            """
            no nos nr núm num nº n fig figs tab vol pp p pág págs tel tfno ext ph sec eq ref approx temp wt ht max min avg
            jan feb mar apr jun jul aug sep sept oct nov dec abs art str succ tart sod
            """
        ),
        (
            .clipped,
            """
            tab tabs cap caps inj susp soln resp hx dx rx tx fx sx lt rt bilat abd neg pos est cont disp med meds mo mos wk
            wks yr yrs hr hrs sec secs min mins cm mm mg ml kg oz lb lbs dept inc temp wt ht subq subcut supp oint amb
            consult admin eval f fam surg ant lat
            """
        ),
        (
            .starter,
            """
            a after all also an and as at before but by during for given he her his however i if in it its no of on our
            over patient please pt she since some that the their then there these they this those to upon was we when
            while will with you el la los las se en al un una tras con por presenta paciente denies reports continue
            discuss return labs exam plan start hold stop lungs heart abdomen family mother father wife husband not did
            does had has today now once negative positive blood vital vitals er sie es der die das kein keine bei nach dr mr mrs ms
            """
        ),
        (
            .lowerStarter,
            """
            no denies denied reports reported he she they there patient pt the will we it this continue also states has
            was is had follow recheck
            """
        ),
        (
            .calendar,
            """
            mon tue tues wed thu thur thurs fri sat sun monday tuesday thursday friday saturday sunday jan feb mar apr may
            jun jul aug sep sept oct nov dec january february march april june july august october november december est
            edt cst cdt mst pst pdt utc
            """
        ),
        (
            .connecting,
            """
            after and as at before but by during for if in of on or over since to upon when while with
            """
        ),
        (.leadsOn, "and or the of with to for an at by from was were are had his her than that which due und mit der"),
    ]
}
