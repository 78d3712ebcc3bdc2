/// A tensor as a pickle describes it: a view into a storage.
struct PickledTensor: Equatable {
    var storage: PickledStorage
    /// The first element's place in the storage, in elements.
    var offset: Int
    var shape: [Int]
    /// Elements from one to the next along each axis.
    var strides: [Int]
    /// One behind the last element's place in the storage; `offset` where there is none.
    private(set) var end: Int

    /// Nothing where the view does not lie within its storage or says more elements than that has.
    init?(storage: PickledStorage, offset: Int, shape: [Int], strides: [Int]) {
        guard offset >= 0, shape.count == strides.count, shape.count <= 64 else { return nil }
        var count = 1
        var last = offset
        for (extent, stride) in zip(shape, strides) {
            let (product, tooMany) = count.multipliedReportingOverflow(by: extent)
            guard extent >= 0, stride >= 0, !tooMany else { return nil }
            count = product
            if extent < 2 { continue }
            let (reach, tooFar) = stride.multipliedReportingOverflow(by: extent - 1)
            let (sum, tooFarInAll) = last.addingReportingOverflow(reach)
            guard !tooFar, !tooFarInAll else { return nil }
            last = sum
        }
        // A view that repeats elements could ask for any amount of memory.
        guard count <= storage.count, count == 0 || last < storage.count else { return nil }
        self.storage = storage
        self.offset = offset
        self.shape = shape
        self.strides = strides
        end = count == 0 ? offset : last + 1
    }

    /// The tensor's place in a file in which the storage lies at `start`.
    func stored(at start: Int) -> StoredTensor {
        let size = storage.elementSize
        let first = offset == end ? 0 : offset
        let behind = offset == end ? 0 : end
        return StoredTensor(
            typeName: storage.typeName, shape: shape, strides: isContiguous ? nil : strides,
            bytes: start + first * size..<start + behind * size)
    }

    /// Whether the elements lie in row-major order without gaps; an axis of one element may have any stride.
    private var isContiguous: Bool {
        if offset == end { return true }
        var expected = 1
        for (extent, stride) in zip(shape, strides).reversed() where extent != 1 {
            if stride != expected { return false }
            expected *= extent
        }
        return true
    }
}
