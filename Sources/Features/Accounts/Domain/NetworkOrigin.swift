/// Where a request comes from, as far as limits need to know: an IPv4 address, or an IPv6 network of 64 bits (ACC-7).
public struct NetworkOrigin: Sendable, Hashable {
    /// 4 bytes of IPv4, or the first 8 of IPv6.
    let network: [UInt8]
    /// The first 6 bytes of IPv6: what one customer of an operator usually holds.
    let site: [UInt8]?

    /// Reads an address as a socket or a proxy writes it; nil when it is not one.
    public init?(address: String) {
        guard address.utf8.count <= 64 else { return nil }
        var text = address[...]
        if text.hasPrefix("[") { text = text.dropFirst().prefix { $0 != "]" } }
        text = text.prefix { $0 != "%" }
        if let four = Self.version4(text) {
            network = four
            site = nil
            return
        }
        guard let sixteen = Self.version6(text) else { return nil }
        if sixteen.prefix(10).allSatisfy({ $0 == 0 }), sixteen[10] == 255, sixteen[11] == 255 {
            network = Array(sixteen.suffix(4))
            site = nil
        } else {
            network = Array(sixteen.prefix(8))
            site = Array(sixteen.prefix(6))
        }
    }

    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part in
            (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) } ? UInt8(part) : nil
        }
        return bytes.count == 4 ? bytes : nil
    }

    private static func version6(_ text: Substring) -> [UInt8]? {
        let bytes = Array(text.utf8)
        let cuts = bytes.indices.dropLast().filter { bytes[$0] == 58 && bytes[$0 + 1] == 58 }
        // ":::" counts as two.
        guard cuts.count <= 1, bytes.contains(58) else { return nil }
        guard let cut = cuts.first else {
            return groups(bytes[...]).flatMap { $0.count == 16 ? $0 : nil }
        }
        guard let head = groups(bytes[..<cut]), let tail = groups(bytes[(cut + 2)...]),
            head.count + tail.count <= 14
        else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// Groups of hexadecimal digits between colons, the last one possibly an IPv4 address.
    private static func groups(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
        guard !bytes.isEmpty else { return [] }
        var read: [UInt8] = []
        let parts = bytes.split(separator: 58, omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let text = Substring(decoding: part, as: UTF8.self)
            if index == parts.count - 1, let four = version4(text) {
                read += four
            } else {
                guard (1...4).contains(part.count), !part.contains(43), let word = UInt16(text, radix: 16) else {
                    return nil
                }
                read += [UInt8(word >> 8), UInt8(word & 255)]
            }
        }
        return read
    }
}
