import Essentials
import Foundation

/// The error report of a run: one HTML page that needs nothing else, no network and no other file.
public enum ErrorReportPage {
    /// Renders the page. It shows text of the notes, so it is to be kept like them.
    ///
    /// - Throws: the template library's error if a template of ours is malformed.
    public static func render(_ summary: RunSummary) throws -> String {
        let script = String(decoding: PackageResources.script_js, as: UTF8.self)
        let view = PageView(
            summary, style: String(decoding: PackageResources.style_css, as: UTF8.self), script: script,
            scriptDigest: base64Digest(of: script))
        return try PageTemplates.library().render(view, withTemplate: "page") ?? ""
    }

    /// The digest that lets this script run under the page's own content security policy, and no other.
    private static func base64Digest(of script: String) -> String {
        let digits = Array(Digest.sha256(Data(script.utf8)).utf8)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        return Data(bytes).base64EncodedString()
    }
}
