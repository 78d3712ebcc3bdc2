import CorpusIO
import Foundation
import TestSupport
import Testing

/// Formats that share an ending are told apart by what is in them.
@Suite struct FormatRecognitionTests {
    @Test(
        arguments: [
            ("a.jsonl", "{\"id\":\"1\",\"text\":\"a\"}", .jsonl),
            ("a.jsonl", "{\"id\":\"1\",\"text\":\"a\",\"entities\":[]}", .jsonl),
            ("a.jsonl", "{\"id\":\"1\",\"text\":\"a\",\"entities\":[{\"type\":\"X\",\"spans\":[[0,1]]}]}", .jsonl),
            ("a.jsonl", "{\"id\":\"1\",\"text\":\"a\",\"labels\":[{\"name\":\"x\"}]}", .jsonl),
            ("a.jsonl", "{\"text\":\"a\",\"label\":[]}", .doccano),
            ("a.jsonl", "{\"text\":\"a\",\"label\":[[0,1,\"X\"]]}", .doccano),
            ("a.jsonl", "{\"id\":1,\"text\":\"a\",\"labels\":[[0,1,\"X\"]]}", .doccano),
            ("a.jsonl", "{\"id\":1,\"text\":\"a\",\"entities\":[],\"relations\":[],\"Comments\":[]}", .doccano),
            (
                "a.jsonl",
                "{\"id\":1,\"text\":\"a\",\"entities\":[{\"id\":1,\"label\":\"X\",\"start_offset\":0,\"end_offset\":1}]}",
                .doccano
            ),
            ("a.json", "[{\"text\":\"a\",\"label\":[\"x\"]}]", .doccano),
            ("a.jsonl", "{\"text\":\"a\",\"entities\":[]}", .spacy),
            ("a.jsonl", "{\"id\":1,\"text\":\"a\",\"entities\":[[0,1,\"X\"]]}", .spacy),
            ("a.jsonl", "[\"a\",{\"entities\":[[0,1,\"X\"]]}]", .spacy),
            ("a.json", "[[\"a\",{\"entities\":[[0,1,\"X\"]]}]]", .spacy),
            ("a.json", "{\"text\":\"a\",\"ents\":[{\"start\":0,\"end\":1,\"label\":\"X\"}]}", .spacy),
            ("a.jsonl", "{\"text\":\"a\",\"_input_hash\":1,\"_task_hash\":2}", .prodigy),
            ("a.jsonl", "{\"text\":\"a\",\"spans\":[{\"start\":0,\"end\":1,\"label\":\"X\"}]}", .prodigy),
            ("a.jsonl", "{\"text\":\"a\",\"answer\":\"accept\"}", .prodigy),
            ("a.json", "[{\"id\":1,\"data\":{\"text\":\"a\"},\"annotations\":[]}]", .labelStudio),
            ("a.json", "[{\"id\":1,\"data\":{\"text\":\"a\"},\"predictions\":[]}]", .labelStudio),
            ("a.jsonl", "{\"id\":1,\"data\":{\"text\":\"a\"},\"annotations\":[]}", .labelStudio),
            ("a.json", "[{\"id\":1,\"text\":\"a\",\"annotator\":1,\"annotation_id\":2}]", .labelStudio),
            ("a.json", "{\"text\":\"a\"}", .table),
            ("a.json", "[{\"text\":\"a\",\"label\":\"x\",\"data\":\"y\"}]", .table),
            (
                "a.xmi",
                "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"><c:Sofa xmlns:c=\"c\" xmi:id=\"1\" sofaString=\"a\"/></xmi:XMI>",
                .xmi
            ),
            (
                "a.xml",
                "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"><c:Sofa xmlns:c=\"c\" xmi:id=\"1\" sofaString=\"a\"/></xmi:XMI>",
                .xmi
            ),
        ] as [(String, String, CorpusFormat)])
    func tellsAFormatByItsFirstRecords(_ name: String, _ content: String, _ format: CorpusFormat) throws {
        let result = try read(name, content)
        #expect(result.format == format)
        #expect(result.corpus.documents.map(\.text) == ["a"])
    }

    /// The first records may have nothing that tells, and members may be looked for behind a long text.
    @Test func looksAtMoreThanTheFirstRecord() throws {
        let plain = "{\"id\":1,\"text\":\"a\"}\n"
        #expect(try read("a.jsonl", plain + "{\"id\":2,\"text\":\"b\",\"label\":[[0,1,\"X\"]]}\n").format == .doccano)
        let long = String(repeating: "\\\"] } ", count: 8_000)
        #expect(try read("a.jsonl", "{\"text\":\"\(long)\",\"label\":[[0,1,\"X\"]]}\n").format == .doccano)
        // What breaks off within a string, behind 64 KiB, is ours.
        #expect(
            try read("a.jsonl", "{\"id\":\"1\",\"text\":\"\(String(repeating: long, count: 3))\"}\n").format == .jsonl)
    }
}
