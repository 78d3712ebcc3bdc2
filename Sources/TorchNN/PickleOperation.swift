/// The operations of pickle that state dicts need, by their codes.
///
/// Source: CPython, `Lib/pickletools.py`, whose names are in the comments.
enum PickleOperation: UInt8 {
    /// MARK
    case mark = 0x28
    /// EMPTY_TUPLE
    case emptyTuple = 0x29
    /// STOP
    case stop = 0x2E
    /// BINFLOAT
    case double = 0x47
    /// BININT
    case integer = 0x4A
    /// BININT1
    case byteInteger = 0x4B
    /// BININT2
    case shortInteger = 0x4D
    /// NONE
    case none = 0x4E
    /// BINPERSID
    case persistentID = 0x51
    /// REDUCE
    case reduce = 0x52
    /// BINSTRING, of Python 2
    case byteText = 0x54
    /// SHORT_BINSTRING, of Python 2
    case shortText = 0x55
    /// BINUNICODE
    case text = 0x58
    /// EMPTY_LIST
    case emptyList = 0x5D
    /// APPEND
    case append = 0x61
    /// BUILD
    case build = 0x62
    /// GLOBAL
    case global = 0x63
    /// APPENDS
    case appends = 0x65
    /// BINGET
    case getByte = 0x68
    /// LONG_BINGET
    case get = 0x6A
    /// BINPUT
    case putByte = 0x71
    /// LONG_BINPUT
    case put = 0x72
    /// SETITEM
    case setItem = 0x73
    /// TUPLE
    case tuple = 0x74
    /// SETITEMS
    case setItems = 0x75
    /// EMPTY_DICT
    case emptyDictionary = 0x7D
    /// PROTO
    case protocolVersion = 0x80
    /// TUPLE1
    case tuple1 = 0x85
    /// TUPLE2
    case tuple2 = 0x86
    /// TUPLE3
    case tuple3 = 0x87
    /// NEWTRUE
    case newTrue = 0x88
    /// NEWFALSE
    case newFalse = 0x89
    /// LONG1
    case long = 0x8A
}
