import Exchange
import Maillage
import Markup

/// A client of the network's identity service (OpenID Connect, code and PKCE). What it learns of the service is kept an hour.
final class IdentityService: Sendable {
    /// Why nobody was proved: for the log. The page says one sentence for all.
    struct Refusal: Error, Sendable, Equatable {
        let reason: String
    }

    let settings: IdentitySettings
    private let now: @Sendable () -> Instant
    private let description: KeptAnswer<IdentityDescription>
    private let keys: KeptAnswer<IdentityKeys>

    private static let life = Instant.Span.hours(1)
    /// No key is asked for again sooner, whatever the tokens name.
    private static let keyPause = Instant.Span.minutes(1)
    private static let seconds = 8.0
    private static let largest = 262_144
    private static let limits = JSONLimits(depth: 16, stringBytes: 65_536, values: 20_000, elementBytes: largest)

    init(_ settings: IdentitySettings, now: @escaping @Sendable () -> Instant) {
        self.settings = settings
        self.now = now
        let issuer = settings.issuer
        let description = KeptAnswer<IdentityDescription>(now: now) {
            await Self.read(issuer + (issuer.hasSuffix("/") ? "" : "/") + Self.wellKnown) {
                (said: JSONValue) throws(Refusal) in
                try IdentityDescription(said, issuer: issuer)
            }
        }
        self.description = description
        keys = KeptAnswer<IdentityKeys>(now: now) {
            do throws(Refusal) {
                let address = try await description.value(youngerThan: Self.life).keys
                return await Self.read(address) { IdentityKeys($0) }
            } catch {
                return .failure(error)
            }
        }
    }

    /// Where somebody signs in there, and comes back with a code.
    func departure(_ journey: IdentityJourney, back: String) async throws(Refusal) -> String {
        let service = try await description.value(youngerThan: Self.life)
        return service.authorization + (service.authorization.utf8.contains(UInt8(ascii: "?")) ? "&" : "?")
            + Self.form(
                [
                    ("response_type", "code"), ("client_id", settings.client), ("redirect_uri", back),
                    ("scope", settings.scopes), ("state", journey.state.text), ("nonce", journey.nonce),
                    ("code_challenge", IdentityJourney.challenge(of: journey.verifier).text),
                    ("code_challenge_method", "S256"),
                ] + (settings.maxAge.map { [("max_age", String($0))] } ?? []))
    }

    /// Who came back. `issuer`: the parameter `iss` of the answer, when there is one.
    func arrival(
        _ journey: IdentityJourney, code: String, issuer: String?, back: String
    ) async throws(Refusal) -> (proven: ProvenIdentity, token: String) {
        let service = try await description.value(youngerThan: Self.life)
        guard issuer.map({ $0.utf8.elementsEqual(settings.issuer.utf8) }) ?? !service.namesItself else {
            throw Refusal(reason: "the answer names another issuer")
        }
        let answer = try await exchange(code, journey, back, service)
        guard let token = answer["id_token"]?.string else { throw Refusal(reason: "no ID token") }
        let claims = try await verified(token)
        let subject: String
        do {
            subject = try IdentityToken.subject(
                of: claims, issuer: settings.issuer, client: settings.client, nonce: journey.nonce,
                maxAge: settings.maxAge,
                at: now())
        } catch {
            throw Refusal(reason: "ID token: \(error.rawValue)")
        }
        var said = [claims]
        if claims["email"] == nil, let userinfo = service.userinfo, let access = answer["access_token"]?.string {
            said.append(try await ask(userinfo, access, subject))
        }
        return (proven(subject, said), token)
    }

