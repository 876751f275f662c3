import HTTPTypes
import Maillage
import Markup
import Storage

/// The tokens of the forms of one page, for the one who reads it.
struct FormTokens: Sendable {
    let token: @Sendable (_ action: String) -> FormToken

    init(_ visit: Visit) {
        token = { visit.token(for: $0) }
    }

    private init() {
        token = { _ in FormToken("jeton") }
    }

    /// For samples of views.
    static let sample = FormTokens()
}

extension HTML {
    /// A form that writes, with the token the door asks for.
    mutating func writingForm(to action: String, _ tokens: FormTokens, content: (inout HTML) -> Void) {
        form(.method("post"), .action(action), .novalidate(), .class("form")) { html in
            html.add(HiddenField(tokens.token(action)))
            content(&html)
        }
    }

    /// A form of one button.
    mutating func writingButton(
        _ label: String, to action: String, _ tokens: FormTokens, style: ButtonStyle = .small,
        fields: [(String, String)] = []
    ) {
        form(.method("post"), .action(action)) { html in
            html.add(HiddenField(tokens.token(action)))
            for (name, value) in fields { html.add(HiddenField(name, value)) }
            html.submit(label, style: style)
        }
    }
}

extension Problems {
    /// The first message for a field, if any.
    func message(_ field: String) -> String? { messages(for: field).first }
}

extension Visit {
    var head: LetterHead { LetterHead(reception.settings) }

    /// Where limits count this visit.
    var origin: NetworkOrigin? { NetworkOrigin(address: address.description) }

    var device: String { DeviceName.from(userAgent: headers[.userAgent] ?? "") }

    /// The visitor's own session. Throws `Denied` without one.
    func ownSession() throws -> Session.ID {
        guard let session else { throw Denied() }
        return session
    }

    /// A page for its reader alone: no search engine keeps it, and its title says when something is wrong.
    func personalPage(
        _ title: String, problems: Problems = Problems(), status: HTTPResponse.Status = .ok, _ view: some View
    ) -> Answer {
        var head = PageHead(title)
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        return page(head, status: problems.isEmpty ? status : .unprocessableContent, view)
    }

    /// A secret in the path; `Missing` when it cannot be one.
    func secret(_ name: String = "secret") throws -> Secret {
        guard let secret = Secret(text: try parameter(name)) else { throw Missing() }
        return secret
    }

    /// Signs in by an opened session and goes where the person wanted. A session this browser already had is closed.
    ///
    /// With a second factor, the second step comes first; without one where a role or a call demands it, the page to choose one.
    func enter(_ opened: OpenedSession) async throws -> Answer {
        if opened.awaitsFactor { return awaiting(opened.secret, in: .redirect(to: Paths.secondStep)) }
        if let session {
            do {
                try await perform(CloseSession(session))
            } catch is Missing {
                // Closed elsewhere meanwhile: that is what was wanted.
            }
        }
        let target = Paths.local(opened.destination) ?? Paths.home
        let words = opened.isNewAccount ? "Votre compte est créé, et vous êtes connecté·e." : "Vous êtes connecté·e."
        if try await lacksFactor(opened) {
            let answer = Answer.redirect(
                to: Paths.secondFactor(then: target),
                flash: FlashMessage(.information, "Vous êtes connecté·e. Il reste à protéger votre compte."))
            return answer.opening(opened)
        }
        let answer = Answer.done(words, to: opened.isNewAccount && target == Paths.home ? Paths.account : target)
        return answer.opening(opened)
    }

    /// Whether the network demands a second factor of this account, which has none.
    private func lacksFactor(_ opened: OpenedSession) async throws -> Bool {
        guard reception.settings.demandsSecondFactor else { return false }
        let (account, now, duties) = (opened.account, now, reception.duties)
        return try await read { reader in
            if try FactorStore.factor(of: account, reader).isConfirmed { return false }
            let grants = try PrincipalReader.principal(account, at: now, reader)?.grants ?? []
            return try grants.contains { $0.role.demandsSecondFactor } || duties.demandFactor(account, reader)
        }
    }
}
