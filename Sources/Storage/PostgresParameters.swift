/// Bound values in libpq's text format, in one block of memory.
struct PostgresParameters {
    private var block: [UInt8] = []
    private var starts: [Int?] = []

    init(_ values: [Value]) throws {
        starts.reserveCapacity(values.count)
        for value in values {
            switch try value.checked() {
            case .null:
                starts.append(nil)
                continue
            case .integer(let integer):
                starts.append(block.count)
                block.append(contentsOf: String(integer).utf8)
            case .real(let real):
                starts.append(block.count)
                // The shortest text that reads back as the same double; `inf` is understood.
                block.append(contentsOf: real.description.utf8)
            case .text(let text):
                starts.append(block.count)
                block.append(contentsOf: text.utf8)
            case .blob(let bytes):
                starts.append(block.count)
                let digits = Self.digits
                block.reserveCapacity(block.count + bytes.count * 2 + 3)
                block.append(UInt8(ascii: "\\"))
                block.append(UInt8(ascii: "x"))
                for byte in bytes {
                    block.append(digits[Int(byte >> 4)])
                    block.append(digits[Int(byte & 15)])
                }
            }
            block.append(0)
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)

    func withPointers<T>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> T) -> T {
        block.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                let pointers = starts.map { start in start.flatMap { characters.baseAddress?.advanced(by: $0) } }
                return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
            }
        }
    }
}
