// swift-tools-version: 6.1
import PackageDescription

// libtorch and the pretrained encoder live outside the sources; `make setup` puts them here.
let written = Context.environment["CLINNER_DEPS"] ?? ".deps"
let deps = written.hasPrefix("/") ? written : "\(Context.packageDirectory)/\(written)"

// With CLINNER_CUDA=1, of `make setup` and of every build after it, networks can be computed on NVIDIA's GPUs.
let hasCUDA = Context.environment["CLINNER_CUDA"] == "1"
let libtorch = "\(deps)/\(hasCUDA ? "libtorch-cuda" : "libtorch")"

// libtorch's headers are not written to our warning level, hence -isystem; the rpath lets the built program find it.
let torchCompile: [CXXSetting] = [
    .unsafeFlags([
        "-isystem", "\(libtorch)/include", "-isystem", "\(libtorch)/include/torch/csrc/api/include", "-O2", "-DNDEBUG",
    ])
]
let torchLink: [LinkerSetting] = [
    .unsafeFlags(["-L\(libtorch)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(libtorch)/lib"]),
    .linkedLibrary("torch_cpu"), .linkedLibrary("c10"), .linkedLibrary(":libgomp.so.1"),
]
// Nothing of ours names what is in these two: they register themselves with libtorch_cpu when they are loaded. What
// they need in turn lies beside them.
let cudaLink: [LinkerSetting] =
    hasCUDA
    ? [
        .unsafeFlags([
            "-Xlinker", "-rpath-link", "-Xlinker", "\(libtorch)/lib", "-Xlinker", "--push-state", "-Xlinker",
            "--no-as-needed", "-ltorch_cuda", "-lc10_cuda", "-Xlinker", "--pop-state",
        ])
    ] : []

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

/// Our own targets, from the ground up: a target imports only targets above it (see the README's map).
let sources: [Target] = [
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .target(name: "Essentials", dependencies: ["CNettle"]),
    .target(name: "ClinicalText"),
    .target(name: "Evaluation", dependencies: ["Essentials", "ClinicalText"]),

    .target(name: "CICU", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    .target(name: "ICU", dependencies: ["CICU"]),
    .systemLibrary(name: "CPCRE2System", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CVectorscanSystem", pkgConfig: "libhs", providers: [.apt(["libvectorscan-dev"])]),
    .target(name: "CPatternMatching", dependencies: ["CPCRE2System", "CVectorscanSystem"]),
    .target(name: "PatternMatching", dependencies: ["CPatternMatching"]),
    .systemLibrary(name: "CLibXML2System", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(name: "CLibXML2", dependencies: ["CLibXML2System"]),
    .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
    .target(name: "CorpusIO", dependencies: ["Essentials", "ClinicalText", "CLibXML2", "CZlib"]),

    .target(name: "TextProcessing", dependencies: ["Essentials", "ClinicalText", "ICU"]),
    .target(
        name: "CorpusAnalysis",
        dependencies: ["Essentials", "ClinicalText", "Evaluation", "CorpusIO", "TextProcessing"]),
    .target(name: "SequenceInference"),
    .target(name: "Lexicons", dependencies: ["Essentials", "ClinicalText", "CorpusIO", "TextProcessing"]),
    .target(name: "LabelModels", dependencies: ["SequenceInference"]),
    .target(
        name: "WeakLabeling",
        dependencies: [
            "Essentials", "ClinicalText", "Evaluation", "TextProcessing", "PatternMatching", "Lexicons", "LabelModels",
            yams,
        ]),
    .target(
        name: "FeatureTagging",
        dependencies: ["Essentials", "ClinicalText", "SequenceInference", "TextProcessing", "Lexicons"]),
    .target(name: "Tokenization", dependencies: ["Essentials", "ClinicalText", "ICU"]),
    .target(name: "ErrorAnalysis", dependencies: ["ClinicalText", "Evaluation"]),
    .target(
        name: "Reporting", dependencies: ["Essentials", "Evaluation", "ErrorAnalysis", mustache],
        resources: [.embedInCode("Templates")]),

    .target(
        name: "CTorch", cxxSettings: torchCompile + [.headerSearchPath("gloo-stubs")],
        linkerSettings: torchLink + cudaLink),
    .target(name: "Torch", dependencies: ["CTorch"]),
    .target(name: "TorchNN", dependencies: ["Essentials", "Torch"]),
    .target(
        name: "Models",
        dependencies: [
            "Essentials", "ClinicalText", "SequenceInference", "Tokenization", "Torch", "TorchNN",
        ]),
    .target(
        name: "Training", dependencies: ["Essentials", "ClinicalText", "Tokenization", "Torch", "TorchNN", "Models"]),

    .target(
        name: "Workflows",
        dependencies: [
            "Essentials", "ClinicalText", "Evaluation", "CorpusIO", "TextProcessing", "CorpusAnalysis", "Lexicons",
            "WeakLabeling", "FeatureTagging", "Tokenization", "ErrorAnalysis", "Reporting", "Torch", "TorchNN",
            "Models",
            "Training",
            yams,
        ]),
    .executableTarget(
        name: "clinner",
        dependencies: ["Essentials", "CorpusIO", "CorpusAnalysis", "Lexicons", "Workflows", argumentParser]),
    // No product: only the benchmarks run it.
    .executableTarget(
        name: "measure",
        dependencies: [
            "Essentials", "ClinicalText", "Evaluation", "CorpusIO", "TextProcessing", "SequenceInference", "Lexicons",
            "LabelModels", "WeakLabeling", "FeatureTagging",
            yams,
        ]),
    // The same for what needs libtorch.
    .executableTarget(
        name: "measure-training",
        dependencies: [
            "Essentials", "ClinicalText", "SequenceInference", "Tokenization", "Torch", "TorchNN", "Models", "Training",
        ]),
]

/// One folder of tests a target, named after it.
let tests: [Target] =
    [.target(name: "TestSupport", dependencies: ["Essentials", "ClinicalText"], path: "Tests/TestSupport")]
    + [
        "Essentials", "ClinicalText", "Evaluation", "ICU", "PatternMatching", "CorpusIO", "TextProcessing",
        "CorpusAnalysis", "SequenceInference", "Lexicons", "LabelModels", "WeakLabeling", "FeatureTagging",
        "Tokenization", "ErrorAnalysis", "Reporting", "Torch", "TorchNN", "Models", "Training", "Workflows",
    ].map { name in
        // Tests of the tokenizer encode segmented documents, those of the official scorers read the tasks' files.
        let more: [Target.Dependency] = ["Tokenization": ["TextProcessing"], "Evaluation": ["CorpusIO"]][name] ?? []
        return .testTarget(name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + more)
    }
    + [.testTarget(name: "PackageTests", dependencies: ["TestSupport"])]

let package = Package(
    name: "clinner",
    products: [.executable(name: "clinner", targets: ["clinner"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: sources + tests,
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx20
)
