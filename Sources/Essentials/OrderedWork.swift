import Foundation

/// Work that is done on several threads while its results keep the order of its inputs.
public enum OrderedWork {
    /// Takes inputs from `next` until there are none, puts each through `work` and hands the results to `consume`.
    ///
    /// `next` and `consume` are called on the calling thread, `work` on one of `threads` others (on the calling thread
    /// itself when `threads` is 1). At most eight inputs a thread are under way, so memory does not grow with their
    /// number. The first error in the order of the inputs ends everything.
    ///
    /// - Throws: what `next`, `work` or `consume` throws.
    public static func run<Input: Sendable, Output: Sendable>(
        threads: Int, next: () throws -> Input?, work: @escaping @Sendable (Input) throws -> Output,
        consume: (Output) throws -> Void
    ) throws {
        guard threads > 1 else {
            while let input = try next() { try consume(work(input)) }
            return
        }
        let crew = Crew(threads: threads, work: work)
        defer { crew.dismiss() }
        // An error of `next` comes after the results of the inputs before it.
        var end: Result<Void, any Error>?
        while true {
            while end == nil, crew.hasRoom {
                do {
                    if let input = try next() { crew.add(input) } else { end = .success(()) }
                } catch {
                    end = .failure(error)
                }
            }
            guard let result = crew.takeFirst() else { break }
            try consume(result.get())
        }
        try end?.get()
    }

    /// Some threads and what they are working on, in the order of the inputs.
    private final class Crew<Input: Sendable, Output: Sendable>: @unchecked Sendable {
        /// An input and, once it is there, its result. Guarded by the crew's lock, but for what a worker holds.
        private final class Job: @unchecked Sendable {
            let input: Input
            var result: Result<Output, any Error>?

            init(_ input: Input) { self.input = input }
        }

        private let work: @Sendable (Input) throws -> Output
        private let room: Int
        private let lock = NSCondition()
        private var jobs: [Job] = []
        private var waiting: [Job] = []
        private var isDismissed = false

        init(threads: Int, work: @escaping @Sendable (Input) throws -> Output) {
            self.work = work
            room = 8 * threads
            for _ in 0..<threads {
                let thread = Thread { self.workUntilDismissed() }
                // The default of half a megabyte is little for deep recursion in parsers.
                thread.stackSize = 8 << 20
                thread.start()
            }
        }

        var hasRoom: Bool { lock.withLock { jobs.count < room } }

        func add(_ input: Input) {
            let job = Job(input)
            lock.withLock {
                jobs.append(job)
                waiting.append(job)
                lock.broadcast()
            }
        }

        /// Waits for the result of the earliest input; nothing when none is under way.
        func takeFirst() -> Result<Output, any Error>? {
            lock.lock()
            defer { lock.unlock() }
            guard let first = jobs.first else { return nil }
            while true {
                if let result = first.result {
                    jobs.removeFirst()
                    return result
                }
                lock.wait()
            }
        }

        func dismiss() {
            lock.withLock {
                isDismissed = true
                waiting = []
                lock.broadcast()
            }
        }

        private func workUntilDismissed() {
            while let job = nextJob() {
                let result = Result { try work(job.input) }
                lock.withLock {
                    job.result = result
                    lock.broadcast()
                }
            }
        }

        private func nextJob() -> Job? {
            lock.lock()
            defer { lock.unlock() }
            while waiting.isEmpty {
                if isDismissed { return nil }
                lock.wait()
            }
            return waiting.removeFirst()
        }
    }
}
