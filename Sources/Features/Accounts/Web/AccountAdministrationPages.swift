import Exchange
import HTTPTypes
import Maillage
import Storage

/// The accounts and their roles, for those who appoint.
enum AccountAdministrationPages {
    private static let perPage = 50

    static func list(_ visit: Visit) async throws -> Answer {
        try await listPage(visit)
    }

    private static func listPage(_ visit: Visit, problems: Problems = Problems()) async throws -> Answer {
        let search = visit.query.text("q")
        let page = min(max(visit.query.int("page") ?? 1, 1), 10_000)
        let (principal, now, book) = (visit.principal, visit.now, visit.reception.scopes)
        let view = try await visit.read { reader in
            let directory = try AccountDirectory.list(
                as: principal, search: search ?? "", limit: perPage, offset: (page - 1) * perPage, at: now, reader)
            let scopes = directory.entries.flatMap { $0.grants.map(\.grant.scope) }
            return AccountListView(
                directory: directory, labels: try book.labels(principal, Array(Set(scopes)), reader), search: search,
                page: page,
                perPage: perPage, orders: try AccountOrderLine.open(principal, at: now, reader), typed: visit.form,
                problems: problems, tokens: FormTokens(visit))
        }
        return visit.personalPage("Comptes et rôles", problems: problems, view)
    }

    static func add(_ visit: Visit) async throws -> Answer {
        do {
            let act = AddAccount(
                email: try EmailAddress(visit.form["email"] ?? ""), name: try PersonName(visit.form["name"] ?? ""))
            let id = try await visit.perform(act)
            return .done("Le compte est créé.", to: Paths.account(id))
        } catch let problems as Problems {
            return try await listPage(visit, problems: problems)
        }
    }

    static func show(_ visit: Visit) async throws -> Answer {
        try await showPage(visit, try visit.identifier("account", of: Account.ID.self))
    }

    static func showPage(_ visit: Visit, _ id: Account.ID, problems: Problems = Problems()) async throws
        -> Answer
    {
        let (principal, now, book) = (visit.principal, visit.now, visit.reception.scopes)
        let view = try await visit.read { reader in
            let entry = try AccountDirectory.entry(id, as: principal, at: now, reader)
            return AccountSheetView(
                entry: entry, labels: try book.labels(principal, entry.grants.map(\.grant.scope), reader),
                reader: principal, hasFactor: try FactorStore.factor(of: id, reader).isConfirmed,
                typed: visit.form, problems: problems, tokens: FormTokens(visit))
        }
        return visit.personalPage(view.entry.account.name, problems: problems, view)
    }

    static func grant(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("account", of: Account.ID.self)
        do {
            guard let role = Role(rawValue: visit.form["role"] ?? "") else {
                throw Problems("role", "Choisissez un rôle dans la liste.")
            }
            if AccountRights.needsTwo(role) {
                _ = try await visit.perform(
                    ProposeRole(
                        role, to: id, until: try end(visit), reason: visit.form["reason"] ?? "", head: visit.head))
                return .done(
                    "La demande est faite\u{202F}: une autre personne doit maintenant la confirmer.", to: Paths.accounts
                )
            }
            let scope = try await scope(role, visit)
            let act = GrantRole(
                Grant(role, on: scope), to: id, until: try end(visit), reason: visit.form["reason"] ?? "",
                head: visit.head)
            _ = try await visit.perform(act)
            return .done("Le rôle est confié, et la personne prévenue.", to: Paths.account(id))
        } catch let problems as Problems {
            return try await showPage(visit, id, problems: problems)
        }
    }

    private static func scope(_ role: Role, _ visit: Visit) async throws -> Scope {
        guard role.scopeKind != .network else { return .network }
        let text = visit.form.text("scope") ?? ""
        let (principal, book) = (visit.principal, visit.reception.scopes)
        let slug = String(text.prefix(400).split(separator: "/").last ?? "")
        guard let scope = try await visit.read({ try book.find(principal, role.scopeKind, slug, $0) }) else {
            throw Problems("scope", "Collez ici l’adresse de la page du lieu ou du cercle concerné.")
        }
        return scope
    }

    /// The end of the day named in the form, in Paris.
    private static func end(_ visit: Visit) throws -> Instant? {
        guard let text = visit.form.text("until") else { return nil }
        guard let date = CivilDate(iso: text) else { throw Problems("until", "Cette date n’existe pas.") }
        let midnight = Int64(date.adding(days: 1).daysSince1970) * 86_400_000_000
        let offset = Int64(CivilZone.paris.offsetMinutes(atUTC: midnight)) * 60_000_000
        return Instant(microseconds: midnight - offset)
    }

    static func revoke(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("grant", of: RoleGrant.ID.self)
        let back = Account.ID(text: visit.form["account"] ?? "")
        do {
            try await visit.perform(RevokeRole(id, reason: visit.form["reason"] ?? "", head: visit.head))
            return .done("Le rôle a pris fin.", to: back.map { Paths.account($0) } ?? Paths.accounts)
        } catch let problems as Problems {
            guard let back else { throw problems }
            return try await showPage(visit, back, problems: problems)
        }
    }
}
