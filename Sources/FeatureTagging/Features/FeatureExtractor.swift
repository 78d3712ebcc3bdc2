/// Makes the features of words from templates: strings such as `l-1=acute`, one after the other.
///
/// A feature is what its name and value spell, so that a table or another program can be asked for it: `w` the word, `l`
/// the lower-case form, `p3` and `s3` beginnings and endings, `S` and `C` shapes, `m` marks, `b` bigrams, `x` places in
/// mentions of a lexicon, `t` parts of speech, `bos` and `eos`; `+1` and `-1` say whose.
public struct FeatureExtractor: Sendable {
    /// What is looked at.
    public let templates: FeatureTemplates
    private let prefixNames: [[UInt8]]
    private let suffixNames: [[UInt8]]
    private let markNames: [(mark: WordForms.Marks, name: [UInt8])]

    /// Makes an extractor.
    public init(_ templates: FeatureTemplates) {
        self.templates = templates
        prefixNames = (0...max(templates.prefixLength, 0)).map { Array("p\($0)=".utf8) }
        suffixNames = (0...max(templates.suffixLength, 0)).map { Array("s\($0)=".utf8) }
        markNames = WordForms.Marks.names.map { ($0.mark, Array("m=\($0.name)".utf8)) }
    }

    /// The features of each word of a sentence, as strings.
    public func features(of sentence: FeatureSentence) -> [[String]] {
        var result = [[String]](repeating: [], count: sentence.words.count)
        extract(sentence) { result[$0].append(String(decoding: $1, as: UTF8.self)) }
        return result
    }

    /// Hands over the features of a sentence: the place of the word and the feature's UTF-8, word by word.
    func extract(_ sentence: FeatureSentence, _ body: (Int, UnsafeBufferPointer<UInt8>) -> Void) {
        let forms = sentence.words.map(WordForms.init)
        var line = FeatureLine()
        for word in forms.indices {
            func emit(_ parts: FeatureLine) { parts.bytes.withUnsafeBufferPointer { body(word, $0) } }
            addOwn(forms[word], &line, emit)
            addWindow(forms, word, &line, emit)
            addKnown(sentence, word, &line, emit)
        }
    }

    private func addOwn(_ forms: WordForms, _ line: inout FeatureLine, _ emit: (FeatureLine) -> Void) {
        func add(_ name: String, _ value: [UInt8]) {
            line.set(name, value)
            emit(line)
        }
        if templates.word { add("w=", forms.word) }
        if templates.lowercasedWord { add("l=", forms.lowercased) }
        for length in 1..<prefixNames.count {
            guard let prefix = forms.prefix(length) else { break }
            line.set(prefixNames[length], prefix)
            emit(line)
        }
        for length in 1..<suffixNames.count {
            guard let suffix = forms.suffix(length) else { break }
            line.set(suffixNames[length], suffix)
            emit(line)
        }
        if templates.shape { add("S=", forms.shape) }
        if templates.collapsedShape { add("C=", forms.collapsed) }
        guard templates.marks else { return }
        for (mark, name) in markNames where forms.marks.contains(mark) {
            line.set(name, [])
            emit(line)
        }
    }

    private func addWindow(
        _ forms: [WordForms], _ word: Int, _ line: inout FeatureLine, _ emit: (FeatureLine) -> Void
    ) {
        for distance in 1..<max(templates.window, 0) + 1 {
            for (other, sign) in [(word - distance, UInt8(ascii: "-")), (word + distance, UInt8(ascii: "+"))]
            where forms.indices.contains(other) {
                line.set("l", sign, distance, forms[other].lowercased)
                emit(line)
                guard templates.windowShapes else { continue }
                line.set("C", sign, distance, forms[other].collapsed)
                emit(line)
            }
        }
        guard templates.bigrams else { return }
        for (other, sign) in [(word - 1, UInt8(ascii: "-")), (word + 1, UInt8(ascii: "+"))]
        where forms.indices.contains(other) {
            line.set("b", sign, 1, forms[min(word, other)].lowercased)
            line.append(" ", forms[max(word, other)].lowercased)
            emit(line)
        }
    }

    private func addKnown(
        _ sentence: FeatureSentence, _ word: Int, _ line: inout FeatureLine, _ emit: (FeatureLine) -> Void
    ) {
        if templates.lexicon { addAround(sentence.lexiconTags, "x", word, &line, emit) }
        if templates.partsOfSpeech { addAround(sentence.partsOfSpeech, "t", word, &line, emit) }
        guard templates.sentenceEnds else { return }
        if word == 0 {
            line.set("bos", [])
            emit(line)
        }
        if word == sentence.words.count - 1 {
            line.set("eos", [])
            emit(line)
        }
    }

    /// A value of the word and of its two neighbors, where they have one.
    private func addAround(
        _ values: [String], _ name: String, _ word: Int, _ line: inout FeatureLine, _ emit: (FeatureLine) -> Void
    ) {
        guard !values.isEmpty else { return }
        for other in max(word - 1, 0)...min(word + 1, values.count - 1) where !values[other].isEmpty {
            let value = Array(values[other].utf8)
            if other == word {
                line.set("\(name)=", value)
            } else {
                line.set(name, other < word ? UInt8(ascii: "-") : UInt8(ascii: "+"), 1, value)
            }
            emit(line)
        }
    }
}
