import ClinicalText
import Essentials
import TestSupport
import Testing

@testable import FeatureTagging

@Suite struct FeatureTrainerTests {
    private func train(
        _ corpus: FeatureCorpus, _ settings: FeatureTrainingSettings, isParallel: Bool = true
    ) throws -> (model: FeatureModel, summary: FeatureTrainer.Summary) {
        var trainer = try FeatureTrainer(settings, isQuiet: true)
        trainer.isParallel = isParallel
        return try trainer.train(corpus)
    }

    @Test(arguments: [0, 0.01])
    func whatCanBeToldApartIsLearnedWithoutError(l1: Double) throws {
        let (model, summary) = try train(smallCorpus(), exactSettings(l1: l1))
        for note in smallNotes {
            let tags = smallScheme.tags(of: note).tags
            let found = FeatureContext().sentences(of: note).flatMap { model.decode($0) }
            #expect(found == tags)
        }
        #expect(summary.loss < 3 && summary.iterations > 5)
        #expect((l1 > 0) == (summary.weightsNotZero < summary.weights / 2))
    }

    @Test func allProcessorsLearnTheSameBitsAsOne() throws {
        let corpus = randomCorpus(sentences: 200)
        var settings = exactSettings(l1: 0.1, l2: 0.1)
        settings.minimization.maximumIterations = 15
        let (serial, first) = try train(corpus, settings, isParallel: false)
        let (parallel, second) = try train(corpus, settings, isParallel: true)
        #expect(first == second)
        #expect(serial.weights == parallel.weights && serial.chain.transitions == parallel.chain.transitions)
        #expect(serial.weights.count > 20)
    }

    @Test func rareFeaturesDoNotCountIfSo() throws {
        var settings = exactSettings()
        settings.minimumFrequency = 2
        let model = try train(smallCorpus(), settings).model
        #expect(model.weight(of: "w=aspirin", tag: smallScheme.begin(1)) != 0)
        #expect(model.weight(of: "w=warfarin", tag: smallScheme.begin(1)) == 0)
        let all = try train(smallCorpus(), exactSettings()).model
        #expect(all.weight(of: "w=warfarin", tag: smallScheme.begin(1)) > 0)
        #expect(model.featureCount < all.featureCount)
    }

    @Test(arguments: [false, true])
    func decodingKeepsToTheSchemeWhateverWasLearned(constrained: Bool) throws {
        var settings = exactSettings(l1: 0.1, l2: 1)
        settings.constrainsTraining = constrained
        settings.minimization.maximumIterations = 5
        let model = try train(randomCorpus(sentences: 60), settings).model
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<30 {
            let words = (0..<20).map { _ in Substring("w\(generator.next() % 5)x\(generator.next() % 50)") }
            let tags = model.decode(FeatureSentence(words: words))
            #expect(smallScheme.canStart(with: tags[0]))
            #expect(zip(tags, tags.dropFirst()).allSatisfy { smallScheme.canFollow($0, with: $1) })
        }
    }

    @Test func nothingToLearnFromAndBadSettingsAreErrors() throws {
        let empty = FeatureCorpus(templates: FeatureTemplates(), scheme: smallScheme)
        #expect(message { _ = try train(empty, exactSettings()) } == "the training corpus holds no sentences")
        var settings = exactSettings()
        settings.l1 = -1
        #expect(message { _ = try train(empty, settings) } == "l1 is -1.0; supported: numbers from 0")
        settings = exactSettings()
        settings.minimization.memory = 0
        #expect(message { _ = try train(empty, settings) } == "memory is 0; supported: 1 to 1000")
    }

    @Test func anErrorOfTheListenerEndsTraining() throws {
        struct Enough: Error {}
        var iterations = 0
        #expect(throws: Enough.self) {
            try FeatureTrainer(exactSettings(), isQuiet: true).train(smallCorpus()) { step in
                iterations = step.iteration
                if step.iteration == 3 { throw Enough() }
            }
        }
        #expect(iterations == 3)
    }

    @Test func entitiesOverTheEndOfASentenceBeginAgain() {
        var corpus = FeatureCorpus(templates: FeatureTemplates(), scheme: smallScheme)
        _ = corpus.add(segmented("has [breast\ncancer of|Disease] skin"), FeatureContext())
        #expect(corpus.tags == [0, 1, 1, 2, 0])
    }

    @Test func wordsWithoutFeaturesKeepTheirPlace() throws {
        var templates = FeatureTemplates()
        templates.word = false
        templates.lowercasedWord = false
        (templates.prefixLength, templates.suffixLength, templates.window) = (0, 0, 0)
        (templates.shape, templates.collapsedShape, templates.bigrams) = (false, false, false)
        templates.sentenceEnds = false
        var corpus = FeatureCorpus(templates: templates, scheme: smallScheme)
        corpus.add(FeatureSentence(words: ["plain", "HIV", "plain"]), tags: [0, 1, 0])
        corpus.add(FeatureSentence(words: ["plain"]), tags: [0])
        #expect(corpus.tokenEnds == [0, 2, 2, 2] && corpus.sentenceEnds == [3, 4])
        let model = try train(corpus, exactSettings()).model
        #expect(model.decode(FeatureSentence(words: ["plain", "HIV", "plain", "plain"])) == [0, 1, 0, 0])
    }
}
