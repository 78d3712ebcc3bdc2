import Testing

@testable import ClinicalText

@Suite struct TagSchemeTests {
    private let scheme = TagScheme(types: ["Disease", "Medication"])

    @Test func `tags have the names that files use`() {
        #expect(
            (0..<scheme.count).map(scheme.name(of:)) == ["O", "B-Disease", "I-Disease", "B-Medication", "I-Medication"])
    }

    @Test func `begin and inside know their type`() {
        for (index, type) in scheme.types.enumerated() {
            #expect(scheme.index(of: type) == index)
            #expect(scheme.typeIndex(of: scheme.begin(index)) == index)
            #expect(scheme.typeIndex(of: scheme.inside(index)) == index)
            #expect(scheme.isBegin(scheme.begin(index)) && !scheme.isInside(scheme.begin(index)))
            #expect(scheme.isInside(scheme.inside(index)) && !scheme.isBegin(scheme.inside(index)))
        }
        #expect(scheme.typeIndex(of: TagScheme.outside) == nil)
        #expect(scheme.index(of: "Route") == nil)
    }

    @Test func `an inside tag follows only its own type and never starts`() {
        for tag in 0..<scheme.count {
            #expect(scheme.canStart(with: tag) == !scheme.name(of: tag).hasPrefix("I-"))
            for next in 0..<scheme.count {
                let isInside = scheme.name(of: next).hasPrefix("I-")
                let isSame = scheme.name(of: tag).dropFirst(2) == scheme.name(of: next).dropFirst(2)
                #expect(scheme.canFollow(tag, with: next) == (!isInside || isSame && tag != 0))
            }
        }
    }

    @Test(
        arguments: [
            ([0, 0], []), ([1, 2, 2], ["Disease 0..<3"]), ([1, 1], ["Disease 0..<1", "Disease 1..<2"]),
            ([0, 3, 4, 1, 2, 0], ["Medication 1..<3", "Disease 3..<5"]), ([], []),
            // An inside tag without its begin is read as one.
            ([0, 2, 2, 4], ["Disease 1..<3", "Medication 3..<4"]),
        ] as [([Int], [String])])
    func `a sequence of tags spells entities`(tags: [Int], expected: [String]) {
        #expect(scheme.runs(in: tags).map { "\(scheme.types[$0.typeIndex]) \($0.tokens)" } == expected)
    }
}
