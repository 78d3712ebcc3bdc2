/// The members of the family of taggers.
public enum TaggerModel: String, Codable, CaseIterable, Sendable {
    /// Words, affixes, shapes and neighbors as features of a CRF; no network. Settings below `train.featureCRF`.
    case featureCRF = "feature-crf"
    /// Each word's vector from BERT to a tag, one word at a time.
    case bertLinear = "bert-linear"
    /// BERT and a CRF over the words.
    case bertCRF = "bert-crf"
    /// BERT and a bidirectional LSTM over the words, one word at a time.
    case bertBiLSTM = "bert-bilstm"
    /// BERT, a bidirectional LSTM and a CRF over the words.
    case bertBiLSTMCRF = "bert-bilstm-crf"
    /// The vectors of BERT's table of pieces, characters, a bidirectional LSTM and a CRF; no transformer.
    case biLSTMCRF = "bilstm-crf"
}
