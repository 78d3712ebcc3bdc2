import Foundation
import TestSupport
import Testing
import Torch

@Suite(.timeLimit(.minutes(3))) struct ProcessGroupTests {
    @Test func sumsAreThoseOfAllProcesses() throws {
        for result in try inThreads(3, { try $0.sum([1, Double($0.placement.rank), -0.5]) }) {
            #expect(result == [3, 3, -1.5])
        }
    }

    @Test func processZeroGivesItsTensorsToAll() throws {
        let results = try inThreads(3) { group in
            let rank = group.placement.rank
            let weights = Tensor(sample(50_000, rank).floats, shape: [100, 500])
            weights.requiresGradient = true
            let (numbers, scalar) = (Tensor([Int64(rank), 1 << 40]), Tensor([Float(rank) + 7], shape: []))
            try group.broadcast([weights, numbers, scalar, .zeros([0, 3])])
            try group.barrier()
            return (weights.floats(), numbers.int64s(), scalar.item)
        }
        for (weights, numbers, scalar) in results {
            #expect(weights == sample(50_000, 0).floats)
            #expect(numbers == [0, 1 << 40])
            #expect(scalar == 7)
        }
    }

    @Test("gradients add up, those that some or all processes lack as well, over several buckets")
    func denseGradients() throws {
        let sizes = [3, 1, 700_000, 500_000, 2_000_000, 5, 40_000]
        let results = try inThreads(3) { group in
            let rank = group.placement.rank
            let parameters = sizes.map { Tensor.zeros([$0]) }
            for (index, parameter) in parameters.enumerated() {
                // The second only in process 1, the sixth nowhere.
                if index == 1 && rank != 1 || index == 5 { continue }
                parameter.grad = Tensor(
                    [Float](repeating: Float(10 * rank + index), count: sizes[index]), shape: [sizes[index]])
            }
            try group.sumGradients(of: parameters, scale: 0.5)
            return parameters.map { $0.grad?.floats() }
        }
        for result in results {
            for (index, gradient) in result.enumerated() {
                let expected: Float? = index == 5 ? nil : index == 1 ? 5.5 : Float(30 + 3 * index) / 2
                #expect(gradient == expected.map { [Float](repeating: $0, count: sizes[index]) }, "parameter \(index)")
            }
        }
    }

    @Test func sumsOfAnyNumbersHaveTheSameBitsEverywhere() throws {
        let (count, width) = (leastSparseRows, 7)
        let results = try inThreads(3) { group in
            let rank = group.placement.rank
            let table = Tensor.zeros([count, width])
            table.requiresGradient = true
            let rows = (0..<60).map { Int64(($0 * $0 + rank) % 90) }
            table.rows(at: Tensor(rows)).backward(
                gradient: Tensor(sample(rows.count * width, rank).floats, shape: [rows.count, width]))
            let weights = Tensor.zeros([300_001])
            weights.grad = Tensor(sample(300_001, 10 + rank).floats, shape: [300_001])
            try group.sumGradients(of: [table, weights], scale: 1.0 / 3)
            let numbers = try group.sum(sample(5, rank))
            return (table.grad?.floats() ?? [], weights.grad?.floats() ?? [], numbers)
        }
        for (table, weights, numbers) in results {
            #expect(table == results[0].0 && weights == results[0].1 && numbers == results[0].2)
        }
        let sum = (0..<300_001).map { index in (0..<3).reduce(0) { $0 + Self.parts[$1][index] } / 3 }
        #expect(largestDifference(results[0].1, sum) < 1e-6)
    }

    private static let parts = (0..<3).map { sample(300_001, 10 + $0) }

    @Test(
        "a table's gradient adds up, sparse, dense in some process, or missing",
        arguments: [
            ["sparse", "sparse"], ["sparse", "none"], ["none", "sparse"], ["sparse", "dense"], ["none", "empty"],
        ])
    func tableGradients(kinds: [String]) throws {
        let (count, width) = (leastSparseRows, 3)
        let rows: [[Int64]] = [[5, 9, 5, 2047], [0, 9, 3]]
        let results = try inThreads(2) { group in
            let rank = group.placement.rank
            let table = Tensor.zeros([count, width])
            table.requiresGradient = true
            if kinds[rank] != "none" {
                let own = kinds[rank] == "empty" ? [] : rows[rank]
                table.rows(at: Tensor(own)).backward(
                    gradient: Tensor(
                        [Float](repeating: Float(rank + 1), count: own.count * width), shape: [own.count, width]))
            }
            // Reading the gradient makes it dense.
            if kinds[rank] == "dense" { table.grad = table.grad }
            try group.sumGradients(of: [table], scale: 2)
            // Only a sparse gradient leaves the other rows untouched.
            let touched = Tensor([Int64](repeating: 0, count: count))
            let moments = [Tensor.zeros([count, width]), Tensor.zeros([count, width])]
            stepAdamW(
                table: table, firstMoment: moments[0], secondMoment: moments[1], touched: touched,
                AdamWStep(
                    number: 1, learningRate: 0.1, betas: (0.9, 0.999), epsilon: 1e-8, weightDecay: 0, gradientScale: 1))
            return (table.grad?.floats() ?? [], touched.int64s())
        }
        var expected = [Float](repeating: 0, count: count * width)
        for rank in 0..<2 where kinds[rank] == "sparse" || kinds[rank] == "dense" {
            for row in rows[rank] {
                for column in 0..<width { expected[Int(row) * width + column] += 2 * Float(rank + 1) }
            }
        }
        for (gradient, touched) in results {
            #expect(gradient == expected)
            let isSparse = !kinds.contains("dense")
            #expect(
                (0..<count).filter { touched[$0] != 0 }
                    == (0..<count).filter { !isSparse || expected[$0 * width] != 0 })
        }
    }

    @Test func otherTensorsInAnotherProcessAreAnErrorInAll() throws {
        let errors = try inThreads(2) { group in
            let rank = group.placement.rank
            let shapes = rank == 0 ? [[2, 3]] : [[3, 2]]
            let first = message { try group.broadcast(shapes.map(Tensor.zeros)) }
            let second = message { try group.sumGradients(of: rank == 0 ? [] : [.zeros([1])]) }
            return [first, second]
        }
        for (rank, messages) in errors.enumerated() {
            #expect(
                messages[0]
                    == "process \(rank) of 2: copying tensors from process 0 failed: process 1 brings 1 tensors,"
                    + " process 0 1, or theirs differ in shape or type; look at what the other processes said, then start"
                    + " all of them again")
            #expect(messages[1].contains("process 1 brings 1 tensors, process 0 0, or"))
        }
    }

    @Test func nobodyListening() throws {
        let port = try freePort()
        let placement = ProcessPlacement(rank: 1, worldSize: 2, localRank: 0, host: "127.0.0.1", port: port)
        let text = message { _ = try ProcessGroup(placement, openingSeconds: 1) }
        #expect(text.hasPrefix("process 1 of 2 met no others at 127.0.0.1:\(port): The client socket has timed out"))
        #expect(text.contains("; process 0 must run on 127.0.0.1 and the port be open from here; where machines"))
    }

    @Test func nobodyComing() throws {
        let port = try freePort()
        let placement = ProcessPlacement(rank: 0, worldSize: 2, localRank: 0, host: "127.0.0.1", port: port)
        let text = message { _ = try ProcessGroup(placement, openingSeconds: 1) }
        #expect(text.hasPrefix("process 0 of 2 met no others at 127.0.0.1:\(port): Timed out"), "\(text)")
        #expect(text.contains("1/2 clients joined; start all of them"), "\(text)")
    }

    @Test func aPortThatIsTaken() throws {
        try withListener { port in
            let placement = ProcessPlacement(rank: 0, worldSize: 2, localRank: 0, host: "127.0.0.1", port: port)
            let text = message { _ = try ProcessGroup(placement, openingSeconds: 10) }
            #expect(text.contains("EADDRINUSE"), "\(text)")
        }
    }

    @Test func aMachineWithoutAName() throws {
        let placement = ProcessPlacement(rank: 1, worldSize: 2, localRank: 0, host: "none.invalid", port: 29_500)
        let text = message { _ = try ProcessGroup(placement, openingSeconds: 1) }
        #expect(text.hasPrefix("process 1 of 2 met no others at none.invalid:29500: "), "\(text)")
    }

    @Test("two real processes train to the same bits, close to what one process trains to")
    func realProcesses() async throws {
        let port = try freePort()
        await inProcesses { rank in
            await #expect(processExitsWith: .success) { [rank = rank as Int, port = port as Int] in
                let group = try ProcessGroup(.onThisMachine(rank: rank, of: 2, port: port))
                // Each begins with weights of its own, takes those of process 0, and sees its part of the rows.
                let model = TinyModel(seed: rank)
                try group.broadcast(model.parameters)
                for step in 1...5 {
                    model.accumulate(rank == 0 ? 0..<50 : 50..<80)
                    try group.sumGradients(of: model.parameters)
                    model.step(step)
                }
                let copies = model.parameters.map { Tensor($0.floats(), shape: $0.shape) }
                try group.broadcast(copies)
                let alone = TinyModel(seed: 0)
                for step in 1...5 {
                    alone.accumulate(0..<80)
                    alone.step(step)
                }
                for (index, parameter) in model.parameters.enumerated() {
                    #expect(parameter.floats() == copies[index].floats())
                    let expected = alone.parameters[index].floats().map(Double.init)
                    #expect(largestDifference(parameter.floats(), expected) < 1e-5)
                    #expect(largestDifference(TinyModel(seed: 0).parameters[index].floats(), expected) > 1e-3)
                }
                #expect(try group.sum([1]) == [2])
            }
        }
    }

    @Test func aProcessThatIsKilledIsAnErrorInTheOthers() async throws {
        let port = try freePort()
        await inProcesses { rank in
            await #expect(processExitsWith: rank == 1 ? .signal(SIGKILL) : .success) {
                [rank = rank as Int, port = port as Int] in
                let group = try ProcessGroup(.onThisMachine(rank: rank, of: 2, port: port), seconds: 60)
                let parameter = Tensor.zeros([10])
                for _ in 0..<3 { try group.sumGradients(of: [parameter]) }
                if rank == 1 { kill(getpid(), SIGKILL) }
                let text = message { for _ in 0..<100 { try group.sumGradients(of: [parameter]) } }
                #expect(text.hasPrefix("process 0 of 2: summing gradients failed: "))
                #expect(text.contains("onnection"), "\(text)")
                #expect(throws: ProcessGroupError.self) { try group.barrier() }
            }
        }
    }

    @Test func aProcessThatNeverComesIsAnErrorInTheOthers() throws {
        let errors = try inThreads(2, seconds: 0.3) { group in
            if group.placement.rank == 1 { Thread.sleep(forTimeInterval: 1) }
            return group.placement.rank == 1 ? "" : message { try group.barrier() }
        }
        #expect(errors[0].hasPrefix("process 0 of 2: waiting for all processes failed: Timed out waiting 300ms"))
    }
}

