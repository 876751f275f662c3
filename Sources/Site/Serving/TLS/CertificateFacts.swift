import Maillage

/// What a certificate says of itself to browsers.
public struct CertificateFacts: Sendable, Equatable {
    /// When browsers begin to refuse it.
    public var end: Instant
    /// The host names it is for, in lower case; `*.exemple.fr` is for one word before the dot.
    public var names: [String]

    public init(end: Instant, names: [String]) {
        self.end = end
        self.names = names
    }

    /// Whether it is for a host name (RFC 6125, § 6.4).
    public func covers(_ host: String) -> Bool {
        let host = host.lowercased()
        return names.contains { name in
            guard name.hasPrefix("*.") else { return name == host }
            guard let dot = host.firstIndex(of: "."), dot != host.startIndex else { return false }
            return host[dot...] == name.dropFirst()
        }
    }
}
