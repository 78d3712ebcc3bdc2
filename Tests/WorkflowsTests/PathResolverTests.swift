import Testing

@testable import Workflows

@Suite struct PathResolverTests {
    private let resolver = PathResolver(
        configurationAt: "corpora/run.yml", environment: ["CLINNER_DATA": "/data", "CLINNER_DEPS": "/deps"])

    @Test(arguments: [
        ("sample/train", "corpora/sample/train"),
        ("../lexicons/a.tsv", "lexicons/a.tsv"),
        ("/absolute", "/absolute"),
        ("${CLINNER_DATA}/bc5cdr", "/data/bc5cdr"),
        ("${CLINNER_DATA:-elsewhere}/x", "/data/x"),
        ("${UNSET:-../shared}/x", "shared/x"),
    ])
    func pathsAreRelativeToTheConfiguration(written: String, expected: String) {
        #expect(resolver.path(written) == expected)
    }

    @Test func anEncoderWithoutASlashIsOneThatSetUpBrought() {
        #expect(resolver.encoder("minilm-l6") == "/deps/models/minilm-l6")
        #expect(resolver.encoder("./own") == "corpora/own")
    }
}