/// A table whose gradient is sparse and a weight: a linear function of rows of the table.
private struct TinyModel {
    let table: Tensor
    let weight: Tensor
    private let moments: [Tensor]
    private let touched = Tensor([Int64](repeating: 0, count: leastSparseRows))

    init(seed: Int) {
        table = Tensor(sample(leastSparseRows * 8, seed).floats, shape: [leastSparseRows, 8])
        weight = Tensor(sample(3 * 8, seed + 100).floats, shape: [3, 8])
        moments = [table, table, weight, weight].map { .zeros($0.shape) }
        for parameter in parameters { parameter.requiresGradient = true }
    }

    var parameters: [Tensor] { [table, weight] }

    /// Adds to the gradients of the loss over a part of the examples.
    func accumulate(_ examples: Range<Int>) {
        let rows = Tensor(examples.map { Int64($0 * 7 % 41) })
        let classes = Tensor(examples.map { Int64($0 % 3) })
        table.rows(at: rows).linear(weight: weight, bias: nil).totalCrossEntropy(targets: classes).backward()
    }

    func step(_ number: Int) {
        let step = AdamWStep(
            number: number, learningRate: 0.01, betas: (0.9, 0.999), epsilon: 1e-3, weightDecay: 0, gradientScale: 1)
        stepAdamW(table: table, firstMoment: moments[0], secondMoment: moments[1], touched: touched, step)
        stepAdamW(parameters: [weight], firstMoments: [moments[2]], secondMoments: [moments[3]], step)
        for parameter in parameters { parameter.grad = nil }
    }
}