    /// Where to sign out of the service too; nil when it has no such page.
    func exit(token: String?, back: String, state: Secret) async -> String? {
        guard let end = try? await description.value(youngerThan: Self.life).end else {
            // Signing out here is done: the other service is only offered.
            return nil
        }
        // ProConnect wants a state: nothing rests on that return, so nobody looks at it then.
        var fields = [("client_id", settings.client), ("post_logout_redirect_uri", back), ("state", state.text)]
        if let token { fields.append(("id_token_hint", token)) }
        return end + (end.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + Self.form(fields)
    }

    private func proven(_ subject: String, _ said: [JSONValue]) -> ProvenIdentity {
        func text(_ name: String) -> String? { said.lazy.compactMap { $0[name]?.string }.first }
        var email: EmailAddress?
        // The word that it verified the address counts for the address beside it only; another word than yes is no.
        if let source = said.first(where: { $0["email"]?.string != nil }), let address = source["email"]?.string,
            source["email_verified"].map({ $0.bool == true }) ?? settings.trustsAddresses
        {
            // An address that cannot be one here is none.
            email = try? EmailAddress(address)
        }
        let parts = [text("given_name"), text("usual_name") ?? text("family_name")].compactMap { $0 }
        return ProvenIdentity(
            identity: Identity(issuer: settings.issuer, subject: subject), email: email,
            name: text("name") ?? (parts.isEmpty ? nil : parts.joined(separator: " ")))
    }

    private func exchange(
        _ code: String, _ journey: IdentityJourney, _ back: String, _ service: IdentityDescription
    ) async throws(Refusal) -> JSONValue {
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back),
            ("code_verifier", journey.verifier),
        ]
        var credentials: OutwardCall.Credentials?
        if service.takesSecretInBody {
            fields += [("client_id", settings.client), ("client_secret", settings.secret)]
        } else {
            // RFC 6749, § 2.3.1: each part is form-encoded first.
            credentials = .basic(Self.encode(settings.client), Self.encode(settings.secret))
        }
        do {
            let body = try await OutwardCall.post(
                service.token, Array(Self.form(fields).utf8), as: Self.agent, with: credentials,
                atMost: Self.largest, within: Self.seconds)
            return try JSONValue.parse(body, limits: Self.limits)
        } catch {
            throw Refusal(reason: "the code was not exchanged: \(error)")
        }
    }

    /// What the service says of the person, as JSON or as a token that it signed; of this very person.
    private func ask(
        _ address: String, _ access: String, _ subject: String
    ) async throws(Refusal) -> JSONValue {
        guard access.utf8.count <= 16_384, access.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Refusal(reason: "an access token that cannot be one")
        }
        let body: [UInt8]
        do {
            body = try await OutwardCall.get(
                address, accepting: "application/json, application/jwt", as: Self.agent,
                with: .bearer(access), atMost: Self.largest, within: Self.seconds)
        } catch {
            throw Refusal(reason: "userinfo did not answer")
        }
        var said: JSONValue?
        if body.first(where: { $0 > 32 }) == UInt8(ascii: "{") {
            // Not JSON: no words of it are used.
            said = try? JSONValue.parse(body, limits: Self.limits)
        } else {
            let claims = try await verified(String(decoding: body, as: UTF8.self))
            // A token that it signed for somebody else is not an answer to us (OpenID Connect Core 1.0, § 5.3.2).
            guard IdentityToken.isOurs(claims, issuer: settings.issuer, client: settings.client) else {
                throw Refusal(reason: "userinfo is for another client")
            }
            said = claims
        }
        guard let said, let name = said["sub"]?.string, name.utf8.elementsEqual(subject.utf8) else {
            throw Refusal(reason: "userinfo speaks of somebody else")
        }
        return said
    }

    private func verified(_ token: String) async throws(Refusal) -> JSONValue {
        let known = try await keys.value(youngerThan: Self.life)
        do {
            return try IdentityToken.verified(token, known)
        } catch {
            guard error == .key || error == .signature else { throw Refusal(reason: "token: \(error)") }
        }
        // The service may have changed its keys since they were read.
        let fresh = try await keys.value(youngerThan: Self.keyPause)
        do {
            return try IdentityToken.verified(token, fresh)
        } catch {
            throw Refusal(reason: "token: \(error)")
        }
    }

    private static func read<Value>(
        _ address: String, _ take: (JSONValue) throws(Refusal) -> Value
    ) async -> Result<Value, Refusal> {
        let bytes: [UInt8]
        do {
            bytes = try await OutwardCall.get(
                address, accepting: "application/json", as: agent, atMost: largest, within: seconds)
        } catch {
            return .failure(Refusal(reason: "\(address): \(error)"))
        }
        do {
            return .success(try take(try JSONValue.parse(bytes, limits: limits)))
        } catch let refusal as Refusal {
            return .failure(refusal)
        } catch {
            return .failure(Refusal(reason: "\(address): not JSON"))
        }
    }

    private static let wellKnown = ".well-known/openid-configuration"
    private static let agent = "Maillage"

    private static func encode(_ text: String) -> String { PercentEncoding.encode(text) }

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { encode($0.0) + "=" + encode($0.1) }.joined(separator: "&")
    }
}
