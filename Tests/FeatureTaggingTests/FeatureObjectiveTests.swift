import ClinicalText
import Essentials
import Foundation
import Testing

@testable import FeatureTagging

@Suite struct FeatureObjectiveTests {
    private static let variants: [FeatureTrainingSettings] = {
        let plain = exactSettings()
        var all = plain
        all.allPossibleStates = true
        all.allPossibleTransitions = true
        var constrained = all
        constrained.constrainsTraining = true
        var endless = plain
        endless.learnsEnds = false
        return [plain, all, constrained, endless]
    }()

    private func evaluate(_ objective: FeatureObjective, _ point: [Double]) -> (loss: Double, gradient: [Double]) {
        var gradient = [Double](repeating: .nan, count: point.count)
        let loss = objective.evaluate(point, gradient: &gradient)
        return (loss, gradient)
    }

    private func randomPoint(_ count: Int) -> [Double] {
        var generator = SeededGenerator(seed: 6)
        return (0..<count).map { _ in generator.unit() * 2 - 1 }
    }

    @Test(arguments: variants)
    func gradientIsThatOfFiniteDifferences(settings: FeatureTrainingSettings) {
        let objective = FeatureObjective(smallCorpus(), settings)
        let point = randomPoint(objective.dimension)
        let gradient = evaluate(objective, point).gradient
        let h = 1e-5
        // All of transitions and ends, some of the features.
        let places = Array(stride(from: 0, to: point.count, by: 11)) + (point.count - 20..<point.count)
        for place in places {
            var (above, below) = (point, point)
            above[place] += h
            below[place] -= h
            let slope = (evaluate(objective, above).loss - evaluate(objective, below).loss) / (2 * h)
            #expect(abs(gradient[place] - slope) < 1e-6, "weight \(place) of \(point.count)")
        }
    }

    /// The sum over all paths of every sentence, each scored from the layout's weights and the features' strings.
    @Test(arguments: variants)
    func lossIsThatOfEnumeratingAllPaths(settings: FeatureTrainingSettings) {
        var corpus = FeatureCorpus(templates: FeatureTemplates(), scheme: smallScheme)
        let sentences: [([Substring], [Int])] = [
            (["no", "breast", "cancer", "today"], [0, 1, 2, 0]), (["aspirin"], [3]), (["for", "HIV"], [0, 1]),
        ]
        for (words, tags) in sentences { corpus.add(FeatureSentence(words: words), tags: tags) }
        let objective = FeatureObjective(corpus, settings)
        let layout = objective.layout
        let point = randomPoint(objective.dimension)
        let paths = layout.pathScores(point)
        let extractor = FeatureExtractor(corpus.templates)
        var loss = 0.0
        for (words, tags) in sentences {
            let emissions = extractor.features(of: FeatureSentence(words: words)).map { features in
                (0..<5).map { tag in
                    features.reduce(0.0) { sum, feature in
                        let number = Array(feature.utf8).withUnsafeBufferPointer { corpus.table.number(of: $0) } ?? 0
                        let places = layout.rows[Int(number)]..<layout.rows[Int(number) + 1]
                        return sum + (places.first { Int(layout.tags[$0]) == tag }.map { point[$0] } ?? 0)
                    }
                }
            }
            func score(_ path: [Int]) -> Double {
                if settings.constrainsTraining, !isValid(path) { return -.infinity }
                var score = paths.start[path[0]] + paths.end[path[path.count - 1]]
                for (step, tag) in path.enumerated() { score += emissions[step][tag] }
                for (tag, next) in zip(path, path.dropFirst()) { score += paths.transitions[tag * 5 + next] }
                return score
            }
            var all: [[Int]] = [[]]
            for _ in words { all = all.flatMap { path in (0..<5).map { path + [$0] } } }
            loss += log(all.reduce(0) { $0 + exp(score($1)) }) - score(tags)
        }
        #expect(abs(evaluate(objective, point).loss - loss) < 1e-9)
    }

    private func isValid(_ path: [Int]) -> Bool {
        smallScheme.canStart(with: path[0])
            && zip(path, path.dropFirst()).allSatisfy { smallScheme.canFollow($0, with: $1) }
    }

    @Test func onlyWhatIsObservedHasWeightsUnlessAskedFor() {
        let corpus = smallCorpus()
        let observed = WeightLayout(corpus, Self.variants[0])
        let all = WeightLayout(corpus, Self.variants[1])
        #expect(all.tags.count == 5 * corpus.featureCount && all.transitions.count == 25)
        #expect(observed.tags.count < all.tags.count / 2 && observed.tags.count >= corpus.featureCount)
        // O B-Disease, B-Disease I-Disease, O B-Drug, B-Drug I-Drug and back, and O O.
        #expect(observed.transitions == [0, 1, 3, 5, 7, 10, 15, 19, 20])
        #expect(observed.observed.prefix(observed.tags.count).allSatisfy { $0 > 0 })
        #expect(all.observed.reduce(0, +) == observed.observed.reduce(0, +))
    }

    @Test func processorsChangeNoBit() {
        let objective = FeatureObjective(randomCorpus(sentences: 900), exactSettings())
        let point = randomPoint(objective.dimension)
        let parallel = evaluate(objective, point)
        objective.isParallel = false
        let serial = evaluate(objective, point)
        #expect(parallel.loss == serial.loss && parallel.gradient == serial.gradient)
    }
}
