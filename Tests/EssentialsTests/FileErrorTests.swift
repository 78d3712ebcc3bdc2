import Essentials
import Testing

@Suite struct FileErrorTests {
    @Test(
        arguments: [
            (.missing(path: "a", hint: ""), "a: no such file or folder", .missingInput),
            (.missing(path: "a", hint: "run make setup"), "a: no such file or folder; run make setup", .missingInput),
            (.wrongKind(path: "a", expected: "a file"), "a: expected a file", .missingInput),
            (.emptyFolder(path: "a", expected: "notes"), "a: the folder holds no notes", .missingInput),
            (.unreadable(path: "a", reason: "Permission denied"), "a: cannot be read: Permission denied", .inputOutput),
            (
                .unwritable(path: "a", reason: "No space left on device"),
                "a: cannot be written: No space left on device; what was there before is unchanged", .inputOutput
            ),
        ] as [(FileError, String, ExitCode)])
    func saysWhereWhatAndWhatToDo(_ error: FileError, _ message: String, _ code: ExitCode) {
        #expect(error.description == message)
        #expect(error.exitCode == code)
    }

    @Test func exitCodesAreThoseOfSysexits() {
        let codes: [ExitCode] = [.success, .usage, .badData, .missingInput, .software, .inputOutput, .interrupted]
        #expect(codes.map(\.rawValue) == [0, 64, 65, 66, 70, 74, 130])
    }
}
