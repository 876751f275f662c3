import Maillage

/// Coming in and going out.
enum SignInPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let destination = Paths.local(visit.query["vers"])
        // Who is signed in has no use for it, unless their session is about to end for good: a new one takes its place.
        if visit.principal.isSignedIn, visit.term?.isExtendable != false {
            return .redirect(to: destination ?? Paths.account)
        }
        let view = SignInView(destination: destination, service: service(visit), tokens: FormTokens(visit))
        return visit.personalPage("Se connecter", view)
    }

    private static func service(_ visit: Visit) -> String? { visit.reception.identities?.settings.name }

    /// The same answer for every address that could be one.
    static func ask(_ visit: Visit) async throws -> Answer {
        let typed = visit.form["email"] ?? ""
        let destination = Paths.local(visit.form["vers"])
        do {
            let act = RequestSignIn(
                email: try EmailAddress(typed), browser: visit.signInBrowser, destination: destination,
                origin: visit.origin, head: visit.head)
            let asked = try await visit.reception.desk.perform(act, as: .visitor)
            return visit.remembering(asked.browser, in: .redirect(to: Paths.signInCode))
        } catch let problems as Problems {
            let view = SignInView(
                email: typed, destination: destination, problems: problems, service: service(visit),
                tokens: FormTokens(visit))
            return visit.personalPage("Se connecter", problems: problems, view)
        } catch let throttled as Throttled {
            let problems = tooMany(throttled)
            let view = SignInView(
                email: typed, destination: destination, problems: problems, service: service(visit),
                tokens: FormTokens(visit))
            return later(throttled, visit.personalPage("Se connecter", problems: problems, view))
        }
    }

    /// The form again, with when to come back; the address stays in it.
    private static func tooMany(_ throttled: Throttled) -> Problems {
        let minutes = Int(max(1, (throttled.retryAfter.seconds + 59) / 60))
        return Problems(
            "", "Trop d’essais à la suite. Réessayez dans " + Format.count(minutes, "minute", "minutes") + ".")
    }

    private static func later(_ throttled: Throttled, _ answer: Answer) -> Answer {
        var answer = answer.with(.retryAfter, String(max(1, throttled.retryAfter.seconds)))
        answer.status = .tooManyRequests
        return answer
    }

    static func password(_ visit: Visit) async throws -> Answer {
        let typed = visit.form["adresse"] ?? ""
        let destination = Paths.local(visit.form["vers"])
        do {
            let opened = try await visit.reception.passwords.signIn(
                email: try EmailAddress(typed, field: "adresse"), password: visit.form["mot_de_passe"] ?? "",
                origin: visit.origin, device: visit.device, destination: destination)
            return try await visit.enter(opened)
        } catch let problems as Problems {
            let view = SignInView(
                email: typed, destination: destination, isPassword: true, problems: problems, service: service(visit),
                tokens: FormTokens(visit))
            return visit.personalPage("Se connecter", problems: problems, view)
        } catch let throttled as Throttled {
            let problems = tooMany(throttled)
            let view = SignInView(
                email: typed, destination: destination, isPassword: true, problems: problems, service: service(visit),
                tokens: FormTokens(visit))
            return later(throttled, visit.personalPage("Se connecter", problems: problems, view))
        }
    }

    static func showCode(_ visit: Visit) async throws -> Answer {
        visit.personalPage("Consultez vos messages", SignInCodeView(tokens: FormTokens(visit)))
    }

    static func code(_ visit: Visit) async throws -> Answer {
        var view = SignInCodeView(code: visit.form["code"], name: visit.form["name"], tokens: FormTokens(visit))
        do {
            let act = ConsumeSignInCode(
                typed: visit.form["code"] ?? "", browser: visit.signInBrowser, name: visit.form["name"],
                device: visit.device)
            switch try await visit.reception.desk.perform(act, as: .visitor) {
            case .opened(let opened): return try await visit.remembering(nil, in: visit.enter(opened))
            case .wrong: throw Problems("code", "Ce n’est pas le code du dernier message reçu.")
            case .noneExpected:
                throw Problems(
                    "code",
                    "Aucun code n’est plus attendu ici. Ouvrez le lien du message, ou demandez un nouveau message.")
            }
        } catch let problems as Problems {
            view.needsName = visit.form.has("name") || problems.message("name") != nil
            view.problems = problems
            return visit.personalPage("Consultez vos messages", problems: problems, view)
        }
    }

    /// Consumes nothing: mail programs follow links.
    static func showLink(_ visit: Visit) async throws -> Answer {
        let (secret, browser, now) = (try visit.secret(), visit.signInBrowser, visit.now)
        let prospect = try await visit.read { try SignInProspect.of(secret, browser: browser, at: now, $0) }
        let view = SignInLinkView(prospect: prospect, secret: secret, tokens: FormTokens(visit))
        return visit.personalPage("Se connecter", status: prospect == .gone ? .gone : .ok, view)
    }

    static func link(_ visit: Visit) async throws -> Answer {
        let (secret, browser, now) = (try visit.secret(), visit.signInBrowser, visit.now)
        do {
            let act = ConsumeSignInLink(
                secret: secret, browser: browser, name: visit.form["name"], device: visit.device)
            let opened = try await visit.reception.desk.perform(act, as: .visitor)
            return try await visit.remembering(nil, in: visit.enter(opened))
        } catch let problems as Problems {
            let prospect = try await visit.read { try SignInProspect.of(secret, browser: browser, at: now, $0) }
            let view = SignInLinkView(
                prospect: prospect, secret: secret, name: visit.form["name"], problems: problems,
                tokens: FormTokens(visit))
            return visit.personalPage("Se connecter", problems: problems, view)
        }
    }

    /// Closes the session for good; a visitor who signs out twice is simply out.
    static func leave(_ visit: Visit) async throws -> Answer {
        if visit.principal.isSignedIn {
            try await visit.perform(CloseSession(visit.ownSession()))
        }
        // What was typed and kept on the device is not left to the next person who sits there.
        let leavesService = visit.reception.identities != nil && visit.identityToken != nil
        return Answer.done(
            "Vous êtes déconnecté\u{B7}e.", to: leavesService ? Paths.identityExit : Paths.home
        ).closingSession()
            .with(HeaderName.clearSiteData, "\"storage\"")
    }
}
