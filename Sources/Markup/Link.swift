/// An address that may stand in `href`, `src` or `action`.
///
/// Only `http`, `https`, `mailto`, `tel`, `sms`, `geo` and `webcal` schemes pass; an address without a scheme stays on this
/// site. `javascript:`, `data:` and all others are refused, however they are written: browsers drop tabs, line ends and
/// leading controls before they read the scheme (WHATWG URL, § 4.4), so the check drops them first.
public struct Link: Sendable, Equatable {
    /// The address as it will be written, before escaping for HTML.
    public let address: String

    /// An address from data, or nil when it is refused: unknown scheme, or `//host`, which leaves the site unseen.
    public init?(checking text: String) {
        var text = text
        let verdict = text.withUTF8 { Self.isClean($0) ? Self.isAllowed($0) : nil }
        if let verdict {
            guard verdict else { return nil }
            address = text
            return
        }
        let kept = text.utf8.filter { $0 > 0x1F && $0 != 0x7F }.trimmingSpaces()
        guard kept.withUnsafeBufferPointer({ Self.isAllowed($0) }) else { return nil }
        address = String(decoding: kept, as: UTF8.self)
    }

    /// A path of this site from its segments, each percent-encoded: `Link(path: "lieux", slug)` is `/lieux/…`.
    public init(path segments: String..., query: [(String, String?)] = []) {
        self.init(path: segments, query: query)
    }

    public init(path segments: [String], query: [(String, String?)] = []) {
        var text = PercentEncoding.path(segments)
        if !query.isEmpty { text += Self.queryString(query) }
        address = text
    }

    private init(trusted address: String) {
        self.address = address
    }

    /// A web site typed by a person: `www.exemple.fr` gains `https://`; only `http` and `https` pass.
    public static func website(_ text: String) -> Link? {
        let trimmed = Array(text.utf8).trimmingSpaces()
        let plain = String(decoding: trimmed, as: UTF8.self)
        let scheme = scheme(of: trimmed)
        if scheme == "http" || scheme == "https" { return Link(checking: plain) }
        // `exemple.fr:8080/x` looks as if it had a scheme; a dot before the colon says it is a host.
        guard scheme == nil || scheme?.contains(".") == true, plain.utf8.contains(UInt8(ascii: ".")) else { return nil }
        guard let first = trimmed.first, first != UInt8(ascii: "/"), first != UInt8(ascii: ".") else { return nil }
        guard !trimmed.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "\\") }) else { return nil }
        return Link(checking: "https://" + plain)
    }

    /// `mailto:`, or nil when the text is not shaped like an address of mail.
    public static func mail(_ address: String) -> Link? {
        let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        guard address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        return Link(trusted: "mailto:" + PercentEncoding.encode(address, keeping: "@+"))
    }

    /// `tel:` with the digits (and a leading +) of a number, or nil when there are fewer than three.
    public static func phone(_ number: String) -> Link? {
        let scheme = Array("tel:".utf8)
        var kept = scheme
        for byte in number.utf8 {
            if byte >= 0x30 && byte <= 0x39 { kept.append(byte) }
            if byte == UInt8(ascii: "+") && kept.count == scheme.count { kept.append(byte) }
        }
        return kept.count < scheme.count + 3 ? nil : Link(trusted: String(decoding: kept, as: UTF8.self))
    }

    /// The same address with more parameters; pairs whose value is nil are left out.
    public func adding(query: [(String, String?)]) -> Link {
        let more = Self.queryString(query)
        guard !more.isEmpty else { return self }
        let pieces = address.utf8.split(separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
        let base = pieces.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
        let fragment = pieces.count > 1 ? "#" + String(decoding: pieces[1], as: UTF8.self) : ""
        let joined = base.utf8.contains(UInt8(ascii: "?")) ? "&" + more.dropFirst() : more
        return Link(trusted: base + joined + fragment)
    }

    private static func queryString(_ query: [(String, String?)]) -> String {
        var text = ""
        for (name, value) in query {
            guard let value else { continue }
            text += (text.isEmpty ? "?" : "&") + PercentEncoding.encode(name) + "=" + PercentEncoding.encode(value)
        }
        return text
    }

    private static let allowedSchemes: [StaticString] = ["https", "http", "mailto", "tel", "sms", "geo", "webcal"]

    /// True when there is nothing to drop: nearly every link of a page, passed without a copy.
    private static func isClean(_ address: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in address where byte <= 0x20 || byte == 0x7F { return false }
        return true
    }

    private static func isAllowed(_ address: UnsafeBufferPointer<UInt8>) -> Bool {
        if let length = schemeLength(of: address) {
            let scheme = address.prefix(length)
            return allowedSchemes.contains { allowed in
                allowed.utf8CodeUnitCount == length
                    && zip(scheme, UnsafeBufferPointer(start: allowed.utf8Start, count: length))
                        .allSatisfy { $0 | 0x20 == $1 }
            }
        }
        let isSlash: (UInt8) -> Bool = { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        // Browsers read a backslash as a slash: `/\host` and `\\host` leave the site as `//host` does.
        return !(address.count >= 2 && isSlash(address[0]) && isSlash(address[1]))
    }

    /// What stands before the first colon, when no `/`, `?` or `#` comes before it.
    private static func schemeLength(of address: UnsafeBufferPointer<UInt8>) -> Int? {
        for (index, byte) in address.enumerated() {
            switch byte {
            case UInt8(ascii: ":"): return index
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"): return nil
            default: continue
            }
        }
        return nil
    }

    private static func scheme(of address: [UInt8]) -> String? {
        address.withUnsafeBufferPointer { schemeLength(of: $0) }
            .map { String(decoding: address[..<$0], as: UTF8.self).lowercased() }
    }
}

/// Percent-encoding of one component of an address (RFC 3986, § 2.3: letters, digits and `-._~` stay).
public enum PercentEncoding {
    /// The text with every other byte written `%XX`; `keeping` names further ASCII characters to leave.
    public static func encode(_ text: String, keeping: StaticString = "") -> String {
        if text.utf8.allSatisfy(isUnreserved) { return text }
        let hexadecimal = Array("0123456789ABCDEF".utf8)
        let kept = keeping.withUTF8Buffer { Array($0) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            if isUnreserved(byte) || kept.contains(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hexadecimal[Int(byte >> 4)])
                bytes.append(hexadecimal[Int(byte & 15)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Segments encoded, a slash before each; `/` when there is none. In one allocation: pages hold hundreds of them.
    static func path(_ segments: [String]) -> String {
        let length = segments.reduce(1) { $0 + $1.utf8.count + 1 }
        let plain = String(unsafeUninitializedCapacity: length) { bytes in
            var count = 0
            for segment in segments {
                bytes[count] = UInt8(ascii: "/")
                count += 1
                for byte in segment.utf8 {
                    // Nothing written: said again below, the long way.
                    guard isUnreserved(byte) else { return 0 }
                    bytes[count] = byte
                    count += 1
                }
            }
            return count
        }
        if !plain.isEmpty { return plain }
        return segments.isEmpty ? "/" : segments.map { "/" + encode($0) }.joined()
    }

    @inline(__always)
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }
}

extension [UInt8] {
    func trimmingSpaces() -> [UInt8] {
        guard let first = firstIndex(where: { $0 > 0x20 }), let last = lastIndex(where: { $0 > 0x20 }) else {
            return []
        }
        return Array(self[first...last])
    }
}
