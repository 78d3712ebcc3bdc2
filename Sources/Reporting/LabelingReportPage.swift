/// The labeling report: one HTML page that needs nothing else, no network and no other file.
public enum LabelingReportPage {
    /// Renders the page. It shows text of the notes, so it is to be kept like them.
    ///
    /// - Throws: the template library's error if a template of ours is malformed.
    public static func render(_ report: LabelingReport) throws -> String {
        let view = LabelingView(report, style: String(decoding: PackageResources.style_css, as: UTF8.self))
        return try PageTemplates.library().render(view, withTemplate: "labeling") ?? ""
    }
}
