/// A priority queue of spans by their end, a binary heap.
struct EndQueue {
    private var items: [(end: Int, place: Int)] = []

    /// The span that ends first; of equal ends the one with the lower place.
    var first: (end: Int, place: Int)? { items.first }

    /// Adds a span.
    mutating func insert(end: Int, place: Int) {
        items.append((end, place))
        var child = items.count - 1
        while child > 0, items[child] < items[(child - 1) / 2] {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Removes the span that ends first; the queue must not be empty.
    mutating func removeFirst() {
        items.swapAt(0, items.count - 1)
        items.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < items.count && items[child] < items[least] {
                least = child
            }
            guard least != parent else { return }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
