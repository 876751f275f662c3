import Maillage
import Markup

/// « Comptes et rôles ».
struct AccountListView: View {
    var directory: AccountDirectory
    var labels: [Scope: ScopeLabel]
    var search: String?
    var page: Int
    var perPage: Int
    /// What waits for a second person.
    var orders: [AccountOrderLine] = []
    var typed = Fields()
    var problems = Problems()
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1("Comptes et rôles")
        html.add(ErrorSummary(problems))
        html.add(AccountOrderList(lines: orders, tokens: tokens))
        html.form(.method("get"), .action(Paths.accounts), .role("search"), .class("form")) { html in
            html.add(TextField("q", "Nom ou adresse", value: search, isRequired: false, kind: .search))
            html.actions { $0.submit("Chercher", style: .plain) }
        }
        html.p(Format.count(directory.total, "compte", "comptes"))
        if !directory.entries.isEmpty {
            html.add(table)
            html.add(
                Pagination(page: page, pageCount: (directory.total + perPage - 1) / perPage) { page in
                    Link(checking: Paths.accounts(search: search, page: page))
                        ?? Link(path: "administration", "comptes")
                })
        }
        html.section { html in
            html.h2("Créer un compte")
            html.writingForm(to: Paths.accounts, tokens) { html in
                html.add(TextField("name", "Nom", value: typed["name"], error: problems.message("name")))
                html.add(
                    TextField(
                        "email", "Adresse électronique", value: typed["email"], error: problems.message("email"),
                        kind: .email))
                html.actions { $0.submit("Créer le compte") }
            }
        }
    }

    private var table: DataTable<AccountDirectory.Entry> {
        DataTable(
            "Les comptes et les rôles en cours", rows: directory.entries,
            columns: [
                .init("Nom") { entry, html in html.a(entry.account.name, .href(Paths.account(entry.account.id))) },
                .init("Adresse", text: { $0.account.email?.text }),
                .init("Rôles") { entry, html in
                    html.ul { html in
                        for grant in entry.grants {
                            html.li {
                                $0.add(RoleLine(grant: grant, label: ScopeLabel.of(grant.grant.scope, in: labels)))
                            }
                        }
                    }
                },
                .init("Dernière connexion", text: { $0.account.lastSignedInAt.map(Moment.day) ?? "jamais" }),
            ])
    }
}

/// One account, its roles, and the roles its reader may give it.
struct AccountSheetView: View {
    var entry: AccountDirectory.Entry
    var labels: [Scope: ScopeLabel]
    var reader: Principal
    var hasFactor = false
    var typed = Fields()
    var problems = Problems()
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1(entry.account.name)
        html.add(ErrorSummary(problems))
        html.add(
            DefinitionList([
                .init("Adresse", entry.account.email?.text), .init("Compte créé", Moment.text(entry.account.createdAt)),
                .init("Dernière connexion", entry.account.lastSignedInAt.map(Moment.text) ?? "jamais"),
                .init("Second facteur", hasFactor ? "oui" : "non"),
            ]))
        html.section { html in
            html.h2("Rôles en cours")
            if entry.grants.isEmpty { html.p("Aucun.") }
            for grant in entry.grants { render(grant, into: &html) }
        }
        let choices = choices
        if !choices.isEmpty { renderGrant(choices, into: &html) }
        if hasFactor, AccountRights.mayResetFactor(reader, of: entry.account.id) { renderReset(into: &html) }
        html.p { $0.a("Tous les comptes", .href(Paths.accounts)) }
    }

    private func render(_ grant: RoleGrant, into html: inout HTML) {
        html.p { html in
            html.add(RoleLine(grant: grant, label: ScopeLabel.of(grant.grant.scope, in: labels)))
            html.text(", depuis " + Moment.text(grant.since))
        }
        if !grant.reason.isEmpty { html.p("Motif\u{202F}: \(grant.reason)") }
        guard AccountRights.mayRevoke(reader, grant) else { return }
        html.details { html in
            html.summary("Mettre fin à ce rôle")
            html.writingForm(to: Paths.revocation(grant.id), tokens) { html in
                html.add(HiddenField("account", entry.account.id.text))
                let isDemanded = AccountRights.demandsReason(grant.grant.role)
                html.p { html in
                    let id = "motif-" + grant.id.text
                    html.label(isDemanded ? "Motif" : "Motif (facultatif)", .for(id))
                    html.input(.type("text"), .class("input"), .id(id), .name("reason"), .required(isDemanded))
                }
                html.actions { $0.submit("Mettre fin", style: .danger) }
            }
        }
    }

    /// The roles this reader may give this account, on something of the right kind.
    private var choices: [Role] {
        Role.allCases.filter { role in
            let scope = role.scopeKind == .network ? Scope.network : Scope(role.scopeKind, 1)
            return AccountRights.mayGrant(reader, role, on: scope, to: entry.account.id)
        }
    }

    private func renderReset(into html: inout HTML) {
        html.details(.open(problems.message("motif_second_facteur") != nil)) { html in
            html.summary("Retirer un second facteur perdu")
            html.p(
                "Assurez-vous, de vive voix ou en personne, que c’est bien elle qui le demande. Une autre personne de "
                    + "l’administration technique confirme, et le compte est prévenu tout de suite.")
            html.writingForm(to: Paths.factorReset(entry.account.id), tokens) { html in
                html.add(
                    TextField(
                        "motif_second_facteur", "Motif, et comment vous vous en êtes assuré·e",
                        value: typed["motif_second_facteur"], error: problems.message("motif_second_facteur")))
                html.actions { $0.submit("Demander le retrait", style: .danger) }
            }
        }
    }

    private func renderGrant(_ choices: [Role], into html: inout HTML) {
        html.section { html in
            html.h2("Confier un rôle")
            html.writingForm(to: Paths.accountRoles(entry.account.id), tokens) { html in
                html.add(
                    Select(
                        "role", "Rôle", options: choices.map { Option($0.rawValue, $0.label) }, value: typed["role"],
                        error: problems.message("role")))
                html.add(
                    TextField(
                        "scope", "Lieu ou cercle", value: typed["scope"],
                        help: "Pour un rôle sur un lieu ou un cercle\u{202F}: l’adresse de sa page.",
                        error: problems.message("scope"),
                        isRequired: false))
                html.add(
                    DateField(
                        "until", "Dernier jour", value: typed["until"],
                        help:
                            "Toujours demandé pour la coordination et l’administration technique\u{202F}: trois ans au plus.",
                        error: problems.message("until"), isRequired: false))
                html.add(
                    TextField(
                        "reason", "Motif", value: typed["reason"],
                        help:
                            "Demandé pour la coordination et l’administration technique, qu’une seconde personne confirme.",
                        error: problems.message("reason"),
                        isRequired: false))
                html.actions { $0.submit("Confier ce rôle") }
            }
        }
    }
}
