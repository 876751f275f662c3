import NIOCore

/// Where a request comes from: 4 or 16 bytes of an IP address.
public struct ClientAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 bytes for IPv4 (IPv4 mapped into IPv6 included), 16 for IPv6; empty when unknown.
    public let bytes: [UInt8]

    init(bytes: [UInt8]) {
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        self.bytes = bytes.count == 16 && bytes.starts(with: mapped) ? Array(bytes[12...]) : bytes
    }

    public init(_ address: SocketAddress?) {
        switch address {
        case .v4(let address):
            self.init(bytes: withUnsafeBytes(of: address.address.sin_addr) { Array($0) })
        case .v6(let address):
            self.init(bytes: withUnsafeBytes(of: address.address.sin6_addr) { Array($0) })
        default:
            self.init(bytes: [])
        }
    }

    public init?(text: String) {
        guard let address = try? SocketAddress(ipAddress: text, port: 0) else {
            // Not an address: the only thing this error says.
            return nil
        }
        self.init(address)
    }

    /// The visitor's address when `trusted` proxies stand in front: each adds the address it saw at the end of
    /// `X-Forwarded-For`, so the one the outermost trusted proxy saw is the `trusted`-th from the end. What stands before it
    /// was written by the visitor and is not believed.
    static func visitor(peer: ClientAddress, forwardedFor: [String], trusted: Int) -> ClientAddress {
        guard trusted > 0 else { return peer }
        let hops = forwardedFor.joined(separator: ",").split(separator: ",")
        guard hops.count >= trusted else { return peer }
        let named = hops[hops.count - trusted]
        let text = String(named.filter { $0 != " " && $0 != "\t" && $0 != "[" && $0 != "]" })
        return ClientAddress(text: text) ?? peer
    }

    public var isLoopback: Bool {
        bytes.count == 4
            ? bytes[0] == 127 : bytes.count == 16 && bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    /// What rate limits count by: the address, or its /64 in IPv6, where one subscriber holds them all.
    public var throttleKey: String {
        bytes.count == 16 ? "6:" + Self.hexadecimal(bytes[..<8]) : "4:" + bytes.map(String.init).joined(separator: ".")
    }

    public var description: String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
        return groups.joined(separator: ":")
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
