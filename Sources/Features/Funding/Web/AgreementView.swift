import Exchange
import Maillage
import Markup

/// An agreement: where it stands, its schedule, its account, its last text.
struct AgreementView: View {
    var found: AgreementReading
    var problems: Problems
    var form: Fields
    var tokens: FormTokens

    private var agreement: Agreement { found.agreement }
    private var mayKeep: Bool { found.reading.mayKeep }
    private var id: FundingLine.ID { found.line.id }

    func render(into html: inout HTML) {
        html.p(.class("row")) { html in
            html.add(badge)
            html.span("n°\u{A0}\(agreement.number)", .class("muted"))
        }
        html.h1("Convention")
        html.p(Format.typography(found.line.facts.object), .class("lead"))
        html.add(FundingTabs(reading: found.reading, path: Paths.funding(id, .agreement)))
        html.add(ErrorSummary(problems))
        renderNext(into: &html)
        renderUnused(into: &html)
        html.add(InstalmentTable(found: found))
        renderAccount(into: &html)
        renderText(into: &html)
        renderSignatures(into: &html)
        if mayKeep, !agreement.state.isOver { renderEnd(into: &html) }
    }

    private var badge: Badge {
        let tone: Badge.Tone = agreement.state == .active ? .good : agreement.state.isOver ? .neutral : .warn
        return Badge(
            agreement.isBeingAmended ? "Avenant\u{202F}: \(agreement.state.label)" : agreement.state.label, tone)
    }

    private func renderNext(into html: inout HTML) {
        if agreement.isBeingAmended {
            html.p(
                "La version \(agreement.activeVersion) reste en vigueur tant que la version \(agreement.version) n’est pas signée."
            )
        }
        switch agreement.state {
        case .draft where mayKeep:
            html.p(.class("row")) { html in
                html.a(
                    "Réécrire la version \(agreement.version)", .href(Paths.fundingAct(id, .agreement, "rediger")),
                    .class("button"))
            }
            html.writingButton(
                "Envoyer à la signature", to: Paths.fundingAct(id, .agreement, "envoi"), tokens, style: .primary,
                fields: [("edition", "\(agreement.edition)")])
        case .review where found.reading.benefits: renderSigning(.beneficiary, into: &html)
        case .signedByBeneficiary where mayKeep: renderSigning(.funder, into: &html)
        case .active where mayKeep:
            html.p(.class("row")) { html in
                html.a("Écrire un avenant", .href(Paths.fundingAct(id, .agreement, "rediger")), .class("button"))
                html.a("Mandats à payer (CSV)", .href(Paths.paymentOrders), .class("button"))
            }
        default: break
        }
    }

    /// What would come back of an agreement that ended before its term: a landmark, the ledger waits for what is decided.
    private func renderUnused(into html: inout HTML) {
        guard let text = found.text, let unused = agreement.unused(of: found.line.fold, text: text) else { return }
        html.section(.class("card")) { html in
            html.h2("Au prorata du temps")
            html.p(
                "La convention a duré \(Format.count(unused.usedDays, "jour", "jours")) sur "
                    + "\(Format.number(unused.allDays)). Au prorata, \(Format.amount(cents: unused.amount)) des "
                    + "\(Format.amount(cents: unused.kept)) versés ne sont pas employés.")
            html.p(.class("muted")) { html in
                html.text("C’est un repère\u{202F}: le registre attend le reversement décidé. ")
                if mayKeep { html.a("Inscrire un reversement", .href(Paths.funding(id))) }
            }
        }
    }

