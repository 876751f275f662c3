import Exchange

/// What is kept of a form that is too large, as it arrives: every field that is not itself long. What it takes in memory is bounded.
struct OverfullForm {
    /// Bytes of one field, as sent.
    static let longestField = 65_536
    /// Bytes of all those that are kept.
    static let most = 524_288
    /// A form is read to its end up to here, in bytes, and thrown away: a browser that is cut while it sends shows an error of its
    /// own, and never the page that says what to do.
    static let patience = 32 << 20

    private var pair: [UInt8] = []
    private var isLong = false
    private var kept: [UInt8] = []
    /// The names of the fields that were too long, in the order they came.
    private(set) var dropped: [String] = []

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            if byte == UInt8(ascii: "&") {
                end()
            } else if pair.count < Self.longestField {
                pair.append(byte)
            } else {
                isLong = true
            }
        }
    }

    /// The fields that were kept. Throws `Malformed` as `Fields` does.
    mutating func fields() throws -> Fields {
        end()
        return try Fields(urlencoded: kept)
    }

    private mutating func end() {
        defer {
            pair = []
            isLong = false
        }
        if !isLong, kept.count + pair.count < Self.most {
            if !kept.isEmpty { kept.append(UInt8(ascii: "&")) }
            kept += pair
        } else {
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            guard dropped.count < 20, name.count <= 200,
                let field = try? Fields(urlencoded: Array(name) + [UInt8(ascii: "=")]).all.first
            else { return }
            // A name that cannot be read is not shown: the page says that a field was too long all the same.
            dropped.append(field.name)
        }
    }
}
