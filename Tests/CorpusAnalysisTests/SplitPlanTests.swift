import Essentials
import Testing

@testable import CorpusAnalysis

@Suite struct SplitPlanTests {
    private func shares() throws -> SplitShares { try SplitShares(train: 0.8, dev: 0.1, test: 0.1) }

    /// Notes of patients with several notes each, with types of very different frequency.
    private func items(_ patients: Int, seed: UInt64 = 1) -> [SplitItem] {
        var generator = SeededGenerator(seed: seed)
        return (0..<patients).flatMap { patient in
            (1...Int.random(in: 1...4, using: &generator)).map { record in
                var types = ["Drug": Int.random(in: 0...20, using: &generator)]
                if patient % 3 == 0 { types["ADE"] = 1 + record }
                if patient % 20 == 0 { types["Rare"] = 1 }
                return SplitItem(
                    id: "\(900 + patient)-0\(record)", types: types, textDigest: "\(patient) \(record)")
            }
        }
    }

    @Test func everyDocumentIsInOneSetOfItsSize() throws {
        let items = items(80)
        let plan = try SplitPlan(items, shares: shares(), patients: nil, seed: 1)
        #expect(Set(plan.sets.keys) == Set(items.map(\.id)))
        let sizes = plan.parts.map(\.documents)
        #expect(sizes.reduce(0, +) == items.count)
        for (size, share) in zip(sizes, [0.8, 0.1, 0.1]) {
            #expect(abs(Double(size) - share * Double(items.count)) <= 1)
        }
        for part in plan.parts { #expect(plan.sets.values.count { $0 == part.name } == part.documents) }
    }

    @Test func noPatientIsInTwoSets() throws {
        for seed in UInt64(0)..<20 {
            let items = items(60, seed: seed)
            let plan = try SplitPlan(items, shares: shares(), patients: .recordNumber, seed: seed)
            let sets = Dictionary(grouping: items) { $0.id.prefix(3) }.values.map { notes in
                Set(notes.map { plan.sets[$0.id] })
            }
            #expect(sets.allSatisfy { $0.count == 1 })
            #expect(plan.parts.reduce(0) { $0 + $1.groups } == 60)
        }
    }

    @Test(arguments: [nil, PatientRule.recordNumber]) func typesAreSharedOutLikeDocuments(rule: PatientRule?) throws {
        for seed in UInt64(1)...10 {
            let items = items(120, seed: 3)
            let plan = try SplitPlan(items, shares: shares(), patients: rule, seed: seed)
            let totals = items.reduce(into: [:]) { $0.merge($1.types, uniquingKeysWith: +) }
            for (part, share) in zip(plan.parts, [0.8, 0.1, 0.1]) {
                for type in ["Drug", "ADE"] {
                    let wanted = share * Double(totals[type] ?? 0)
                    #expect(
                        abs(Double(part.types[type] ?? 0) - wanted) <= max(3, 0.06 * wanted),
                        "\(part.name) has \(part.types[type] ?? 0) \(type) and should have \(wanted)")
                }
                #expect((part.types["Rare"] ?? 0) >= 1)
            }
        }
    }

    @Test func theSeedDecides() throws {
        let items = items(80)
        let first = try SplitPlan(items, shares: shares(), patients: nil, seed: 1)
        #expect(try SplitPlan(items, shares: shares(), patients: nil, seed: 1) == first)
        #expect(try SplitPlan(items, shares: shares(), patients: nil, seed: 2).sets != first.sets)
    }

    @Test func notesWithTheSameTextStayTogether() throws {
        let items = (0..<40).map { SplitItem(id: "n\($0)", textDigest: "\($0 / 2)") }
        let plan = try SplitPlan(items, shares: shares(), patients: nil, seed: 4)
        for pair in 0..<20 { #expect(plan.sets["n\(2 * pair)"] == plan.sets["n\(2 * pair + 1)"]) }
    }

    @Test func digestsAreThoseOfTheIDsAndTexts() throws {
        let items = ["a", "b"].map { SplitItem(id: $0, textDigest: $0 + $0) }
        let plan = try SplitPlan(
            items, shares: SplitShares(train: 1, dev: 0, test: 0), patients: nil, seed: 1)
        // printf 'a\nb\n' | sha256sum
        #expect(
            plan.parts.map(\.idsSHA256) == ["911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2"])
        #expect(plan.parts.map(\.name) == ["train"])
    }

    @Test func aMetadataKeyNamesPatients() throws {
        let items = (0..<30).map { SplitItem(id: "n\($0)", patient: "p\($0 / 3)", textDigest: "\($0)") }
        let plan = try SplitPlan(items, shares: shares(), patients: .metadata(key: "patient"), seed: 1)
        for patient in 0..<10 {
            #expect(Set((0..<3).map { plan.sets["n\(3 * patient + $0)"] }).count == 1)
        }
    }

    @Test func whatCannotBeDividedIsRefused() throws {
        func message(_ items: [SplitItem], _ rule: PatientRule?) throws -> String {
            let shares = try shares()
            let error = #expect(throws: SplitError.self) {
                try SplitPlan(items, shares: shares, patients: rule, seed: 1)
            }
            return "\(try #require(error))"
        }
        let notes = (0..<9).map { SplitItem(id: "note\($0)", textDigest: "\($0)") }
        #expect(
            try message(notes, .recordNumber)
                == "9 documents have no patient, the first one is note0: ^(.+)[-_][^-_]+$ does not match its id; "
                + "name another --patient-pattern, or a --patient-key")
        #expect(
            try message(notes, .metadata(key: "SUBJECT_ID"))
                == "9 documents have no patient, the first one is note0: its metadata lack SUBJECT_ID; "
                + "name another key with --patient-key")
        #expect(try message(notes, .pattern("(")) == "--patient-pattern: `(` is not a regular expression")
        #expect(try message(Array(notes.prefix(2)), nil) == "2 notes or patients cannot be divided into 3 sets")
        let error = #expect(throws: SplitError.self) { try SplitShares(train: 0.8, dev: 0.1, test: 0.2) }
        #expect(
            error?.description
                == "the shares of train, dev and test must be between 0 and 1 and add up to 1, and add up to 1.1")
    }

    @Test func sizesAreTheSharesByLargestRemainder() throws {
        #expect(try shares().sizes(of: 100) == [80, 10, 10])
        #expect(try shares().sizes(of: 3) == [1, 1, 1])
        #expect(try shares().sizes(of: 15) == [12, 2, 1])
        for count in 3...200 { #expect(try shares().sizes(of: count).reduce(0, +) == count) }
    }
}
