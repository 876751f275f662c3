import Maillage
import Markup

/// Every call that came back from an archive.
struct ArchivedCallList: View {
    var calls: [(call: ArchivedCall, dossiers: Int)]

    func render(into html: inout HTML) {
        html.h1("Appels archivés")
        html.p(
            "Un appel exporté en entier, d’ici ou d’un autre réseau, se relit ici après vérification\u{202F}: rien ne s’y modifie, et "
                + "personne n’y a de compte.", .class("lead"))
        guard !calls.isEmpty else {
            html.add(
                EmptyState(
                    "Aucun appel archivé",
                    "L’administration technique en fait entrer un avec «\u{A0}maillage import call ARCHIVE\u{A0}»."))
            return
        }
        html.add(
            DataTable(
                Format.count(calls.count, "appel archivé", "appels archivés"), rows: calls, id: "archives",
                columns: [
                    .init("Appel") { item, html in
                        html.a(item.call.title, .href(Paths.archivedCall(item.call.id)))
                    },
                    .init("Organisateur") { $0.call.organiser },
                    .init("Réseau d’origine") { $0.call.network },
                    .init("Dossiers", isNumber: true) { Format.number($0.dossiers) },
                    .init("Archive du") { Format.moment($0.call.madeAt) },
                ]))
    }
}

/// One of them: what is known of it, its texts, a page of its dossiers.
struct ArchivedCallView: View {
    static let pageLength = 50

    var call: ArchivedCall
    var dossiers: [ArchivedCall.Dossier]
    var count: Int
    var files: [ArchivedCall.File]
    var page = 1
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1(call.title)
        html.p("Archive en lecture seule.", .class("lead"))
        html.add(
            DefinitionList([
                .init("Organisateur", call.organiser), .init("Réseau d’origine", call.network),
                .init("Adresse d’origine") { $0.code(call.address, .class("break")) },
                .init("Archive du", Format.moment(call.madeAt)), .init("Relue ici le", Format.moment(call.importedAt)),
                .init("Dossiers", Format.number(count)),
                .init(
                    "Dossiers refusés à la lecture", call.refused > 0 ? Format.number(call.refused) : nil),
                .init("Empreinte de l’archive (SHA-256)") { $0.code(call.digest.text, .class("break")) },
            ]))
        html.p(
            call.hasOwnKeys
                ? "Les récépissés ont été vérifiés avec les clés jointes à l’archive\u{202F}: elle est cohérente avec elle-même. Pour "
                    + "savoir qui les a délivrés, comparez ces clés avec celles que publie le réseau d’origine."
                : "Les récépissés ont été vérifiés avec les clés du réseau d’origine, fournies à part.")
        if dossiers.isEmpty {
            html.add(EmptyState("Aucun dossier", "Cette archive n’en contient pas de plus."))
        } else {
            html.add(
                DataTable(
                    Format.count(count, "dossier", "dossiers"), rows: dossiers, id: "dossiers",
                    columns: [
                        .init("Dossier") { dossier, html in
                            html.a(dossier.name, .href(Paths.archivedDossier(call.id, dossier.number)))
                        },
                        .init("N°", isNumber: true) { String($0.number) },
                        .init("Structure") { $0.structure },
                        .init("Arrivée") { Format.moment($0.arrival) },
                        .init("État, à la date de l’archive") { $0.stateLabel },
                    ]))
        }
        html.add(
            Pagination(
                page: page, pageCount: (count + Self.pageLength - 1) / Self.pageLength,
                link: { page in
                    Link(
                        path: "coordination", "archives", call.id.text,
                        query: page > 1 ? [("page", String(page))] : [])
                }))
        ArchivedFiles.render("Textes et tableaux de l’appel", files, into: &html)
        renderRemoval(into: &html)
    }

    private func renderRemoval(into html: inout HTML) {
        html.details { html in
            html.summary("Retirer cet appel")
            html.p(
                "Ses dossiers et leurs documents quittent ce réseau. L’archive d’où il vient, si vous l’avez gardée, permet de le relire."
            )
            html.writingForm(to: Paths.archivedCallRemoval(call.id), tokens) { html in
                html.add(CheckBox("certain", "Je veux retirer cet appel et tous ses documents", isChecked: false))
                html.actions { $0.submit("Retirer l’appel archivé", style: .plain) }
            }
        }
    }
}

