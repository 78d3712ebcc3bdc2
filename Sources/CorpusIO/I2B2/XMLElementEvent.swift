internal import CLibXML2

/// The start of an element as the parser hands it over; valid only while the call lasts.
struct XMLElementEvent {
    /// The name; its pointers are the same for every element of the name in one document.
    let rawName: clinner_xml_name
    /// The attributes in the order of the file.
    let rawAttributes: UnsafeBufferPointer<clinner_xml_attribute>
    /// Counted from 1.
    let line: Int

    /// The name as written, with its prefix.
    var name: String { Self.text(rawName) }

    /// The attributes in the order of the file.
    var attributes: [(name: String, value: String)] {
        rawAttributes.map { (Self.text($0.name), Self.text($0)) }
    }

    /// The value of an attribute without a prefix, if it is there.
    subscript(name: StaticString) -> String? {
        rawAttributes.first { attribute in
            guard attribute.name.prefix == nil, let local = attribute.name.local else { return false }
            return name.withUTF8Buffer { Self.isSame(local, $0) }
        }.map(Self.text)
    }

    /// Whether the element has this name and no prefix.
    func isNamed(_ name: StaticString) -> Bool {
        guard rawName.prefix == nil, let local = rawName.local else { return false }
        return name.withUTF8Buffer { Self.isSame(local, $0) }
    }

    /// The value of an attribute.
    static func text(_ attribute: clinner_xml_attribute) -> String {
        String(decoding: bytes(attribute), as: UTF8.self)
    }

    /// The bytes of an attribute's value.
    static func bytes(_ attribute: clinner_xml_attribute) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: attribute.value, count: attribute.count)
    }

    /// A name as written.
    static func text(_ name: clinner_xml_name) -> String {
        let local = name.local.map { String(cString: $0) } ?? ""
        return name.prefix.map { String(cString: $0) + ":" + local } ?? local
    }

    private static func isSame(_ terminated: UnsafePointer<CChar>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for (index, byte) in bytes.enumerated() where UInt8(bitPattern: terminated[index]) != byte { return false }
        return terminated[bytes.count] == 0
    }
}
