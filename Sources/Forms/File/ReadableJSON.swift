import Exchange

/// JSON laid out for people: two spaces a level, short arrays and objects on one line.
enum ReadableJSON {
    private static let width = 110

    static func bytes(of value: JSONValue) -> [UInt8] {
        var bytes: [UInt8] = []
        write(value, level: 0, used: 0, to: &bytes)
        bytes.append(0x0A)
        return bytes
    }

    private static func write(_ value: JSONValue, level: Int, used: Int, to bytes: inout [UInt8]) {
        if let line = flat(value, room: width - level * 2 - used) {
            bytes += line
            return
        }
        switch value {
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                lineBreak(level + 1, after: index > 0, to: &bytes)
                write(item, level: level + 1, used: 0, to: &bytes)
            }
            lineBreak(level, after: false, to: &bytes)
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                lineBreak(level + 1, after: index > 0, to: &bytes)
                let name = JSONWriter.bytes(of: .string(member.name))
                bytes += name + Array(": ".utf8)
                write(member.value, level: level + 1, used: name.count + 2, to: &bytes)
            }
            lineBreak(level, after: false, to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        default: bytes += JSONWriter.bytes(of: value)
        }
    }

    private static func lineBreak(_ level: Int, after comma: Bool, to bytes: inout [UInt8]) {
        if comma { bytes.append(UInt8(ascii: ",")) }
        bytes.append(0x0A)
        bytes += Array(repeating: 0x20, count: level * 2)
    }

    /// On one line with a space after commas and colons; nil when it takes more room than there is.
    private static func flat(_ value: JSONValue, room: Int) -> [UInt8]? {
        guard room > 0 else { return nil }
        var bytes: [UInt8] = []
        switch value {
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { bytes += Array(", ".utf8) }
                guard let flat = flat(item, room: room - bytes.count) else { return nil }
                bytes += flat
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { bytes += Array(", ".utf8) }
                bytes += JSONWriter.bytes(of: .string(member.name)) + Array(": ".utf8)
                guard let flat = flat(member.value, room: room - bytes.count) else { return nil }
                bytes += flat
            }
            bytes.append(UInt8(ascii: "}"))
        default: bytes = JSONWriter.bytes(of: value)
        }
        return bytes.count <= room ? bytes : nil
    }
}
