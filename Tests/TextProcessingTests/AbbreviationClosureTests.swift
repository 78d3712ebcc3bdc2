import ClinicalText
import TestSupport
import Testing
import TextProcessing

@Suite struct AbbreviationClosureTests {
    /// The surfaces of the closed mentions with their labels: marked mentions of type `A` have label 1, of `B` 2.
    private static func closed(_ marked: String, compounds: Set<Int> = []) throws -> [String] {
        let document = DocumentSegmenter(sectionHeaders: .none).segment(document(marked: marked, id: "a"))
        let mentions = document.document.entities.map {
            AbbreviationClosure.Mention(
                tokens: document.segmentation.tokens(overlapping: $0.hull), label: $0.type == "A" ? 1 : 2)
        }
        return AbbreviationClosure(document).closed(mentions, compounds: compounds).map(\.mention).map { mention in
            let tokens = document.segmentation.tokens
            let span = tokens[mention.tokens.lowerBound].span.union(tokens[mention.tokens.upperBound - 1].span)
            return "\(mention.label):\(document.document.text(of: span))"
        }
    }

    @Test func theShortFormGetsTheLabelOfTheLongOneEverywhere() throws {
        #expect(
            try Self.closed("Acute [heart failure|A] (HF). Chronic HF, two HFs.") == [
                "1:heart failure", "1:HF", "1:HF", "1:HFs",
            ])
    }

    @Test func theLongFormGetsTheLabelOfTheShortOneEverywhere() throws {
        #expect(
            try Self.closed("Myasthenia gravis ([MG|B]). Known myasthenia gravis.") == [
                "2:Myasthenia gravis", "2:MG", "2:myasthenia gravis",
            ])
    }

    @Test func aWordInCapitalsBehindAMentionIsItsShortFormIfItBeginsLikeIt() throws {
        #expect(try Self.closed("Given [cyclosporine|B] (CSA). CSA stopped.") == ["2:cyclosporine", "2:CSA", "2:CSA"])
        #expect(try Self.closed("Given [cyclosporine|B] (IVP). IVP stopped.") == ["2:cyclosporine"])
        #expect(try Self.closed("Given [cyclosporine|B] (daily). Then daily.") == ["2:cyclosporine"])
    }

    @Test func aShortFormWithinALongerMentionStaysPartOfIt() throws {
        #expect(
            try Self.closed("[Heart failure|A] (HF) and [right sided HF|A].") == [
                "1:Heart failure", "1:HF", "1:right sided HF",
            ])
    }

    @Test func whatIsNotExplainedStays() throws {
        #expect(try Self.closed("[Fever|A] and HF (see above).") == ["1:Fever"])
        #expect(try Self.closed("").isEmpty)
    }

    @Test func aCauseBeforeTheMentionIsPartOfTheLongForm() throws {
        #expect(
            try Self.closed("levodopa-induced [dyskinesia|A] (LID), and LID again.")
                == ["1:dyskinesia", "1:LID", "1:LID"])
        #expect(try Self.closed("basal plasma [glucose|A] (BPG), and BPG again.") == ["1:glucose"])
    }

    @Test func aShortFormBeforeAnEmptyHeadIsTheWholeMention() throws {
        #expect(
            try Self.closed("[von Hippel-Lindau (VHL) disease|A]; VHL runs in families.")
                == ["1:von Hippel-Lindau (VHL) disease", "1:VHL"])
        #expect(
            try Self.closed("[glucose dehydrogenase (GD) deficiency|A]; GD is an enzyme.")
                == ["1:glucose dehydrogenase (GD) deficiency"])
    }
}
