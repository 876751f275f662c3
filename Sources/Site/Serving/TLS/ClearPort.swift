import HTTPTypes
import HummingbirdCore
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the port in clear answers, beside HTTPS: the same path at the public address, and to whoever renews the certificate, what was
/// put into a folder for them (ACME, RFC 8555, § 8.3). Nothing else is served in clear.
struct ClearPort: Sendable {
    /// The public address.
    let address: String
    /// The folder that programs such as certbot write into (`--webroot`).
    let challenges: String

    private static let prefix = "/.well-known/acme-challenge/"

    func answer(_ request: Request) -> Answer {
        guard request.method == .get || request.method == .head else {
            // Sent over, what was typed would go in clear once more, and look as if it had not.
            return .text("405 Cette adresse répond en HTTPS\u{202F}: \(address)\n", status: .methodNotAllowed)
                .with(.allow, "GET, HEAD").with(.cacheControl, "no-store")
        }
        let target = request.head.path ?? "/"
        guard target.hasPrefix(Self.prefix) else { return .moved(to: address + target) }
        guard let text = challenge(String(target.dropFirst(Self.prefix.count))) else {
            return .text("404 Il n’y a rien à cette adresse.\n", status: .notFound).with(.cacheControl, "no-store")
        }
        return Answer(type: "text/plain", bytes: text).with(.cacheControl, "no-store")
    }

    /// The answer to a challenge: a short file whose name is a token of ACME. Nil where there is none.
    private func challenge(_ token: String) -> [UInt8]? {
        let isToken = token.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
        guard isToken, (1...128).contains(token.utf8.count) else { return nil }
        let descriptor = open(challenges + Self.prefix + token, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        var bytes = [UInt8](repeating: 0, count: 1_024)
        let count = read(descriptor, &bytes, bytes.count)
        return count > 0 ? Array(bytes[..<count]) : nil
    }
}
