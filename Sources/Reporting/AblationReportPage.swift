/// The page of an ablation: one HTML file that needs nothing else. It shows no text of notes.
public enum AblationReportPage {
    /// Renders the page.
    ///
    /// - Throws: the template library's error if a template of ours is malformed.
    public static func render(_ report: AblationReport) throws -> String {
        let view = AblationView(report, style: String(decoding: PackageResources.style_css, as: UTF8.self))
        return try PageTemplates.library().render(view, withTemplate: "ablation") ?? ""
    }
}
