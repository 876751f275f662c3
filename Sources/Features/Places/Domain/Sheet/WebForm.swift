/// E-mail and web addresses, read by hand: no regular expression meets what people type.
public enum WebForm {
    /// One `@`, a non-empty local part, a dotted domain of letters, digits and hyphens.
    public static func isEmail(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= 254, let at = bytes.lastIndex(of: UInt8(ascii: "@")), at > 0, at <= 64 else {
            return false
        }
        let local = bytes[..<at]
        guard !local.contains(where: { $0 <= 32 || $0 == 127 || "()<>[]:;,\\\"@".utf8.contains($0) }),
            local.first != 46, local.last != 46
        else { return false }
        return isDomain(Array(bytes[(at + 1)...]))
    }

    /// The address with its scheme, or nil when no host can be read in it. Only http and https.
    public static func address(_ text: String) -> String? {
        guard text.utf8.count <= 2_000,
            !text.utf8.contains(where: { $0 <= 32 || $0 == 127 || "<>\"\\^`{|}".utf8.contains($0) })
        else { return nil }
        var rest = Substring(text)
        var scheme = "https://"
        let lower = text.prefix(8).lowercased()
        if lower.hasPrefix("https://") {
            rest = text.dropFirst(8)
        } else if lower.hasPrefix("http://") {
            scheme = "http://"
            rest = text.dropFirst(7)
        } else if lower.hasPrefix("//") {
            rest = text.dropFirst(2)
        } else if let colon = text.firstIndex(of: ":"), text[..<colon].allSatisfy({ $0.isASCII && $0.isLetter }) {
            return nil
        }
        let host = rest.prefix { !"/?#".contains($0) }
        var name = Array(host.lowercased().utf8)
        if let colon = name.firstIndex(of: UInt8(ascii: ":")) {
            guard name[(colon + 1)...].allSatisfy({ $0 >= 48 && $0 <= 57 }), name.count - colon <= 6 else { return nil }
            name = Array(name[..<colon])
        }
        guard isDomain(name) else { return nil }
        return scheme + host.lowercased() + rest.dropFirst(host.count)
    }

    private static func isDomain(_ bytes: [UInt8]) -> Bool {
        guard bytes.count <= 253, bytes.contains(46) else { return false }
        let labels = bytes.split(separator: 46, omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            !label.isEmpty && label.count <= 63 && label.first != 45 && label.last != 45
                && label.allSatisfy(isHostByte)
        } && (labels.last?.count ?? 0) >= 2
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 45, 48...57, 65...90, 97...122, 128...: true
        default: false
        }
    }
}
