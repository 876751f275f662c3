import Logging
import Maillage
import Markup

/// Signing in by another service (OpenID Connect). Nothing is written before the button of the page one comes back to: browsers and
/// their helpers follow links.
enum IdentityPages {
    private static func service(_ visit: Visit) throws -> IdentityService {
        guard let service = visit.reception.identities else { throw Missing() }
        return service
    }

    private static func back(_ visit: Visit) -> String { visit.reception.settings.baseURL + Paths.identityReturn }

    /// Leaves for the service.
    static func leave(_ visit: Visit) async throws -> Answer {
        let service = try service(visit)
        let journey = IdentityJourney(Secret(visit.reception.surroundings), leftAt: visit.now.seconds)
        do {
            let answer = Answer.redirect(to: try await service.departure(journey, back: back(visit)))
            return visit.leaving(on: journey, to: Paths.local(visit.query["vers"]), in: answer)
                .with(.cacheControl, "no-store")
        } catch {
            return refused(visit, error.reason)
        }
    }

    /// Back from the service: a button goes on, so that nothing happens by following a link.
    static func showReturn(_ visit: Visit) async throws -> Answer {
        let service = try service(visit)
        guard visit.query["error"] == nil, let code = visit.query["code"], let state = visit.query["state"],
            let trip = visit.identityTrip, state == trip.journey.state.text, trip.journey.isLive(at: visit.now)
        else { return refused(visit, "no code, too late, or another browser") }
        let view = IdentityReturnView(
            service: service.settings.name, code: code, state: state, issuer: visit.query["iss"],
            tokens: FormTokens(visit))
        return visit.personalPage("Se connecter", view)
    }

    static func arrive(_ visit: Visit) async throws -> Answer {
        let service = try service(visit)
        guard let code = visit.form["code"], code.utf8.count <= 4_096, let state = visit.form["state"],
            let trip = visit.identityTrip, state == trip.journey.state.text
        else { return refused(visit, "no code, or another browser") }
        do {
            try await visit.reception.desk.perform(
                SpendIdentityState(trip.journey, origin: visit.origin), as: .visitor)
        } catch is Missing {
            return refused(visit, "too late, or the state served already")
        }
        let arrived: (proven: ProvenIdentity, token: String)
        do {
            arrived = try await service.arrival(trip.journey, code: code, issuer: visit.form["iss"], back: back(visit))
        } catch {
            return refused(visit, error.reason)
        }
        do {
            return try await enter(visit, arrived.proven, to: trip.destination, by: service, token: arrived.token)
        } catch let problems as Problems {
            return refused(visit, "no verified address, or tied already", problems.list.first?.message)
        }
    }

    private static func enter(
        _ visit: Visit, _ proven: ProvenIdentity, to destination: String?, by service: IdentityService, token: String
    ) async throws -> Answer {
        let name = service.settings.name
        let act = EnterByIdentity(
            proven, device: visit.device, destination: destination, service: name, head: visit.head)
        let answer: Answer
        switch try await visit.perform(act) {
        case .opened(let opened): answer = try await visit.holding(token, in: visit.enter(opened))
        case .toConfirm(let secret):
            let next =
                visit.principal.isSignedIn
                ? Answer.redirect(to: Paths.identityTie)
                : Answer.redirect(
                    to: Paths.signIn(then: Paths.identityTie),
                    flash: FlashMessage(
                        .information,
                        "Un compte existe à votre adresse. Connectez-vous une fois comme d’habitude pour le relier à \(name)."
                    ))
            answer = visit.offering(secret, in: next)
        }
        return visit.leaving(on: nil, in: answer)
    }

    /// One page for every reason: the log has the reason, without a word of what was received.
    private static func refused(_ visit: Visit, _ reason: String, _ sentence: String? = nil) -> Answer {
        visit.reception.log.notice(
            "identity refused", metadata: ["id": "\(visit.requestID)", "reason": "\(reason.prefix(200))"])
        let view = IdentityRefusalView(
            sentence: sentence, service: visit.reception.identities?.settings.name ?? "",
            isIn: visit.principal.isSignedIn)
        return visit.personalPage("Connexion interrompue", status: .forbidden, view)
    }

    /// To tie one's account: the last step of somebody whose address was known. In the browser that came back only: whoever made the
    /// trip cannot have somebody else press the button.
    static func showTie(_ visit: Visit) async throws -> Answer {
        let (service, now) = (try service(visit), visit.now)
        guard let account = visit.principal.account, let secret = visit.identityOffer,
            let offered = try await visit.read({ try IdentityStore.offered(secret, to: account, at: now, $0) })
        else { throw Missing() }
        let view = IdentityTieView(
            service: service.settings.name, words: offered.words, tokens: FormTokens(visit))
        return visit.personalPage("Relier mon compte", view)
    }

    static func tie(_ visit: Visit) async throws -> Answer {
        let service = try service(visit)
        guard let secret = visit.identityOffer else { throw Missing() }
        try await visit.perform(
            TieIdentity(secret, session: visit.ownSession(), service: service.settings.name, head: visit.head))
        let answer = Answer.done("Votre compte est relié à \(service.settings.name).", to: Paths.account)
        return visit.offering(nil, in: answer)
    }

    static func untie(_ visit: Visit) async throws -> Answer {
        let name = visit.reception.identities?.settings.name ?? "l’autre service"
        try await visit.perform(UntieIdentities(session: visit.ownSession(), service: name, head: visit.head))
        return .done("Votre compte n’est plus relié.", to: Paths.account)
    }

    /// Signed out here; the service may still hold a session of its own, which whoever sits there next would enter by.
    static func showExit(_ visit: Visit) async throws -> Answer {
        let service = try service(visit)
        let exit = await service.exit(
            token: visit.identityToken, back: visit.reception.settings.baseURL + Paths.home,
            state: Secret(visit.reception.surroundings))
        let view = IdentityExitView(service: service.settings.name, exit: exit.flatMap { Link(checking: $0) })
        let answer = visit.personalPage("Fermer la session chez \(service.settings.name)", view)
        return visit.holding(nil, in: answer)
    }
}
