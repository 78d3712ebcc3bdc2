/// The columns of a table of notes that is known by its header; upper and lower case do not matter.
///
/// MIMIC-III: https://mimic.mit.edu/docs/iii/tables/noteevents/, MIMIC-IV-Note: https://mimic.mit.edu/docs/iv/modules/note/,
/// OMOP: https://ohdsi.github.io/CommonDataModel/cdm54.html#note
struct NoteTable: Equatable {
    /// The column of the notes.
    let text: String
    /// The column of their ids.
    let id: String
    /// The column of the patients' ids, if there is one.
    let patient: String?

    /// Text, id and patient of the known tables; the patient's column may be missing.
    private static let known = [
        // NOTEEVENTS of MIMIC-III.
        ("text", "row_id", "subject_id"),
        // NOTE of OMOP.
        ("note_text", "note_id", "person_id"),
        // discharge and radiology of MIMIC-IV-Note.
        ("text", "note_id", "subject_id"),
    ]

    /// The table whose columns are among `columns`; nothing for one that is not known.
    init?(_ columns: [String]) {
        let named = Dictionary(columns.map { ($0.lowercased(), $0) }) { first, _ in first }
        for (text, id, patient) in Self.known {
            guard let textColumn = named[text], let idColumn = named[id] else { continue }
            self.text = textColumn
            self.id = idColumn
            self.patient = named[patient]
            return
        }
        return nil
    }
}
