import Essentials
import Foundation
import TestSupport
import Testing

@Suite struct EventLogTests {
    private struct Event: Encodable {
        var step: Int
        var loss: Double
        var path: String?
    }

    @Test func appendsOneObjectALineAndKeepsWhatIsThere() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/log.jsonl"
            try EventLog(path: path).append(Event(step: 1, loss: 0.5))
            let log = try EventLog(path: path)
            try log.append(Event(step: 2, loss: 0.25, path: "a/b"))
            try log.append(["note": "x\ny"])
            #expect(
                try String(contentsOfFile: path, encoding: .utf8) == """
                    {"loss":0.5,"step":1}
                    {"loss":0.25,"path":"a/b","step":2}
                    {"note":"x\\ny"}

                    """)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func saysWhenTheFolderIsMissing() {
        #expect(throws: FileError.unwritable(path: "no/such/log", reason: "No such file or directory")) {
            try EventLog(path: "no/such/log")
        }
    }

    @Test func saysWhenTheDiskIsFull() throws {
        let log = try EventLog(path: "/dev/full")
        let error = #expect(throws: FileError.self) { try log.append(Event(step: 1, loss: 0)) }
        #expect(error?.exitCode == .inputOutput)
        #expect(error?.description.hasPrefix("/dev/full: cannot be written: ") == true)
    }
}
