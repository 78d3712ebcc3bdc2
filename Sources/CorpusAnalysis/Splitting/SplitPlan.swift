import ClinicalText
import Essentials
import Foundation

/// Which document goes into which set, and the digests by which that can be checked.
public struct SplitPlan: Sendable, Equatable {
    /// One set of a plan.
    public struct Part: Sendable, Equatable, Codable {
        /// `train`, `dev` or `test`.
        public var name: String
        /// How many documents it has.
        public var documents = 0
        /// How many patients, or groups of documents that must stay together.
        public var groups = 0
        /// How many mentions.
        public var mentions = 0
        /// How many mentions of each type.
        public var types: [String: Int] = [:]
        /// The SHA-256 digest of the ids in the order of the corpus, a line feed after each.
        public var idsSHA256 = ""
        /// The SHA-256 digest of the lines `ID TAB DIGEST`, the digest being that of the document's text.
        public var textsSHA256 = ""
    }

    /// The name of each document's set, by the document's id.
    public let sets: [String: String]
    /// The sets in their order.
    public let parts: [Part]

    /// Divides documents into sets so that the documents of a patient, and documents with the same text, stay together
    /// and the mentions of every type are shared out like the documents.
    ///
    /// The same documents, rule, shares and seed give the same plan.
    ///
    /// - Parameter patients: how the patient of a note is known; nothing to divide by document.
    /// - Throws: ``SplitError``.
    public init(_ items: [SplitItem], shares: SplitShares, patients: PatientRule?, seed: UInt64) throws {
        let groups = try Self.groups(of: items, patients: patients)
        let count = (groups.max() ?? -1) + 1
        guard count >= shares.sets.count else { throw SplitError.tooFew(groups: count, sets: shares.sets.count) }
        var balancer = SplitBalancer(items: items, groups: groups, count: count, shares: shares, seed: seed)
        let assigned = balancer.assignment()
        var sets: [String: String] = [:]
        for (item, group) in zip(items, groups) { sets[item.id] = shares.sets[assigned[group]].name }
        self.sets = sets
        parts = shares.sets.indices.map { set in
            let members = items.indices.filter { assigned[groups[$0]] == set }
            return Self.part(
                shares.sets[set].name, items: members.map { items[$0] }, groups: Set(members.map { groups[$0] }).count)
        }
    }

    /// Numbers from 0, the same for documents that stay together.
    private static func groups(of items: [SplitItem], patients: PatientRule?) throws -> [Int] {
        let keys = try patients?.patients(of: items) ?? items.map(\.id)
        var parents = Array(items.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while parents[index] != index {
                parents[index] = parents[parents[index]]
                index = parents[index]
            }
            return index
        }
        var firstOfKey: [String: Int] = [:]
        var firstOfText: [String: Int] = [:]
        for (index, key) in keys.enumerated() {
            for first in [
                firstOfKey[key], items[index].textDigest.isEmpty ? nil : firstOfText[items[index].textDigest],
            ] {
                guard let first else { continue }
                let (left, right) = (root(first), root(index))
                // The earlier one is the root, so that numbers follow the order of the corpus.
                parents[max(left, right)] = min(left, right)
            }
            firstOfKey[key] = firstOfKey[key] ?? index
            firstOfText[items[index].textDigest] = firstOfText[items[index].textDigest] ?? index
        }
        var numbers: [Int: Int] = [:]
        return items.indices.map { index in
            let root = root(index)
            let number = numbers[root] ?? numbers.count
            numbers[root] = number
            return number
        }
    }

    private static func part(_ name: String, items: [SplitItem], groups: Int) -> Part {
        var part = Part(name: name)
        part.documents = items.count
        part.groups = groups
        for item in items { part.types.merge(item.types, uniquingKeysWith: +) }
        part.mentions = part.types.values.reduce(0, +)
        part.idsSHA256 = Digest.sha256(Data(items.map { $0.id + "\n" }.joined().utf8))
        part.textsSHA256 = Digest.sha256(Data(items.map { "\($0.id)\t\($0.textDigest)\n" }.joined().utf8))
        return part
    }
}
