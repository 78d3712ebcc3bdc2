/// The classes and functions that a pickle of weights may name: an allow-list, none of which runs any code of Python.
enum PickleGlobal: Equatable {
    /// `collections.OrderedDict`, which a state dict is.
    case orderedDictionary
    /// `torch._utils._rebuild_tensor_v2` and, of PyTorch before 0.4, `_rebuild_tensor`.
    case rebuildTensor
    /// `torch._utils._rebuild_parameter`.
    case rebuildParameter
    /// A class of storage, such as `torch.FloatStorage`, with its elements' type in safetensors' names.
    case storage(typeName: String)

    private static let storageTypes = [
        "DoubleStorage": "F64", "FloatStorage": "F32", "HalfStorage": "F16", "BFloat16Storage": "BF16",
        "LongStorage": "I64", "IntStorage": "I32", "ShortStorage": "I16", "CharStorage": "I8", "ByteStorage": "U8",
        "BoolStorage": "BOOL",
    ]

    /// Nothing where the name is not on the list.
    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDictionary
        case ("torch._utils", "_rebuild_tensor_v2"), ("torch._utils", "_rebuild_tensor"): self = .rebuildTensor
        case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
        case ("torch", _):
            guard let typeName = Self.storageTypes[name] else { return nil }
            self = .storage(typeName: typeName)
        default: return nil
        }
    }
}
