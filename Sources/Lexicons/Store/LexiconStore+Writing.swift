import Essentials

extension LexiconStore {
    /// Compiles `entries` and writes them to `path`, replacing what stands there in one step.
    ///
    /// - Parameter origin: what they were made from, a line an input.
    /// - Throws: ``LexiconStoreError/tooLarge(path:what:limit:)``, `FileError`.
    public static func write(_ entries: some Sequence<LexiconEntry>, to path: String, origin: String) throws {
        var compiler = LexiconCompiler()
        for entry in entries { try compiler.add(entry) }
        try compiler.write(to: path, origin: origin)
    }
}

extension LexiconCompiler {
    /// Writes the compiled lexicon to `path`, replacing what stands there in one step.
    package func write(to path: String, origin: String) throws {
        let pieces = try file(origin: origin)
        try AtomicFile.write(to: path) { writer in
            for piece in pieces { try piece.withUnsafeBytes { try writer.write($0) } }
        }
    }
}