    private func renderSigning(_ side: AgreementSide, into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Signer la version \(agreement.version)")
            html.p(
                "Relisez le texte et l’échéancier ci-dessous. Votre signature porte sur cette version et sur aucune autre."
            )
            html.writingForm(to: Paths.fundingAct(id, .agreement, "signature"), tokens) { html in
                html.add(HiddenField("version", "\(agreement.version)"))
                html.add(HiddenField("partie", side.rawValue))
                html.add(
                    TextField(
                        "qualite", "En quelle qualité signez-vous\u{202F}?", value: form["qualite"],
                        help: "Présidente, maire, directeur…", error: problems.message("qualite")))
                html.actions { $0.submit("Signer") }
            }
        }
    }

    private func renderAccount(into html: inout HTML) {
        html.section { html in
            html.h2("Compte bancaire")
            if found.accounts.isEmpty { html.p("Aucun compte n’est encore donné.", .class("muted")) }
            html.ul(.class("plain")) { html in
                for (index, account) in found.accounts.enumerated() {
                    html.li(.class("row row-between")) { html in
                        html.span(
                            "\(account.masked), \(account.holder), donné par \(found.names[account.proposedBy] ?? "—")")
                        if let by = account.verifiedBy {
                            html.add(Badge("Vérifié par \(found.names[by] ?? "—")", index == 0 ? .good : .neutral))
                        } else if mayKeep, index == 0 {
                            html.writingButton(
                                "Je l’ai vérifié", to: Paths.fundingAct(id, .account, account.id.text), tokens)
                        } else {
                            html.add(Badge(index == 0 ? "À vérifier" : "Remplacé", index == 0 ? .warn : .neutral))
                        }
                    }
                }
            }
            guard !agreement.state.isOver, mayKeep || found.reading.benefits else { return }
            html.details(.open(problems.message("iban") != nil || problems.message("titulaire") != nil)) { html in
                html.summary(found.accounts.isEmpty ? "Donner le compte" : "Changer de compte")
                html.p("Une deuxième personne vérifie chaque changement avant tout paiement.")
                html.writingForm(to: Paths.funding(id, .account), tokens) { html in
                    html.add(
                        TextField(
                            "iban", "IBAN", value: form["iban"], error: problems.message("iban"), autocomplete: "off"))
                    html.add(
                        TextField(
                            "titulaire", "Titulaire du compte", value: form["titulaire"],
                            error: problems.message("titulaire")))
                    html.actions { $0.submit("Enregistrer", style: .plain) }
                }
            }
        }
    }

    private func renderText(into html: inout HTML) {
        guard let last = found.last else { return }
        html.section { html in
            html.h2("Texte de la version \(last.number)")
            html.add(
                DefinitionList([
                    .init("Montant", Format.amount(cents: last.amount)),
                    .init("Du", day(last.startsOn)), .init("Au", day(last.endsOn)),
                    .init("Motif de l’avenant", last.reason),
                    .init("Empreinte") { $0.code(last.fingerprint, .class("break")) },
                ]))
            if !last.missing.isEmpty {
                html.div(.class("flash flash-warning")) { html in
                    html.p(
                        "Avant la signature, il manque\u{202F}: \(Format.list(last.missing.map { $0.label.lowercased() }))."
                    )
                }
            }
            for article in AgreementArticle.allCases {
                if let text = last.articles[article], !text.isEmpty {
                    html.h3(article.label)
                    html.add(PlainProse(text: text))
                }
            }
        }
    }

    private func renderSignatures(into html: inout HTML) {
        guard !found.signatures.isEmpty else { return }
        html.section { html in
            html.h2("Signatures")
            html.add(
                DataTable(
                    "Qui a signé quelle version", rows: found.signatures, id: "signatures",
                    columns: [
                        .init("Partie") { $0.side.label },
                        .init("Personne") { "\($0.account.flatMap { found.names[$0] } ?? "—"), \($0.quality)" },
                        .init("Version", isNumber: true) { "\($0.version)" },
                        .init("Le") { Format.moment($0.signedAt) },
                    ]))
        }
    }

    private func renderEnd(into html: inout HTML) {
        html.details(.open(problems.message("motif") != nil)) { html in
            html.summary("Terminer la convention")
            html.writingForm(to: Paths.fundingAct(id, .agreement, "fin"), tokens) { html in
                html.add(HiddenField("edition", "\(agreement.edition)"))
                html.add(
                    Choice(
                        "fin", "Comment",
                        options: [
                            Option("close", "Close\u{202F}: tout est payé et le bilan final accepté"),
                            Option("resiliee", "Résiliée\u{202F}: ce qui n’est pas payé ne le sera pas"),
                        ], value: form["fin"] ?? "close"))
                html.add(
                    TextField(
                        "motif", "Motif", value: form["motif"], error: problems.message("motif"), isRequired: false))
                html.actions { $0.submit("Terminer", style: .danger) }
            }
        }
    }

    private func day(_ date: CivilDate) -> String { Format.date(year: date.year, month: date.month, day: date.day) }
}

/// The schedule in force, each instalment with where it stands and the way to its own page.
struct InstalmentTable: View {
    var found: AgreementReading

    func render(into html: inout HTML) {
        let today = CivilZone.paris.local(found.reading.now.microseconds).date
        let rows = found.schedule
        html.section { html in
            html.h2("Échéancier")
            html.add(
                DataTable(
                    "Les échéances, \(Format.euros(cents: rows.reduce(0) { $0 + ($1.state == .cancelled ? 0 : $1.amount) })) en tout",
                    rows: rows, id: "echeances",
                    columns: [
                        .init("Échéance") { instalment, html in
                            html.a(
                                instalment.label,
                                .href(Paths.fundingAct(found.line.id, .instalments, instalment.id.text)))
                        },
                        .init("Montant", isNumber: true) { Format.amount(cents: $0.amount) },
                        .init("Quand") { instalment in
                            instalment.trigger.label
                                + (instalment.dueOn.map {
                                    ", le " + Format.date(year: $0.year, month: $0.month, day: $0.day)
                                } ?? "")
                        },
                        .init("Où elle en est") { instalment, html in
                            html.add(InstalmentBadge.badge(instalment))
                            let wait = instalment.wait(
                                activatedOn: found.agreement.activatedOn, accepted: found.accepted, today: today)
                            if instalment.state == .planned {
                                html.text(" " + (wait.map { "attend\u{202F}: \($0)" } ?? "peut être payée"))
                            }
                            if instalment.state == .suspended { html.text(" " + Format.typography(instalment.reason)) }
                        },
                    ]))
        }
    }
}

enum InstalmentBadge {
    static func badge(_ instalment: Instalment) -> Badge {
        switch instalment.state {
        case .planned: Badge(instalment.state.label)
        case .checked, .ordered: Badge(instalment.state.label, .info)
        case .paid: Badge(instalment.state.label, .good)
        case .suspended: Badge(instalment.state.label, .warn)
        case .cancelled: Badge(instalment.state.label, .bad)
        }
    }
}
