import Maillage

/// « Premier compte »: there as long as nobody administers the network, for whoever reads the console of its machine.
enum FirstAccountPages {
    static func show(_ visit: Visit) async throws -> Answer {
        _ = try await awaitedCode(visit)
        return visit.personalPage(title, view(visit))
    }

    static func create(_ visit: Visit) async throws -> Answer {
        let code = try await awaitedCode(visit)
        var view = view(visit)
        view.email = visit.form["email"]
        view.name = visit.form["name"]
        do {
            let (email, name) = try read(view)
            let typed = visit.form["code"] ?? ""
            let chosen = visit.form["password"] ?? ""
            // The password is computed for whoever has the code, and for nobody else.
            var password: NewPassword?
            if code.matches(typed) {
                if view.needsPassword || !chosen.isEmpty {
                    password = try await visit.reception.passwords.prepare(chosen, name: name.text, email: email)
                }
            }
            let act = CreateFirstAccount(
                typed: typed, code: code, email: email, name: name, password: password, origin: visit.origin,
                device: visit.device)
            switch try await visit.reception.desk.perform(act, as: .visitor) {
            case .created(let opened): return try await visit.enter(opened)
            case .wrong:
                throw Problems(
                    "code",
                    "Ce n’est pas le code affiché au dernier démarrage du programme. Il change à chaque démarrage.")
            }
        } catch let problems as Problems {
            view.problems = problems
            return visit.personalPage(title, problems: problems, view)
        } catch let throttled as Throttled {
            let minutes = Int(max(1, (throttled.retryAfter.seconds + 59) / 60))
            view.problems = Problems(
                "code", "Trop d’essais à la suite. Réessayez dans " + Format.count(minutes, "minute", "minutes") + ".")
            var answer = visit.personalPage(title, problems: view.problems, view)
                .with(.retryAfter, String(max(1, throttled.retryAfter.seconds)))
            answer.status = .tooManyRequests
            return answer
        }
    }

    /// Whether this visit may be told that the first account is awaited: the home page says so too.
    static func isAwaited(_ visit: Visit) async throws -> Bool {
        guard visit.reception.firstAccountCode != nil else { return false }
        let now = visit.now
        return try await visit.read { try CreateFirstAccount.isAwaited(at: now, $0) }
    }

    private static let title = "Premier compte"

    /// The code of this start. Throws `Missing` once somebody administers the network: there is no such page then.
    private static func awaitedCode(_ visit: Visit) async throws -> FirstAccountCode {
        guard let code = visit.reception.firstAccountCode, try await isAwaited(visit) else { throw Missing() }
        return code
    }

    private static func view(_ visit: Visit) -> FirstAccountView {
        FirstAccountView(needsPassword: visit.reception.settings.mailCommand == nil, tokens: FormTokens(visit))
    }

    /// The address and the name, or the problems of both.
    private static func read(_ view: FirstAccountView) throws -> (EmailAddress, PersonName) {
        var problems = Problems()
        var email: EmailAddress?
        var name: PersonName?
        do {
            email = try EmailAddress(view.email ?? "")
        } catch let found as Problems {
            for problem in found.list { problems.add(problem.field, problem.message) }
        }
        do {
            name = try PersonName(view.name ?? "")
        } catch let found as Problems {
            for problem in found.list { problems.add(problem.field, problem.message) }
        }
        guard let email, let name else { throw problems }
        return (email, name)
    }
}
