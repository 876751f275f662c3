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
        guard text.contains(":") else { return nil }
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        // "::" shows as an empty group in the middle, two at an end.
        var groups: [Substring?] = []
        var index = 0
        while index < halves.count {
            if halves[index].isEmpty {
                if groups.contains(where: { $0 == nil }) { return nil }
                groups.append(nil)
                let isEdge = index == 0 || index == halves.count - 2
                if isEdge {
                    guard index + 1 < halves.count, halves[index + 1].isEmpty else { return nil }
                    index += 1
                }
            } else {
                groups.append(halves[index])
            }
            index += 1
        }
        return bytes(of: groups)
    }

    private static func bytes(of groups: [Substring?]) -> [UInt8]? {
        var head: [UInt8] = []
        var tail: [UInt8]?
        for (index, group) in groups.enumerated() {
            guard let group else {
                tail = []
                continue
            }
            let read: [UInt8]
            if index == groups.count - 1, let four = version4(group) {
                read = four
            } else {
                guard (1...4).contains(group.utf8.count), group.utf8.allSatisfy({ $0 != 43 && $0 != 45 }),
                    let word = UInt16(group, radix: 16)
                else { return nil }
                read = [UInt8(word >> 8), UInt8(word & 255)]
            }
            if tail == nil { head += read } else { tail? += read }
        }
        guard let tail else { return head.count == 16 ? head : nil }
        let missing = 16 - head.count - tail.count
        return missing >= 0 ? head + [UInt8](repeating: 0, count: missing) + tail : nil
    }
}
