/// A run of numbers that a pickle refers to and that lies elsewhere in the file.
struct PickledStorage: Equatable {
    /// The elements' type in safetensors' names.
    var typeName: String
    /// The name of the record, or of the run in the old format.
    var key: String
    /// In elements.
    var count: Int

    /// Bytes an element.
    var elementSize: Int { ElementType.sizes[typeName] ?? 1 }
}
