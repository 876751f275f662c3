import Crypto
import CryptoExtras
import Exchange
import Foundation
import Synchronization

@testable import MaillageWeb

/// A server on this machine that signs people in as an identity service does, or as one should not.
final class FakeIdentityService: Sendable {
    /// How it misbehaves; nothing of it when all is as it should be.
    struct Manner: Sendable {
        var algorithm = "ES256"
        var issuer: String?
        var audience: JSONValue = .string("maillage")
        var party: String?
        var nonce: String?
        var issued: Int64 = 0
        var expires: Int64 = 300
        var subject = "abc-123"
        var email: String? = "lea@exemple.fr"
        var isVerified: Bool? = true
        var name: String? = "Léa Martin"
        /// Signs with a key that it does not publish.
        var strangeKey = false
        /// Leaves the signature out, or changes the claims after it.
        var unsigned = false
        var tampered = false
        var wrongKid = false
        var critical = false
        /// Claims come from userinfo only, as a token or as JSON; of this person.
        var userinfo: String?
        var userinfoSubject: String?
        var namesItself = false
        var describedIssuer: String?
        var tokenStatus = "200 OK"
        var secretInBody = false
        /// Seconds since the person signed in there; unsaid when nil.
        var signedInAgo: Int64?
        /// Where it says that its tokens are given out.
        var tokenAddress: String?
        /// Bytes added to every answer.
        var padding = 0
        /// Signs by its second key; whether it publishes it.
        var hasTurned = false
        var publishesSecond = false
        /// A number where a text should be.
        var partyIsNumber = false
        var userinfoAudience: String?
        var accessToken = "at"
    }

    struct Grant: Sendable {
        let nonce: String
        let challenge: String
        let back: String
    }

    private struct State: Sendable {
        var manner = Manner()
        var grants: [String: Grant] = [:]
        var asked: [String] = []
        var later: Int64 = 0
    }

    private let server: LoopbackServer
    private let state = Mutex(State())
    private let clock: @Sendable () -> Int64
    private let p256 = P256.Signing.PrivateKey()
    private let second = P256.Signing.PrivateKey()
    private let rsa: _RSA.Signing.PrivateKey
    /// Made once for all: it takes a while.
    private static let madeOnce = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    init(clock: @escaping @Sendable () -> Int64) throws {
        self.clock = clock
        rsa = try Self.madeOnce.get()
        server = try LoopbackServer()
        server.serve { [weak self] in self?.answer($0) }
    }

    var issuer: String { server.address }
    var asked: [String] { state.withLock { $0.asked } }

    func turn(_ change: (inout Manner) -> Void) { state.withLock { change(&$0.manner) } }
    /// Moves its clock on, as the site's.
    func advance(by seconds: Int64) { state.withLock { $0.later += seconds } }
    func settle() { state.withLock { $0.manner = Manner() } }

    /// What the person's browser does there: signs in, and goes back with a code.
    func signIn(_ departure: String) -> (code: String, state: String) {
        let query = Self.fields(String(departure.split(separator: "?", maxSplits: 1).last ?? ""))
        let code = "code-\(UInt64.random(in: 0...UInt64.max))"
        let grant = Grant(
            nonce: query["nonce"] ?? "", challenge: query["code_challenge"] ?? "", back: query["redirect_uri"] ?? "")
        state.withLock { $0.grants[code] = grant }
        return (code, query["state"] ?? "")
    }

    static func fields(_ text: String) -> [String: String] {
        let form = try? URLEncodedForm(parsing: Array(text.utf8), maxFields: 50)
        return Dictionary((form?.fields ?? []).map { ($0.name, $0.value) }) { first, _ in first }
    }

    private func answer(_ connection: LoopbackServer.Connection) {
        guard let (head, body) = connection.request() else { return }
        let lines = head.components(separatedBy: "\r\n")
        state.withLock { $0.asked.append(lines[0]) }
        let manner = state.withLock { $0.manner }
        var (status, type, answer) = reply(to: String(lines[0].split(separator: " ")[1]), lines, body)
        answer += String(repeating: " ", count: manner.padding)
        connection.say(
            "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(answer.utf8.count)\r\nConnection: close\r\n\r\n"
                + answer)
    }

