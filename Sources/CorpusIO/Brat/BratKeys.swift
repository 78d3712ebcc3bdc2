import ClinicalText

/// What a document remembers of its brat files, so that they are written back as they were.
enum BratKeys {
    /// Of a document, where the annotation file is not what clinner would write: its lines in their order. Of a mention
    /// that is written as clinner would write it only the id, and ``kept`` for each line of ``Document/uninterpreted``.
    static let lines = "brat.lines"
    /// Of a document: whether the lines of its annotation file end in carriage return and line feed.
    static let carriageReturns = "brat.carriageReturns"
    /// Stands for the next line of ``Document/uninterpreted``.
    static let kept = "="
}
