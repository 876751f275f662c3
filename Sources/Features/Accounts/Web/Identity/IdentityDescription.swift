import Exchange
import Maillage

/// What an identity service says of itself (OpenID Connect Discovery 1.0, § 3).
struct IdentityDescription: Sendable {
    let authorization: String
    let token: String
    let userinfo: String?
    let keys: String
    let end: String?
    /// Whether its answers name it (RFC 9207): then they must.
    let namesItself: Bool
    let takesSecretInBody: Bool

    /// - Throws: `IdentityService.Refusal` when it speaks of another service, or does not say where it is.
    init(_ said: JSONValue, issuer: String) throws(IdentityService.Refusal) {
        guard let name = said["issuer"]?.string, name.utf8.elementsEqual(issuer.utf8) else {
            throw IdentityService.Refusal(reason: "the service does not call itself \(issuer)")
        }
        func address(_ name: String) -> String? {
            said[name]?.string.flatMap { Self.mayBeAsked($0, by: issuer) ? $0 : nil }
        }
        guard let authorization = address("authorization_endpoint"), let token = address("token_endpoint"),
            let keys = address("jwks_uri")
        else { throw IdentityService.Refusal(reason: "the service does not say where it is") }
        self.authorization = authorization
        self.token = token
        self.keys = keys
        userinfo = address("userinfo_endpoint")
        end = address("end_session_endpoint")
        namesItself = said["authorization_response_iss_parameter_supported"]?.bool == true
        let methods = said["token_endpoint_auth_methods_supported"]?.array?.compactMap(\.string) ?? []
        takesSecretInBody = methods.contains("client_secret_post")
    }

    /// Whether an address that a service gives may be asked or led to: the very server of the issuer, or another by its name over
    /// HTTPS. A service must not send this server to the machines beside it: no address in figures, no name without a dot.
    static func mayBeAsked(_ text: String, by issuer: String) -> Bool {
        guard text.utf8.count <= 2_048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }),
            !text.utf8.contains(UInt8(ascii: "#")), let asked = server(of: text), !asked.authority.isEmpty
        else { return false }
        if let own = server(of: issuer), own == asked { return true }
        guard asked.scheme == "https" else { return false }
        let parts = asked.authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.count == 1 || UInt16(parts[1]) != nil else { return false }
        let labels = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, let letter = last.utf8.first, letter >= UInt8(ascii: "a"),
            letter <= UInt8(ascii: "z"), !["local", "localhost", "internal"].contains(last)
        else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty
                && label.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
                }
        }
    }

    private struct Server: Equatable {
        let scheme: String
        let authority: String
    }

    /// In lower case; nil without a scheme of the web, or with a name before the host.
    private static func server(of text: String) -> Server? {
        let scheme: String
        if text.hasPrefix("https://") {
            scheme = "https"
        } else if text.hasPrefix("http://") {
            scheme = "http"
        } else {
            return nil
        }
        let authority = text.dropFirst(scheme.utf8.count + 3).prefix { !"/?".contains($0) }
        return authority.contains("@") ? nil : Server(scheme: scheme, authority: authority.lowercased())
    }
}
