import Storage

/// Signs in by the six digits of the mail, typed in the browser that asked (ACC-5).
///
/// A wrong code is an outcome, not an error: it must be counted.
public struct ConsumeSignInCode: Act {
    public static let right = "La personne qui a reçu le code, depuis le navigateur où elle l’a demandé."

    public enum Answer: Sendable, Equatable {
        case opened(OpenedSession)
        case wrong
        /// No code can be tried any more in this browser; the link of the mail may still serve.
        case noneExpected
    }

    let typed: String
    let browser: Secret?
    let name: String?
    let device: String

    public init(typed: String, browser: Secret?, name: String? = nil, device: String) {
        self.typed = typed
        self.browser = browser
        self.name = name
        self.device = device
    }

    public func authorize(_ proceeding: Proceeding) throws {}

    public func perform(_ proceeding: Proceeding) throws -> Answer {
        guard let code = SignInCode(typed: typed) else {
            throw Problems("code", "Le code est fait de six chiffres.")
        }
        let (now, writer) = (proceeding.now, proceeding.writer)
        guard let browser, let (link, hash) = try SignInLinkStore.awaitingCode(browser: browser, at: now, writer),
            try !Throttle.isExhausted(Throttle.wrongCodes(link.email), at: now, writer)
        else {
            proceeding.didNothing()
            return .noneExpected
        }
        guard Bytes.areEqual(code.hash(for: browser), hash) else {
            try Throttle.take([Throttle.wrongCodes(link.email)], at: now, writer)
            try SignInLinkStore.countWrongCode(link.id, writer)
            return .wrong
        }
        return .opened(
            try SignIn.open(
                link, name: name, device: device, proceeding, otherwise: ConsumeSignInLink.refusal))
    }
}

enum Bytes {
    /// Equality whose time says nothing of where the first difference is.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
