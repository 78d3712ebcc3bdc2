import Testing

@testable import FeatureTagging

@Suite struct AttributeTableTests {
    private func intern(_ text: String, _ table: inout AttributeTable) -> UInt32 {
        Array(text.utf8).withUnsafeBufferPointer { table.intern($0) }
    }

    private func number(_ text: String, _ table: AttributeTable) -> UInt32? {
        Array(text.utf8).withUnsafeBufferPointer { table.number(of: $0) }
    }

    @Test func featuresAreNumberedInTheOrderTheyCome() {
        var table = AttributeTable()
        #expect(intern("w=a", &table) == 0 && intern("w=b", &table) == 1 && intern("w=a", &table) == 0)
        #expect(table.count == 2 && number("w=b", table) == 1 && number("w=c", table) == nil)
        #expect(intern("", &table) == 2 && number("", table) == 2)
        #expect(String(decoding: table.feature(1), as: UTF8.self) == "w=b" && table.feature(2).isEmpty)
    }

    @Test func manyFeaturesKeepTheirNumbersWhenTheTableGrows() {
        var table = AttributeTable()
        let texts = (0..<50_000).map { "feature \($0 * 7919 % 50_000) é" }
        for (place, text) in texts.enumerated() { #expect(intern(text, &table) == place) }
        #expect(texts.indices.allSatisfy { number(texts[$0], table) == UInt32($0) })
        #expect(texts.indices.allSatisfy { table.feature($0).elementsEqual(texts[$0].utf8) })
    }

    /// Texts that differ by zeros and in length only, at the edges of the words that the hash reads.
    @Test func zerosAndLengthsTellFeaturesApart() {
        var table = AttributeTable()
        for length in 0..<40 {
            let number = [UInt8](repeating: 0, count: length).withUnsafeBufferPointer { table.intern($0) }
            #expect(number == length)
        }
    }
}
