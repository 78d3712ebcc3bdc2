/// The page of an adaptation: one HTML file that needs nothing else, no network and no other file.
public enum PretrainingReportPage {
    /// Renders the page. It shows words of the notes, so it is to be kept like them.
    ///
    /// - Throws: the template library's error if a template of ours is malformed.
    public static func render(_ report: PretrainingReport) throws -> String {
        let view = PretrainingView(report, style: String(decoding: PackageResources.style_css, as: UTF8.self))
        return try PageTemplates.library().render(view, withTemplate: "pretraining") ?? ""
    }
}
