import ClinicalText
import Essentials
import Foundation
import TestSupport
import Testing

@testable import TextProcessing

@Suite struct WordSplitterConfigurationTests {
    private static let text = "5mg/kg q6h b.i.d. [**First Name**] 1/2 tab, BP-lowering Crohn's COVID-19 q4-6h"

    @Test(
        arguments: [
            (\.partsUnits, "5mg / kg q6h b.i.d. [**First Name**] 1 / 2 tab , BP - lowering Crohn 's COVID-19 q4-6h"),
            (\.partsSlashes, "5 mg/kg q6h b.i.d. [**First Name**] 1/2 tab , BP - lowering Crohn 's COVID-19 q4-6h"),
            (\.partsFractions, "5 mg / kg q6h b.i.d. [**First Name**] 1/2 tab , BP - lowering Crohn 's COVID-19 q4-6h"),
            (\.partsHyphens, "5 mg / kg q6h b.i.d. [**First Name**] 1 / 2 tab , BP-lowering Crohn 's COVID-19 q4-6h"),
            (
                \.partsPossessives,
                "5 mg / kg q6h b.i.d. [**First Name**] 1 / 2 tab , BP - lowering Crohn's COVID-19 q4-6h"
            ),
            (
                \.keepsDottedAbbreviations,
                "5 mg / kg q6h b . i . d . [**First Name**] 1 / 2 tab , BP - lowering Crohn 's COVID-19 q4-6h"
            ),
            (
                \.keepsNumberedNames,
                "5 mg / kg q6h b.i.d. [**First Name**] 1 / 2 tab , BP - lowering Crohn 's COVID - 19 q4 - 6 h"
            ),
            (
                \.keepsDeidentificationMarks,
                "5 mg / kg q6h b.i.d. [ * * First Name * * ] 1 / 2 tab , BP - lowering Crohn 's COVID-19 q4-6h"
            ),
        ] as [(WritableKeyPath<WordSplitter.Configuration, Bool> & Sendable, String)])
    func `each option changes its pieces alone`(
        option: WritableKeyPath<WordSplitter.Configuration, Bool> & Sendable, expected: String
    ) {
        var configuration = WordSplitter.Configuration()
        configuration[keyPath: option].toggle()
        #expect(Self.words(Self.text, configuration) == expected)
    }

    @Test func `all that joins together leaves words between blanks and marks`() {
        var configuration = WordSplitter.Configuration()
        configuration.partsUnits = false
        configuration.partsSlashes = false
        configuration.partsHyphens = false
        configuration.partsPossessives = false
        #expect(
            Self.words("5mg/kg/day, 120/80 x-ray w/o s/p 67yo (Crohn's)", configuration)
                == "5mg/kg/day , 120/80 x-ray w/o s/p 67yo ( Crohn's )")
    }

    @Test func `on random text any configuration keeps tokens in order and on code points`() {
        let options: [WritableKeyPath<WordSplitter.Configuration, Bool> & Sendable] = [
            \.partsUnits, \.partsSlashes, \.partsFractions, \.partsHyphens, \.partsPossessives,
            \.keepsDottedAbbreviations, \.keepsNumberedNames, \.keepsDeidentificationMarks,
        ]
        var generator = SeededGenerator(seed: 41)
        for round in 0..<300 {
            var configuration = WordSplitter.Configuration()
            for option in options where Bool.random(using: &generator) { configuration[keyPath: option].toggle() }
            let text = RandomText.make(count: round % 50, using: &generator)
            let bytes = Array(text.utf8)
            var last = 0
            for token in WordSplitter(configuration: configuration).tokens(of: text) {
                #expect(token.span.start >= last && !token.span.isEmpty && token.span.end <= bytes.count)
                for place in [token.span.start, token.span.end] where place < bytes.count {
                    #expect(bytes[place] & 0xC0 != 0x80)
                }
                last = token.span.end
            }
        }
    }

    @Test func `a configuration is written and read`() throws {
        var configuration = WordSplitter.Configuration()
        configuration.partsHyphens = false
        let data = try JSONEncoder().encode(configuration)
        #expect(try JSONDecoder().decode(WordSplitter.Configuration.self, from: data) == configuration)
    }

    @Test func `a segmenter uses its configuration`() {
        var configuration = WordSplitter.Configuration()
        configuration.partsSlashes = false
        let segmenter = DocumentSegmenter(sectionHeaders: .none, words: configuration)
        #expect(segmenter.segmentation(of: "mg/kg daily").tokens.count == 2)
    }

    private static func words(_ text: String, _ configuration: WordSplitter.Configuration) -> String {
        WordSplitter(configuration: configuration).tokens(of: text).map { String(text.slice($0.span)) }
            .joined(separator: " ")
    }
}
