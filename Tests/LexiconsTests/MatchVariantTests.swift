import Testing

@testable import Lexicons

@Suite struct MatchVariantTests {
    static let all: [(term: String, text: String, variant: MatchVariant)] = [
        ("chest pain", "has Chest  Pain today", .exact),
        ("b.i.d.", "take bid", .exact),
        ("Sjögren syndrome", "Sjogren syndrome", .exact),
        ("fevers", "fevers", .exact),
        ("fever", "fevers", .inflection), ("biopsies", "a biopsy", .inflection),
        ("Crohn's disease", "Crohn disease", .inflection), ("Crohn disease", "Crohn's disease", .inflection),
        ("=PE", "PEs", .inflection),
        ("x-ray", "x ray", .hyphen), ("x ray", "x-ray", .hyphen), ("x-ray", "xray", .hyphen),
        ("xray", "x-ray", .hyphen),
        ("x-ray", "xrays", .hyphen), ("postoperative pain", "post-operative pain", .hyphen),
        ("non-small-cell cancer", "nonsmall cell cancer", .hyphen),
        ("carcinoma, renal cell", "renal cell carcinoma", .wordOrder),
        ("renal cell carcinoma", "carcinoma, renal cell.", .wordOrder),
        ("heart failure", "failure, heart", .wordOrder), ("failure, heart", "heart failure", .wordOrder),
        ("breast cancer", "cancer of the breast", .wordOrder), ("cancer of the breast", "breast cancer", .wordOrder),
        ("haemorrhage", "hemorrhage", .spelling), ("hemorrhage", "haemorrhage", .spelling),
        ("oedema", "edema", .spelling), ("brain tumor", "brain tumours", .spelling),
        ("diarrhea", "diarrhoea", .spelling), ("sulfasalazine", "sulphasalazine", .spelling),
        ("localised pain", "localized pain", .spelling), ("leukaemia", "leukemias", .spelling),
        ("gray matter", "grey matter", .spelling), ("calibre", "caliber", .spelling),
        ("paralyzed", "paralysed", .spelling), ("anaesthesia", "anesthesia", .spelling),
        ("oesophageal varices", "esophageal varices", .spelling), ("orthopaedic shoe", "orthopedic shoe", .spelling),
        ("metoprolol", "metprolol", .edit), ("adrenaline", "adrenalin", .edit), ("metoprolol", "metroprolol", .edit),
        ("metoprolol", "metoprolil", .edit),
        ("metoprolol", "meotprolol", .edit), ("acute pneumonia", "acute pnuemonia", .edit),
        ("hypertension", "hypertensions", .inflection),
    ]

    @Test("finds each variant and says which it is", arguments: all)
    func findsVariants(_ example: (term: String, text: String, variant: MatchVariant)) {
        let matcher = LexiconMatcher([lexicon([example.term])], options: .allVariants)
        #expect(found(matcher, example.text).map(\.variant) == [example.variant])
    }

    static let none: [(term: String, text: String)] = [
        // The first letter, two edits, short words, common words, other terms' words.
        ("metoprolol", "netoprolol"), ("metoprolol", "metprlol"), ("aspirin", "asprin"), ("fracture", "feature"),
        ("precedent", "pretendent"), ("patienta", "patient"), ("cefotaxime", "cefoxime"),
        ("metoprolol", "metoprolo"), ("arthritis", "arthritic"), ("collagen", "collage"), ("creatine", "creating"),
        ("curae", "cure"), ("Retin-A", "retina"), ("B-ALL", "ball"),
        // Across what divides words, lists, case.
        ("nausea pain", "pain, nausea and fever"), ("=MS", "ms"), ("hour", "hor"), ("chest pain", "chest and pain"),
        ("pain", "painful"), ("infection of the skin and bone", "skin and bone infection"),
    ]

    @Test("finds nothing where a variant would go too far", arguments: none)
    func findsNothing(_ example: (term: String, text: String)) {
        let matcher = LexiconMatcher([lexicon([example.term])], options: .allVariants)
        #expect(found(matcher, example.text) == [])
    }

    @Test("each kind is found only when asked for", arguments: all)
    func optionsSayWhichAreOn(_ example: (term: String, text: String, variant: MatchVariant)) {
        let options = LexiconMatching(variants: [.exact])
        let withoutAny = found(LexiconMatcher([lexicon([example.term])], options: options), example.text)
        // A blank for a hyphen is no other form of the words.
        let isSameWords =
            example.variant == .hyphen
            && FoldedWords(term: example.term).count == FoldedWords(term: example.text).count
        #expect(withoutAny.isEmpty == (example.variant != .exact && !isSameWords))
        let only = LexiconMatching(variants: [.exact, example.variant])
        #expect(
            found(LexiconMatcher([lexicon([example.term])], options: only), example.text).map(\.variant)
                == [example.variant])
    }

    @Test func aWordOfAnotherTermIsNoMisspelling() {
        let matcher = LexiconMatcher([lexicon(["prednisone", "prednisolone"])], options: .allVariants)
        #expect(
            found(matcher, "prednisone, prednisolone, prednisonee").map(\.term) == [
                "prednisone", "prednisolone", "prednisone",
            ])
    }

    @Test func aWordThatIsNamedIsNoMisspelling() {
        var options = LexiconMatching.allVariants
        options.commonWords = ["ceftriaxon"]
        #expect(found(LexiconMatcher([lexicon(["ceftriaxone"])], options: options), "ceftriaxon") == [])
    }

    @Test func theNearestEntryCounts() {
        let matcher = LexiconMatcher(
            [lexicon(["cell carcinoma, renal", "renal cell carcinoma", "haemorrhage", "hemorrhage"])],
            options: .allVariants)
        #expect(found(matcher, "renal cell carcinoma").map(\.term) == ["renal cell carcinoma"])
        #expect(found(matcher, "hemorrhage and haemorrhage").map(\.term) == ["hemorrhage", "haemorrhage"])
    }

    @Test func allMatchesAreEveryEntryAtEveryPlace() {
        let options = LexiconMatching(overlap: .all)
        let matcher = LexiconMatcher([lexicon(["chest pain", "pain", "Chest pains", "chest"])], options: options)
        #expect(
            found(matcher, "chest pain").map(\.description) == [
                "l: chest = chest (exact)", "l: chest pain = chest pain (exact)",
                "l: chest pain = Chest pains (inflection)", "l: pain = pain (exact)",
            ])
    }

    @Test func eachLexiconHasVariantsOfItsOwn() {
        var lenient = lexicon(["haemorrhage", "metoprolol"], name: "lenient")
        lenient.variants = [.exact, .spelling]
        let strict = lexicon(["haemorrhage", "metoprolol"], name: "strict")
        let matcher = LexiconMatcher([strict, lenient])
        #expect(
            found(matcher, "hemorrhage, haemorrhage, metoprolil").map(\.description) == [
                "lenient: hemorrhage = haemorrhage (spelling)", "strict: haemorrhage = haemorrhage (exact)",
                "lenient: haemorrhage = haemorrhage (exact)",
            ])
    }
}
