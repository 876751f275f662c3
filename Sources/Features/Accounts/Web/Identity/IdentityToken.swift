import Crypto
import CryptoExtras
import Exchange
import Maillage

/// A signed token of an identity service (JSON Web Token, RFC 7519), read and verified. Nothing of one that is not is ever used.
enum IdentityToken {
    /// Why a token is not one: for the log, never for the page.
    enum Refusal: String, Error, Sendable {
        case malformed, algorithm, key, signature, issuer, audience, party, expired, early, old, nonce, subject
    }

    /// Clocks of two machines differ.
    static let leeway: Int64 = 60
    /// A token of a sign-in is made for it.
    static let oldest: Int64 = 900
    static let longest = 16_384

    /// The claims of a token whose signature one of these keys made: RS256 or ES256, and no other, whatever the token says.
    static func verified(_ text: String, _ keys: IdentityKeys) throws(Refusal) -> JSONValue {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= longest, parts.count == 3, let head = json(parts[0]), let claims = json(parts[1]),
            let signature = Base64URL.decode(String(parts[2])), claims.object != nil
        else { throw .malformed }
        // Extensions that must be understood, and none is.
        guard head["crit"] == nil else { throw .malformed }
        guard let name = head["alg"]?.string, let algorithm = IdentityKeys.Algorithm(rawValue: name) else {
            throw .algorithm
        }
        let candidates = keys.of(algorithm, named: head["kid"]?.string)
        guard !candidates.isEmpty else { throw .key }
        let signed = Array((parts[0] + "." + parts[1]).utf8)
        guard candidates.contains(where: { $0.isValid(signature, for: signed) }) else { throw .signature }
        return claims
    }

    /// What an ID token must say of itself (OpenID Connect Core 1.0, § 3.1.3.7). Answers its subject.
    static func subject(
        of claims: JSONValue, issuer: String, client: String, nonce: String, maxAge: Int64?, at now: Instant
    ) throws(Refusal) -> String {
        guard same(claims["iss"]?.string, issuer) else { throw .issuer }
        guard let audience = audience(of: claims), audience.contains(where: { same($0, client) }) else {
            throw .audience
        }
        if let party = claims["azp"] {
            guard same(party.string, client) else { throw .party }
        } else if audience.count != 1 {
            throw .party
        }
        guard let expiry = claims["exp"]?.int, let issued = claims["iat"]?.int else { throw .malformed }
        guard Int64(expiry) > now.seconds - leeway else { throw .expired }
        guard Int64(issued) < now.seconds + leeway else { throw .early }
        guard Int64(issued) > now.seconds - oldest else { throw .old }
        if let start = claims["nbf"]?.int, Int64(start) >= now.seconds + leeway { throw .early }
        if let maxAge {
            // Whoever is asked by `max_age` must say it.
            guard let signedIn = claims["auth_time"]?.int, Int64(signedIn) > now.seconds - maxAge - leeway else {
                throw .old
            }
        }
        guard same(claims["nonce"]?.string, nonce) else { throw .nonce }
        guard let subject = claims["sub"]?.string, (1...255).contains(subject.utf8.count) else { throw .subject }
        return subject
    }

    /// Whether a token that may name its issuer and its audience names these.
    static func isOurs(_ claims: JSONValue, issuer: String, client: String) -> Bool {
        guard claims["iss"] == nil || same(claims["iss"]?.string, issuer) else { return false }
        return claims["aud"] == nil || audience(of: claims)?.contains { same($0, client) } == true
    }

    /// Nil when it is neither a text nor a list of texts.
    private static func audience(of claims: JSONValue) -> [String]? {
        guard let said = claims["aud"] else { return nil }
        if let one = said.string { return [one] }
        guard let list = said.array, list.count <= 20 else { return nil }
        let names = list.compactMap(\.string)
        return names.count == list.count ? names : nil
    }

    /// Byte by byte: Swift takes two spellings of an accent for one.
    private static func same(_ given: String?, _ expected: String) -> Bool {
        given.map { $0.utf8.elementsEqual(expected.utf8) } ?? false
    }

    private static func json(_ part: Substring) -> JSONValue? {
        guard let bytes = Base64URL.decode(String(part)) else { return nil }
        do {
            return try JSONValue.parse(bytes, limits: JSONLimits(depth: 16, values: 2_000))
        } catch {
            return nil
        }
    }
}

/// The public keys of an identity service (JSON Web Key Set, RFC 7517); those of other kinds are left out.
struct IdentityKeys: Sendable {
    enum Algorithm: String, Sendable {
        case rs256 = "RS256"
        case es256 = "ES256"
    }

    struct Key: Sendable {
        fileprivate enum Material: Sendable {
            case rsa(_RSA.Signing.PublicKey)
            case p256(P256.Signing.PublicKey)
        }

        let name: String?
        let algorithm: Algorithm
        fileprivate let material: Material

        func isValid(_ signature: [UInt8], for bytes: [UInt8]) -> Bool {
            switch material {
            case .rsa(let key):
                return key.isValidSignature(
                    _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: bytes),
                    padding: .insecurePKCS1v1_5)
            case .p256(let key):
                do {
                    let signature = try P256.Signing.ECDSASignature(rawRepresentation: signature)
                    return key.isValidSignature(signature, for: SHA256.hash(data: bytes))
                } catch {
                    return false
                }
            }
        }
    }

    let keys: [Key]

    init(_ document: JSONValue) {
        keys = (document["keys"]?.array ?? []).prefix(50).compactMap(Self.key)
    }

    /// Those that a token may have been signed by: the one it names, or all when it names none.
    func of(_ algorithm: Algorithm, named name: String?) -> [Key] {
        keys.filter { $0.algorithm == algorithm && (name == nil || $0.name == name) }
    }

    private static func key(_ value: JSONValue) -> Key? {
        if let use = value["use"]?.string, use != "sig" { return nil }
        let name = value["kid"]?.string
        let said = value["alg"]?.string
        do {
            switch value["kty"]?.string {
            case "RSA" where said == nil || said == "RS256":
                guard let n = bytes(value["n"]), let e = bytes(value["e"]), (256...1_024).contains(n.count),
                    e.count <= 8
                else { return nil }
                return Key(name: name, algorithm: .rs256, material: .rsa(try _RSA.Signing.PublicKey(n: n, e: e)))
            case "EC" where value["crv"]?.string == "P-256" && (said == nil || said == "ES256"):
                guard let x = bytes(value["x"]), let y = bytes(value["y"]), x.count == 32, y.count == 32 else {
                    return nil
                }
                return Key(
                    name: name, algorithm: .es256,
                    material: .p256(try P256.Signing.PublicKey(x963Representation: [4] + x + y)))
            default: return nil
            }
        } catch {
            // A key that is none: the others may serve.
            return nil
        }
    }

    private static func bytes(_ value: JSONValue?) -> [UInt8]? {
        value?.string.flatMap { $0.utf8.count <= 2_048 ? Base64URL.decode($0) : nil }
    }
}
