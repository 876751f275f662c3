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
        // By scalars: a mark that combines with a slash makes one character of the two.
        var rest = text.unicodeScalars[...]
        var scheme = "https://"
        let lower = String(rest.prefix(8)).lowercased().unicodeScalars
        if lower.starts(with: "https://".unicodeScalars) {
            rest = rest.dropFirst(8)
        } else if lower.starts(with: "http://".unicodeScalars) {
            scheme = "http://"
            rest = rest.dropFirst(7)
        } else if lower.starts(with: "//".unicodeScalars) {
            rest = rest.dropFirst(2)
        } else if let colon = rest.firstIndex(of: ":"),
            rest[..<colon].allSatisfy({ $0.isASCII && $0.properties.isAlphabetic })
        {
            return nil
        }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        let host = String(rest[..<end]).lowercased()
        var name = Array(host.utf8)
        if let colon = name.firstIndex(of: UInt8(ascii: ":")) {
            guard name[(colon + 1)...].allSatisfy({ $0 >= 48 && $0 <= 57 }), name.count - colon <= 6 else { return nil }
            name = Array(name[..<colon])
        }
        // No label begins with a mark (RFC 5891, § 4.2.3.2).
        guard isDomain(name), !host.unicodeScalars.split(separator: ".").contains(where: { isMark($0.first) }) else {
            return nil
        }
        return scheme + host + String(rest[end...])
    }

    private static func isMark(_ scalar: Unicode.Scalar?) -> Bool {
        switch scalar?.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
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
