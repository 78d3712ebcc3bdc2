import Essentials

/// What can stop a step that the parts themselves do not know of.
public enum WorkflowError: UserFacingError, Equatable {
    /// A file of the run does not hold what its step writes.
    case damagedFile(path: String, step: String)
    /// A set of notes is needed and the configuration names none.
    case missingNotes(file: String, key: String, step: String)
    /// The split file names no note of the source.
    case emptySplit(splitFile: String, split: String, path: String)
    /// The split file does not have the columns it needs.
    case badSplitFile(path: String, line: Int, reason: String)
    /// A line of what the label step wrote of each token cannot be read.
    case damagedTokens(path: String, line: Int)
    /// What the label step wrote of each token is not of these notes.
    case otherTokens(path: String, document: String)
    /// No gold note has an entity, so there is nothing to learn.
    case noEntities(path: String)
    /// A note stands in two sets, so a score would be measured on what was trained on.
    case sharedNotes(first: String, second: String, count: Int, example: String)
    /// Parts of a corpus could not be read, as the faults that were listed say.
    case leftOut(parts: String)
    /// Lines of terminologies were left out.
    case badLines(count: Int)
    /// Filters left nothing of the inputs of a lexicon.
    case emptyLexicon(inputs: [String], leftOut: String)
    /// A check found errors.
    case corpusHasErrors(count: Int)
    /// A document of this id is not among the notes.
    case unknownNote(id: String, nearest: String?)
    /// A document does not have the span that was asked for; what was asked for may be text of the note.
    case unknownSpan(document: String)
    /// What would be written lies where the input does.
    case outputIsInput(path: String)

    /// Where, what, and what to do.
    public var description: String {
        switch self {
        case .damagedFile(let path, let step):
            "\(path): not what clinner wrote; run `clinner \(step)` again"
        case .missingNotes(let file, let key, let step):
            "\(file): `\(key)` names no notes, and `clinner \(step)` needs them"
        case .emptySplit(let splitFile, let split, let path):
            "\(splitFile): no line gives the split `\(split)` to a note of \(path)"
        case .badSplitFile(let path, let line, let reason):
            "\(path):\(line): \(reason)"
        case .damagedTokens(let path, let line):
            "\(path):\(line): not what clinner wrote; run `clinner label` again"
        case .otherTokens(let path, let document):
            "\(path): no line has the tokens of `\(document)`; run `clinner label` again, and keep `text` as it was"
        case .noEntities(let path):
            "\(path): no note has an entity of the selected types; check `types` and `typeMapping`"
        case .sharedNotes(let first, let second, 1, let example):
            "1 note stands in both \(first) and \(second) (`\(example)`); take it out of one"
        case .sharedNotes(let first, let second, let count, let example):
            "\(count) notes stand in both \(first) and \(second) (the first one is `\(example)`); take them out of one"
        case .leftOut(let parts):
            "left out while reading: \(parts); `clinner check` says where, --mode repair puts right what it can"
        case .badLines(let count):
            "\(count == 1 ? "1 bad line" : "\(count) bad lines") left out, as listed; --mode strict writes nothing instead"
        case .emptyLexicon(let inputs, let leftOut):
            "\(inputs.joined(separator: ", ")): no term"
                + (leftOut.isEmpty ? "" : " is left by the filters (\(leftOut))") + "; nothing was written"
        case .corpusHasErrors(let count):
            "\(count == 1 ? "1 error" : "\(count) errors") in the corpus; --fix OUT writes a copy without what can be put right"
        case .unknownNote(let id, let nearest):
            "there is no note `\(id)` among the run's notes" + (nearest.map { "; did you mean `\($0)`?" } ?? "")
        case .unknownSpan(let document):
            "note \(document) has no such span; give START-END in code points, or words as they stand in the note"
        case .outputIsInput(let path):
            "\(path): is or joins the input, which is never written over; name another place"
        }
    }

    /// The configuration is wrong usage, a damaged file bad data.
    public var exitCode: ExitCode {
        switch self {
        case .missingNotes, .outputIsInput: .usage
        case .damagedFile, .damagedTokens, .otherTokens, .emptySplit, .badSplitFile, .noEntities, .sharedNotes,
            .leftOut, .badLines, .emptyLexicon,
            .corpusHasErrors, .unknownNote, .unknownSpan:
            .badData
        }
    }
}