/// One dossier of an archived call.
struct ArchivedDossierView: View {
    var dossier: ArchivedDossier

    func render(into html: inout HTML) {
        let entry = dossier.entry
        html.h1(entry.name)
        html.p(dossier.call.title, .class("lead"))
        html.add(
            DefinitionList([
                .init("Récépissé", "n°\u{A0}\(entry.number)"),
                .init("Arrivée", Receipt.words(of: entry.arrival, .paris)), .init("Délai", entry.verdict.label),
                .init("Structure", entry.structure), .init("Déposée par", entry.depositor),
                .init("État, à la date de l’archive", entry.stateLabel),
            ]))
        renderReceipt(into: &html)
        if let read = dossier.dossier {
            html.add(PrintedAnswers(state: read.state) { read.figures(of: $0) })
            for (index, part) in read.parts.enumerated() {
                html.section { html in
                    html.h2("\(part.partner.name), \(part.partner.state.label)")
                    html.add(PrintedAnswers(state: part.state, part: index + 1))
                }
            }
            html.add(EligibilityVerdicts(verdicts: read.eligibility))
        } else if entry.channel == .online {
            html.p("Le formulaire de ce dossier n’est pas dans l’archive\u{202F}: le dépôt se lit dans son fichier.")
        } else {
            html.p("Cette candidature est venue sur papier ou par courriel\u{202F}: l’original était au service.")
        }
        ArchivedFiles.render("Fichiers du dossier", dossier.files.filter(\.isThere), into: &html)
        renderAbsent(dossier.files.filter { !$0.isThere }, into: &html)
    }

    private func renderReceipt(into html: inout HTML) {
        guard let receipt = dossier.receipt else { return }
        html.section { html in
            html.h2("Le récépissé d’origine")
            html.ul { html in
                for check in receipt.checks {
                    html.li { html in
                        html.add(Badge(check.holds ? "tient" : "ne tient pas", check.holds ? .good : .bad))
                        html.text(
                            " " + (check.outcome.isOfAPublishedKey ? "La clé est celle de l’archive." : check.sentence))
                    }
                }
            }
        }
    }

    private func renderAbsent(_ files: [ArchivedCall.File], into html: inout HTML) {
        guard !files.isEmpty else { return }
        html.section { html in
            html.h2("Documents absents de l’archive")
            html.ul { html in
                for file in files {
                    html.li { html in
                        html.strong(file.title)
                        html.text(" (\(Format.fileSize(bytes: file.size)))\u{202F}: \(file.absence).")
                    }
                }
            }
        }
    }
}

extension ReceiptCheck.Outcome {
    /// Its sentence speaks of this network's keys, which those of an archive are not.
    fileprivate var isOfAPublishedKey: Bool { if case .knownKey = self { true } else { false } }
}

/// Files of an archived call, to be taken as they came.
private enum ArchivedFiles {
    static func render(_ title: String, _ files: [ArchivedCall.File], into html: inout HTML) {
        guard !files.isEmpty else { return }
        html.section { html in
            html.h2(title)
            html.ul(.class("file-list")) { html in
                for file in files {
                    html.li(.class("break")) { html in
                        html.a(file.title, .href(Paths.archivedFile(file)))
                        html.span(
                            " \(Format.fileSize(bytes: file.size))\(file.isAddition ? ", arrivé après le dépôt" : "")",
                            .class("muted"))
                    }
                }
            }
        }
    }
}
