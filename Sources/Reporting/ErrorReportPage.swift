import Essentials
import Foundation
internal import Mustache

/// The error report of a run: one HTML page that needs nothing else, no network and no other file.
public enum ErrorReportPage {
    /// Renders the page. It shows text of the notes, so it is to be kept like them.
    ///
    /// - Throws: the template library's error if a template of ours is malformed.
    public static func render(_ summary: RunSummary) throws -> String {
        MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
        var library = MustacheLibrary()
        for (name, bytes) in templates {
            // A partial does not inherit the way of escaping, so every template names it.
            let text = "{{% CONTENT_TYPE: \(HTMLText.name)}}\n" + String(decoding: bytes, as: UTF8.self)
            try library.register(text, named: name)
        }
        let script = String(decoding: PackageResources.script_js, as: UTF8.self)
        let view = PageView(
            summary, style: String(decoding: PackageResources.style_css, as: UTF8.self), script: script,
            scriptDigest: base64Digest(of: script))
        return library.render(view, withTemplate: "page") ?? ""
    }

    private static let templates: [(name: String, bytes: [UInt8])] = [
        ("page", PackageResources.page_mustache),
        ("headline", PackageResources.headline_mustache),
        ("first-look", PackageResources.first_look_mustache),
        ("score-table", PackageResources.score_table_mustache),
        ("score-row", PackageResources.score_row_mustache),
        ("outcomes", PackageResources.outcomes_mustache),
        ("buckets", PackageResources.buckets_mustache),
        ("confusion", PackageResources.confusion_mustache),
        ("surfaces", PackageResources.surfaces_mustache),
        ("examples", PackageResources.examples_mustache),
        ("model", PackageResources.model_mustache),
        ("line-chart", PackageResources.line_chart_mustache),
        ("facts", PackageResources.facts_mustache),
    ]

    /// The digest that lets this script run under the page's own content security policy, and no other.
    private static func base64Digest(of script: String) -> String {
        let digits = Array(Digest.sha256(Data(script.utf8)).utf8)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        return Data(bytes).base64EncodedString()
    }
}
