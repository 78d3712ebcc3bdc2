import ErrorAnalysis
import Evaluation
import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite struct ErrorReportPageTests {
    /// The elements that HTML closes by itself, and those of SVG that we write closed.
    private static let void: Set<String> = ["meta", "input", "line", "rect", "polyline", "circle"]

    /// The names of elements that are closed in another order than they were opened.
    private func badlyNested(_ html: String) throws -> [String] {
        // Style and script hold no markup.
        let body = html.replacing(try Regex("(?s)(<style>|<script>).*?(</style>|</script>)"), with: "")
        var open: [String] = []
        var bad: [String] = []
        for match in body.matches(
            of: try Regex("<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>", as: (Substring, Substring, Substring).self))
        {
            let name = String(match.output.2)
            if Self.void.contains(name) { continue }
            if match.output.1.isEmpty {
                open.append(name)
            } else if open.popLast() != name {
                bad.append(name)
            }
        }
        return bad + open
    }

    @Test func thePageIsWellNestedAndComplete() throws {
        let html = try ErrorReportPage.render(MadeUpRun.summary())
        #expect(try badlyNested(html).isEmpty)
        #expect(!html.contains("{{") && !html.contains("}}"))
        for anchor in [
            "types", "look", "errors", "abbreviation", "length", "training", "section", "confusion", "surfaces",
            "examples", "model", "facts",
        ] {
            #expect(html.contains("id=\"\(anchor)\""), "\(anchor)")
        }
        let targets = html.matches(of: try Regex("href=\"#([a-z-]+)\"", as: (Substring, Substring).self)).map {
            $0.output.1
        }
        #expect(targets.count > 10)
        for target in targets { #expect(html.contains("id=\"\(target)\""), "a link to #\(target)") }
    }

    @Test func theFiguresOnThePageAreThoseOfTheSummary() throws {
        let summary = try MadeUpRun.summary()
        let html = try ErrorReportPage.render(summary)
        let test = try #require(summary.evaluations.last?.result)
        #expect(html.contains("<span class=\"big-value\">\(String(format: "%.3f", test.micro.f1))</span>"))
        let interval = try #require(test.microIntervals?.f1)
        #expect(html.contains(String(format: "95\u{202F}%% interval %.3f–%.3f", interval.lower, interval.upper)))
        for type in test.types {
            #expect(
                html.contains(
                    "<tr><th scope=\"row\">\(type.type)</th><td class=\"n strong\">\(String(format: "%.3f", type.counts.f1))</td>"
                ))
        }
        #expect(html.contains("went from <b>18.42</b> to <b>11.07</b> (−40\u{202F}%)"))
        #expect(html.contains("12\u{202F}034"))
        #expect(html.contains("clinner adapt corpora/quickstart.yml --seed 20240"))
    }

    @Test func thePageLoadsNothing() throws {
        let html = try ErrorReportPage.render(MadeUpRun.summary())
        for loader in ["http:", "https:", "//www", " src=", "@import", "url(", "<link", "<iframe", "fetch(", "XMLHttp"]
        {
            #expect(!html.contains(loader), "\(loader)")
        }
        #expect(html.contains("default-src 'none'"))
    }

    @Test func theSameSummaryGivesTheSamePage() throws {
        #expect(try ErrorReportPage.render(MadeUpRun.summary()) == ErrorReportPage.render(MadeUpRun.summary()))
    }

    /// Text of notes, names of types, files and sections may hold anything.
    @Test(arguments: [
        "<script>alert(1)</script>", "\"\u{301} onclick=\"x", "'\u{301}>", "<\u{301}b>", "a&lt;b", "</style>",
        "{{{style}}}",
    ])
    func hostileTextStaysText(_ text: String) throws {
        var summary = try MadeUpRun.summary(notes: 6)
        let clean = try ErrorReportPage.render(summary)
        func rename(_ name: String) -> String { name == "Symptom" ? text : name }
        summary.name = text
        summary.title = text
        summary.encoder = text
        summary.commands = [text]
        summary.corpus[0].name = text
        summary.steps[0].name = text
        summary.labeling?.rows[0].function = text
        summary.silver[0].type = text
        summary.training[0].stage = text
        summary.evaluations[1].name = text
        summary.analyzedSplit = text
        summary.evaluations[1].result.types[1].type = text
        summary.evaluations[1].result.goldOfOtherTypes[text] = 1
        summary.errors.outcomes[1].type = text
        summary.errors.confusion.types[1] = text
        summary.errors.costlySurfaces[0].surface = text
        for index in summary.errors.examples.indices {
            summary.errors.examples[index].document = text
            summary.errors.examples[index].section = text
            summary.errors.examples[index].context = text
            summary.errors.examples[index].gold?.type = text
        }
        for table in summary.errors.tables.indices {
            for bucket in summary.errors.tables[table].buckets.indices {
                summary.errors.tables[table].buckets[bucket].name = text
            }
        }
        let html = try ErrorReportPage.render(summary)
        #expect(try badlyNested(html).isEmpty)
        // Compared as bytes, since a combining accent hides the character before it from `contains`. As it stands the
        // text may occur no more often than in a clean page (which has a `</style>` of its own); escaped, everywhere.
        let escaped = HTMLText().escapeText(text)
        #expect(occurrences(of: escaped, in: html) > 40)
        if escaped != text { #expect(occurrences(of: text, in: html) == occurrences(of: text, in: clean)) }
    }

    private func occurrences(of needle: String, in page: String) -> Int {
        Data(page.utf8).split(separator: Data(needle.utf8)).count - 1
    }

    @Test func aBareRunStillMakesAPage() throws {
        let nothing = ErrorAnalysisResult(
            documents: 0, outcomes: [], boundaries: [], tables: [], confusion: ConfusionMatrix(types: []),
            costlySurfaces: [],
            examples: [])
        let summary = RunSummary(
            name: "bare", title: "Bare", seed: 1, encoder: "none", corpus: [],
            evaluations: [
                RunSummary.SplitEvaluation(
                    name: "test", result: EvaluationResult(rule: .strict, documents: 0, types: []))
            ], errors: nothing)
        let html = try ErrorReportPage.render(summary)
        #expect(try badlyNested(html).isEmpty)
        #expect(html.contains("Every gold mention was found exactly"))
        #expect(html.contains("The run tagged with a model that was there before."))
        for absent in [
            "id=\"examples\"", "id=\"surfaces\"", "Silver corpus", "Perplexity", "Fine-tuning", "nan", "inf<",
        ] {
            #expect(!html.contains(absent), "\(absent)")
        }
    }

    /// A name that no view has would silently stay empty on the page.
    @Test func everyNameInATemplateIsAPropertyOfAView() throws {
        let sources = "\(SharedData.packageRoot)/Sources/Reporting"
        func texts(_ folder: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder).map {
                try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
            }
        }
        let properties = Set(
            try texts("\(sources)/Views").flatMap {
                $0.matches(of: try Regex("let ([a-zA-Z0-9]+):", as: (Substring, Substring).self)).map {
                    String($0.output.1)
                }
            })
        let names = try texts("\(sources)/Templates").flatMap {
            $0.matches(of: try Regex(#"\{\{\{?[#^/]?([a-zA-Z0-9.]+)\}"#, as: (Substring, Substring).self)).map {
                String($0.output.1)
            }
        }
        #expect(names.count > 100)
        for name in Set(names) where name != "." {
            for part in name.split(separator: ".") { #expect(properties.contains(String(part)), "\(name)") }
        }
    }

    @Test func aSummarySurvivesJSON() throws {
        let summary = try MadeUpRun.summary(notes: 4)
        #expect(try JSONDecoder().decode(RunSummary.self, from: JSONEncoder().encode(summary)) == summary)
    }
}
