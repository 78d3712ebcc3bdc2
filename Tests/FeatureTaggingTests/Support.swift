import ClinicalText
import Essentials
import FeatureTagging
import TestSupport

/// Settings that fit everything there is to fit.
func exactSettings(l1: Double = 0, l2: Double = 0.001) -> FeatureTrainingSettings {
    var settings = FeatureTrainingSettings()
    settings.l1 = l1
    settings.l2 = l2
    settings.minimization.maximumIterations = 200
    return settings
}

/// A document of sentences that end at line breaks, of words between blanks.
func segmented(_ marked: String, id: String = "note") -> SegmentedDocument {
    let document = document(marked: marked, id: id)
    let bytes = Array(document.text.utf8)
    var tokens: [Token] = []
    var sentences: [Sentence] = []
    var (start, first) = (0, 0)
    for place in 0...bytes.count where place == bytes.count || bytes[place] <= 0x20 {
        if place > start { tokens.append(Token(span: TextSpan(start: start, end: place))) }
        start = place + 1
        guard place == bytes.count || bytes[place] == UInt8(ascii: "\n"), tokens.count > first else { continue }
        sentences.append(
            Sentence(span: tokens[first].span.union(tokens[tokens.count - 1].span), tokens: first..<tokens.count))
        first = tokens.count
    }
    let whole = Section(name: "", header: nil, span: TextSpan(start: 0, end: bytes.count))
    return SegmentedDocument(
        document: document, segmentation: Segmentation(sections: [whole], sentences: sentences, tokens: tokens))
}

/// Notes in which neighbors tell what a word is.
let smallNotes = [
    "patient has [breast cancer|Disease] today\nshe takes [aspirin|Drug] daily",
    "no sign of [acute Ménière|Disease] today\nhe takes [warfarin sodium|Drug] daily",
    "history of [HIV|Disease] noted\nshe denies pain",
    "stopped [aspirin|Drug] after [stroke|Disease] noted\nno sign of [cancer|Disease] today",
].enumerated().map { segmented($1, id: "note \($0)") }

let smallScheme = TagScheme(types: ["Disease", "Drug"])

/// The notes as a corpus to learn from.
func smallCorpus(
    _ templates: FeatureTemplates = FeatureTemplates(), _ context: FeatureContext = FeatureContext()
) -> FeatureCorpus {
    var corpus = FeatureCorpus(templates: templates, scheme: smallScheme)
    for note in smallNotes { _ = corpus.add(note, context) }
    return corpus
}

/// A longer corpus of random words and valid random tags.
func randomCorpus(sentences: Int, seed: UInt64 = 9) -> FeatureCorpus {
    var generator = SeededGenerator(seed: seed)
    var corpus = FeatureCorpus(templates: FeatureTemplates(), scheme: smallScheme)
    for _ in 0..<sentences {
        let length = 1 + Int(generator.next() % 30)
        var tags: [Int] = []
        for _ in 0..<length {
            let tag = Int(generator.next() % 5)
            let fits = tags.last.map { smallScheme.canFollow($0, with: tag) } ?? smallScheme.canStart(with: tag)
            tags.append(fits ? tag : 0)
        }
        let words = tags.map { Substring("w\($0)x\(generator.next() % 50)") }
        corpus.add(FeatureSentence(words: words), tags: tags)
    }
    return corpus
}
