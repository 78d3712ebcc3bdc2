import SequenceInference

extension HiddenMarkovLabelModel {
    /// What is counted, or expected, on a corpus.
    struct Counts {
        let functionCount: Int
        let stateCount: Int
        /// The number of things that a function may say: a tag, or a label that it is against.
        let sayingCount: Int
        /// How often a function said a thing in a state, functions × states × sayings.
        var confusion: [Double]
        /// How often a function spoke in a state, functions × states.
        var spoken: [Double]
        /// How often there was a state.
        var states: [Double]
        /// How often a state followed another, states × states.
        var transitions: [Double]

        init(functionCount: Int, stateCount: Int, sayingCount: Int) {
            self.functionCount = functionCount
            self.stateCount = stateCount
            self.sayingCount = sayingCount
            confusion = Array(repeating: 0, count: functionCount * stateCount * sayingCount)
            spoken = Array(repeating: 0, count: functionCount * stateCount)
            states = Array(repeating: 0, count: stateCount)
            transitions = Array(repeating: 0, count: stateCount * stateCount)
        }

        /// Counts along a path of states.
        mutating func add(path: [Int], tags: [VotedTag]) {
            // A sequence begins as if outside had been before it.
            for (state, next) in zip([0] + path, path) { transitions[state * stateCount + next] += 1 }
            for state in path { states[state] += 1 }
            for tag in tags { add(tag, state: path[tag.place.token], weight: 1) }
        }

        /// Adds what is expected of a sequence.
        mutating func add(_ expected: LinearChainCRF.Expectations, tags: [VotedTag]) {
            for (place, count) in expected.transitions.enumerated() { transitions[place] += count }
            for (state, probability) in expected.tags.prefix(stateCount).enumerated() {
                transitions[state] += probability
            }
            for (place, probability) in expected.tags.enumerated() { states[place % stateCount] += probability }
            for tag in tags {
                for state in 0..<stateCount {
                    add(tag, state: state, weight: expected.tags[tag.place.token * stateCount + state])
                }
            }
        }

        private mutating func add(_ tag: VotedTag, state: Int, weight: Double) {
            let place = tag.place.function * stateCount + state
            spoken[place] += weight
            confusion[place * sayingCount + tag.said] += weight
        }
    }
}
