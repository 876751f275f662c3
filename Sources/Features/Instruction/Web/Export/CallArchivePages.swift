import Exchange
import Maillage
import Markup

/// A whole call as one file, from the page that exports: see `CallArchive`.
enum CallArchivePages {
    /// Writes the line of the journal, then the file.
    static func send(_ visit: Visit, _ query: InstructionQuery) async throws -> Answer {
        guard let id = query.call else { throw Problems("", "Choisissez d’abord un appel dans les filtres.") }
        let principal = visit.principal
        let all = InstructionQuery.all(of: id)
        _ = try await visit.perform(ExportDossiers(query: all, file: .archive))
        guard let call = try await visit.read({ try CallStore.call(principal, id, $0) }) else { throw Missing() }
        let reception = visit.reception
        let others = try await reception.rooms.inArchive(visit, call)
        let archive = CallArchive(
            call,
            DossierBatches(
                reception.database, all, principal, at: visit.now, shelf: reception.forms, readsAnswers: true),
            keys: reception.receiptKeys?.all ?? [], isScanned: reception.settings.clamdSocket != nil, at: visit.now,
            head: LetterHead(reception.settings), vault: reception.photos.vault, reception.database,
            others: others.map { ($0.name, $0.bytes) },
            pages: pages(of: call, network: reception.settings.networkName, at: visit.now))
        return Answer.stream(type: "application/zip", savedAs: "appel-\(call.slug).zip") { sink in
            try await archive.write { try await sink.write($0) }
        }
    }

    private static func pages(of call: Call, network: String, at now: Instant) -> CallArchive.Pages {
        CallArchive.Pages(
            index: { entries, texts in
                PrintedDocument(call.title, footer: "\(network), le \(Format.moment(now))") { html in
                    html.add(CallArchiveIndex(call: call, entries: entries, texts: texts))
                }.bytes
            },
            dossier: { dossier in
                let line = dossier.line
                let print = DossierPrint(
                    call: call, candidacy: line.candidacy, deposit: line.deposit, depositor: line.depositor,
                    state: line.state, dossier: line.dossier, additions: line.additions,
                    addedFiles: dossier.additions)
                return PrintedDocument("Dossier n° \(line.deposit.number), \(line.candidacy.name)", footer: network) {
                    html in
                    html.p { $0.a("Tous les dossiers", .href("../index.html")) }
                    if line.isOpen {
                        html.add(print)
                    } else {
                        html.h1(line.candidacy.name)
                        html.p("Ce dossier n’était pas encore ouvert quand cette archive a été faite.")
                    }
                    CallArchiveIndex.links("Dans cette archive", dossier.documents, into: &html)
                    CallArchiveIndex.absent(dossier.absent, into: &html)
                }.bytes
            })
    }
}

/// The first page of the archive of a call.
struct CallArchiveIndex: View {
    var call: Call
    var entries: [CallArchive.Entry]
    var texts: [String]

    func render(into html: inout HTML) {
        html.h1(call.title)
        html.p(
            "\(call.settings.identity.organiser). \(Format.count(entries.count, "dossier", "dossiers")).",
            .class("lead"))
        html.table { html in
            html.caption("Les dossiers")
            html.thead { html in
                html.tr { html in
                    for title in ["N°", "Projet", "Structure", "Arrivée", "État"] { html.th(title, .scope("col")) }
                }
            }
            html.tbody { html in
                for entry in entries { render(entry, into: &html) }
            }
        }
        let absent = entries.reduce(0) { $0 + $1.absent }
        if absent > 0 {
            html.p(
                "\(Format.count(absent, "document n’est pas", "documents ne sont pas")) dans cette archive\u{202F}: la page de "
                    + "chaque dossier les nomme, avec la raison.")
        }
        Self.links("L’appel", texts.map { ($0, $0) }, into: &html)
        html.p(
            "Chaque récépissé se vérifie sans connexion, avec les clés de cette archive\u{202F}: "
                + "maillage receipt verify --keys cles-des-recepisses.json DOSSIER/recepisse.json")
    }

    private func render(_ entry: CallArchive.Entry, into html: inout HTML) {
        html.tr { html in
            html.td(String(entry.number))
            html.th(.scope("row")) {
                $0.a(entry.name, .href(PercentEncoding.encode(entry.folder) + "/index.html"))
            }
            html.td(entry.structure)
            html.td(Format.moment(entry.arrival))
            html.td(entry.state.label)
        }
    }

    /// The documents that are not there, each with its reason; nothing when there are none.
    static func absent(_ files: [CallArchiveManifest.Absent], into html: inout HTML) {
        guard !files.isEmpty else { return }
        html.h2("Documents absents de cette archive")
        html.ul { html in
            for file in files {
                html.li { html in
                    html.strong(file.name)
                    html.text(" (\(Format.fileSize(bytes: file.size)))\u{202F}: \(file.reason). Empreinte ")
                    html.code(file.digest.text)
                }
            }
        }
    }

    /// Links to files beside the page; nothing when there are none.
    static func links(_ title: String, _ files: [(name: String, path: String)], into html: inout HTML) {
        guard !files.isEmpty else { return }
        html.h2(title)
        html.ul { html in
            for file in files {
                html.li { $0.a(file.name, .href(PercentEncoding.encode(file.path, keeping: "/"))) }
            }
        }
    }
}
