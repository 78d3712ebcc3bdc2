/// A value on the stack of an ``Unpickler``.
///
/// Containers are numbers of places in the unpickler's table, so that no value nests and none can hold itself: however
/// deep a hostile pickle goes, nothing here recurses.
enum PickleValue {
    case none
    case bool(Bool)
    case integer(Int)
    /// Of no use to a state dict: floating point, and integers of more than eight bytes.
    case otherNumber
    case text(String)
    case global(PickleGlobal)
    case tuple(Int)
    case list(Int)
    case dictionary(Int)
    indirect case storage(PickledStorage)
    indirect case tensor(PickledTensor)
}
