internal import Mustache

/// The templates of all pages and of their parts.
enum PageTemplates {
    /// A library of the templates, in which text is escaped as ``HTMLText`` does.
    ///
    /// - Throws: the template library's error if a template of ours is malformed.
    static func library() throws -> MustacheLibrary {
        MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
        var library = MustacheLibrary()
        for (name, bytes) in templates {
            // A partial does not inherit the way of escaping, so every template names it.
            let text = "{{% CONTENT_TYPE: \(HTMLText.name)}}\n" + String(decoding: bytes, as: UTF8.self)
            try library.register(text, named: name)
        }
        return library
    }

    private static let templates: [(name: String, bytes: [UInt8])] = [
        ("page", PackageResources.page_mustache),
        ("labeling", PackageResources.labeling_mustache),
        ("pretraining", PackageResources.pretraining_mustache),
        ("ablation", PackageResources.ablation_mustache),
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
}
