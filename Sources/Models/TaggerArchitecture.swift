/// What a neural tagger is made of, from the pieces to the tags.
///
/// The family's members: `bert` with `lstmUnits` 0 and `softmax` is BERT-linear, with `crf` BERT-CRF, with an LSTM
/// BERT-BiLSTM-CRF; `embeddings` with characters, LSTM and CRF is the BiLSTM-CRF of X. Ma and E. Hovy (ACL 2016) and
/// G. Lample and others (NAACL 2016).
public struct TaggerArchitecture: Hashable, Sendable, Codable {
    /// What gives each piece its vector.
    public enum Encoder: String, Hashable, Sendable, Codable, CaseIterable {
        /// All of BERT.
        case bert
        /// BERT's table of pieces alone: a piece has the same vector everywhere.
        case embeddings
    }

    /// Which of the encoder's layers are read.
    public enum Layers: String, Hashable, Sendable, Codable, CaseIterable {
        /// The last one.
        case last
        /// A learned mix of all, the embeddings among them (M. Peters and others, "Deep contextualized word
        /// representations", NAACL 2018).
        case mixed
    }

    /// How the vectors of a word's pieces become the word's.
    public enum Pooling: String, Hashable, Sendable, Codable, CaseIterable {
        /// That of the first piece.
        case first
        /// The mean of all.
        case mean
    }

    /// How scores of words become tags.
    public enum Decoder: String, Hashable, Sendable, Codable, CaseIterable {
        /// A linear-chain CRF with learned transitions.
        case crf
        /// Each word alone, by softmax; in use, tags that cannot follow each other are still ruled out.
        case softmax
    }

    /// How the entity types share the words.
    public enum Chains: String, Hashable, Sendable, Codable, CaseIterable {
        /// One chain of tags for all types: no two entities overlap.
        case one
        /// A chain for each type: entities of different types may nest and overlap.
        case perType
    }

    /// What gives each piece its vector.
    public var encoder = Encoder.bert
    /// Which of the encoder's layers are read.
    public var layers = Layers.last
    /// How the vectors of a word's pieces become the word's.
    public var pooling = Pooling.first
    /// LSTM units a direction over the characters of each word; 0 leaves the characters out.
    public var characterUnits = 0
    /// The names of the lexicon features that stand beside a word's vector, in order.
    public var features: [String] = []
    /// LSTM units a direction over the words; 0 leaves the LSTM out.
    public var lstmUnits = 200
    /// The dropout before and after the LSTM, while training.
    public var dropout = 0.1
    /// How the words' scores become tags.
    public var decoder = Decoder.crf
    /// How the entity types share the words.
    public var chains = Chains.one

    /// BERT-BiLSTM-CRF.
    public init() {}

    /// A member that reads BERT's last layer at each word's first piece.
    public init(lstmUnits: Int = 200, dropout: Double = 0.1, decoder: Decoder = .crf) {
        self.lstmUnits = lstmUnits
        self.dropout = dropout
        self.decoder = decoder
    }

    /// Whether `transformers` makes the same of the weights: `BertForTokenClassification`.
    var isPlainTokenClassification: Bool {
        encoder == .bert && layers == .last && pooling == .first && characterUnits == 0 && features.isEmpty
            && lstmUnits == 0 && decoder == .softmax && chains == .one
    }

    /// What it is made of, in words.
    public var words: String {
        var parts = [
            encoder == .embeddings
                ? "the vectors of BERT's pieces"
                : layers == .mixed ? "BERT, all layers mixed" : "BERT"
        ]
        if characterUnits > 0 { parts.append("an LSTM over characters") }
        if !features.isEmpty { parts.append("lexicon features") }
        if lstmUnits > 0 { parts.append("a bidirectional LSTM of \(lstmUnits) units a direction") }
        parts.append(decoder == .crf ? "a CRF" : "a linear map")
        return parts.joined(separator: ", ") + (chains == .perType ? " a type" : "")
    }

    /// The member's name as papers write it.
    public var name: String {
        if isPlainTokenClassification { return "BertForTokenClassification" }
        let parts = [
            encoder == .bert ? "Bert" : "", characterUnits > 0 ? "Char" : "", lstmUnits > 0 ? "BiLSTM" : "",
            decoder == .crf ? "CRF" : "Linear",
        ]
        return parts.joined()
    }
}
