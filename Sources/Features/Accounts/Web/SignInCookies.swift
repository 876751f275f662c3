import HTTPTypes
import Maillage

/// What a browser keeps on the way in, beside the session; nobody else sends these.
enum SignInCookie: String {
    /// That it asked for a link.
    case link = "connexion"
    /// That it is at the second step.
    case secondStep = "etape"
    /// The trip to the identity service that it is on.
    case trip = "identite"
    /// The tie to that service that waits for its account's owner.
    case tie = "relier"
    /// The token of a sign-in by that service, for the way out: long, so that it goes with signing out only.
    case exit = "sortie"

    var path: String { self == .exit ? Paths.signOut : "/" }

    var lifetime: Instant.Span {
        switch self {
        case .link, .secondStep: .minutes(10)
        case .trip: IdentityJourney.lifetime
        case .tie: IdentityStore.offerLife
        case .exit: SessionLimits.plain.absolute
        }
    }

    func name(isSecure: Bool) -> String {
        guard isSecure else { return rawValue }
        return (path == "/" ? "__Host-" : "__Secure-") + rawValue
    }
}

extension Visit {
    private func kept(_ cookie: SignInCookie) -> String? {
        Cookies.value(cookie.name(isSecure: reception.isSecure), in: headers)
    }

    private func secret(_ cookie: SignInCookie) -> Secret? { kept(cookie).flatMap { Secret(text: $0) } }

    /// Has the browser keep a value as long as it may serve; `nil` forgets it.
    private func keeping(_ value: String?, as cookie: SignInCookie, in answer: Answer) -> Answer {
        var answer = answer
        let text = Cookies.set(
            cookie.name(isSecure: reception.isSecure), value ?? "", path: cookie.path,
            seconds: value == nil ? 0 : Int(cookie.lifetime.seconds), secure: reception.isSecure)
        answer.headers.append(HTTPField(name: .setCookie, value: text))
        return answer
    }

    /// The secret of the second step that this browser is at.
    var halfSession: Secret? { secret(.secondStep) }

    func awaiting(_ half: Secret?, in answer: Answer) -> Answer {
        keeping(half?.text, as: .secondStep, in: answer)
    }

    /// The secret this browser got when it asked for a link.
    var signInBrowser: Secret? { secret(.link) }

    func remembering(_ browser: Secret?, in answer: Answer) -> Answer {
        keeping(browser?.text, as: .link, in: answer)
    }

    /// The trip that this browser is on, and where it wanted to go.
    var identityTrip: (journey: IdentityJourney, destination: String?)? {
        guard let parts = kept(.trip)?.split(separator: ".", omittingEmptySubsequences: false), parts.count == 3,
            let secret = Secret(text: String(parts[0])), let leftAt = Int64(parts[1]), leftAt >= 0,
            let path = Base64URL.decode(String(parts[2]))
        else { return nil }
        return (IdentityJourney(secret, leftAt: leftAt), Paths.local(String(decoding: path, as: UTF8.self)))
    }

    func leaving(on journey: IdentityJourney?, to destination: String? = nil, in answer: Answer) -> Answer {
        let path = Base64URL.encode((destination ?? "").utf8)
        return keeping(journey.map { "\($0.secret.text).\($0.leftAt).\(path)" }, as: .trip, in: answer)
    }

    /// The secret of a tie that waits, in this browser.
    var identityOffer: Secret? { secret(.tie) }

    func offering(_ secret: Secret?, in answer: Answer) -> Answer { keeping(secret?.text, as: .tie, in: answer) }

    /// The token of a sign-in by the identity service, when it is short enough for a cookie: signing out does without.
    var identityToken: String? {
        kept(.exit).flatMap { token in
            token.utf8.count <= Self.longestToken && token.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? token : nil
        }
    }

    func holding(_ token: String?, in answer: Answer) -> Answer {
        if let token, token.utf8.count > Self.longestToken { return answer }
        return keeping(token, as: .exit, in: answer)
    }

    private static var longestToken: Int { 3_500 }
}