    private func reply(to path: String, _ lines: [String], _ body: String) -> (String, String, String) {
        let manner = state.withLock { $0.manner }
        switch path {
        case "/.well-known/openid-configuration":
            var members: [JSONObject.Member] = [
                .init("issuer", .string(manner.describedIssuer ?? issuer)),
                .init("authorization_endpoint", .string(issuer + "/authorize")),
                .init("token_endpoint", .string(manner.tokenAddress ?? issuer + "/token")),
                .init("jwks_uri", .string(issuer + "/keys")),
                .init("userinfo_endpoint", .string(issuer + "/userinfo")),
                .init("end_session_endpoint", .string(issuer + "/logout")),
                .init("authorization_response_iss_parameter_supported", .bool(manner.namesItself)),
            ]
            if manner.secretInBody {
                members.append(
                    .init("token_endpoint_auth_methods_supported", .array([.string("client_secret_post")])))
            }
            return ("200 OK", "application/json", text(.object(JSONObject(members))))
        case "/keys": return ("200 OK", "application/json", keySet(withSecond: manner.publishesSecond))
        case "/token":
            let fields = Self.fields(body)
            let basic = "Basic " + Data("maillage:s%3Acret%2B".utf8).base64EncodedString()
            let isKnown =
                manner.secretInBody
                ? fields["client_id"] == "maillage" && fields["client_secret"] == "s:cret+"
                : lines.contains { $0.lowercased() == "authorization: " + basic.lowercased() }
            let challenge = Base64URL.encode(Array(SHA256.hash(data: Array((fields["code_verifier"] ?? "").utf8))))
            let grant = state.withLock { $0.grants.removeValue(forKey: fields["code"] ?? "") }
            guard isKnown, let grant, grant.challenge == challenge, grant.back == fields["redirect_uri"],
                fields["grant_type"] == "authorization_code"
            else { return ("400 Bad Request", "application/json", "{\"error\":\"invalid_grant\"}") }
            let token = idToken(manner, nonce: grant.nonce)
            return (
                manner.tokenStatus, "application/json",
                "{\"access_token\":\"\(manner.accessToken)\",\"token_type\":\"Bearer\",\"id_token\":\"\(token)\"}"
            )
        case "/userinfo":
            guard lines.contains(where: { $0.lowercased() == "authorization: bearer at" }) else {
                return ("401 Unauthorized", "text/plain", "")
            }
            let said = JSONValue.object(
                JSONObject(
                    [.init("sub", .string(manner.userinfoSubject ?? manner.subject))] + personal(manner)
                        + (manner.userinfoAudience.map { [.init("aud", .string($0))] } ?? [])))
            return manner.userinfo == "jwt"
                ? ("200 OK", "application/jwt", signed(said, manner)) : ("200 OK", "application/json", text(said))
        default: return ("404 Not Found", "text/plain", "")
        }
    }

    private func personal(_ manner: Manner) -> [JSONObject.Member] {
        var members: [JSONObject.Member] = []
        if let email = manner.email { members.append(.init("email", .string(email))) }
        if let isVerified = manner.isVerified { members.append(.init("email_verified", .bool(isVerified))) }
        if let name = manner.name { members.append(.init("name", .string(name))) }
        return members
    }

    private func idToken(_ manner: Manner, nonce: String) -> String {
        let now = clock() + state.withLock { $0.later }
        var members: [JSONObject.Member] = [
            .init("iss", .string(manner.issuer ?? issuer)), .init("aud", manner.audience),
            .init("sub", .string(manner.subject)), .init("nonce", .string(manner.nonce ?? nonce)),
            .init("iat", .number(JSONNumber(Int(now + manner.issued)))),
            .init("exp", .number(JSONNumber(Int(now + manner.expires)))),
        ]
        if let ago = manner.signedInAgo { members.append(.init("auth_time", .number(JSONNumber(Int(now - ago))))) }
        if manner.partyIsNumber { members.append(.init("azp", .number(JSONNumber(1)))) }
        if let party = manner.party { members.append(.init("azp", .string(party))) }
        if manner.userinfo == nil { members += personal(manner) }
        return signed(.object(JSONObject(members)), manner)
    }

    private func signed(_ claims: JSONValue, _ manner: Manner) -> String {
        let kid = manner.wrongKid ? "inconnue" : manner.hasTurned ? "e2" : manner.algorithm == "RS256" ? "r1" : "e1"
        let head =
            "{\"alg\":\"\(manner.algorithm)\",\"kid\":\"\(kid)\"" + (manner.critical ? ",\"crit\":[\"b64\"]" : "") + "}"
        var payload = Base64URL.encode(Array(text(claims).utf8))
        let input = Base64URL.encode(Array(head.utf8)) + "." + payload
        let digest = SHA256.hash(data: Array(input.utf8))
        var signature: [UInt8] = []
        switch manner.algorithm {
        case "RS256":
            let made = try? rsa.signature(for: digest, padding: .insecurePKCS1v1_5)
            signature = Array(made?.rawRepresentation ?? Data())
        case "HS256":
            // The classic confusion: the public key used as a shared secret.
            signature = Array(
                HMAC<SHA256>.authenticationCode(
                    for: Array(input.utf8), using: SymmetricKey(data: Array(keySet(withSecond: false).utf8))))
        case "none": break
        default:
            let key = manner.strangeKey ? P256.Signing.PrivateKey() : manner.hasTurned ? second : p256
            signature = Array((try? key.signature(for: digest))?.rawRepresentation ?? Data())
        }
        if manner.unsigned { signature = [] }
        if manner.tampered { payload = Base64URL.encode(Array(text(claims).replacing("lea@", with: "noa@").utf8)) }
        return Base64URL.encode(Array(head.utf8)) + "." + payload + "." + Base64URL.encode(signature)
    }

    private func keySet(withSecond: Bool) -> String {
        let primitives = try? rsa.publicKey.getKeyPrimitives()
        let n = Base64URL.encode(Array(primitives?.modulus ?? Data()))
        let e = Base64URL.encode(Array(primitives?.publicExponent ?? Data()))
        return "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"},"
            + "{\"kty\":\"RSA\",\"use\":\"enc\",\"kid\":\"x\",\"n\":\"\(n)\",\"e\":\"\(e)\"},"
            + key("e1", p256) + "," + (withSecond ? key("e2", second) + "," : "")
            + "{\"kty\":\"RSA\",\"kid\":\"r1\",\"alg\":\"RS256\",\"n\":\"\(n)\",\"e\":\"\(e)\"}]}"
    }

    private func key(_ name: String, _ key: P256.Signing.PrivateKey) -> String {
        let point = Array(key.publicKey.x963Representation)
        let (x, y) = (Base64URL.encode(point[1..<33]), Base64URL.encode(point[33...]))
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"\(name)\",\"use\":\"sig\",\"x\":\"\(x)\",\"y\":\"\(y)\"}"
    }

    private func text(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
