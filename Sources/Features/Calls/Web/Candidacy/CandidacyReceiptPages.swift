import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/recepisse`: what proves the deposit, to read, print and keep.
enum CandidacyReceiptPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        guard let (deposit, signed) = try await receipt(visit, reading) else {
            return visit.page(reading.head("Récépissé", crumb: "Récépissé")) { html in
                html.h1("Récépissé")
                html.add(
                    EmptyState(
                        "Rien n’a encore été déposé",
                        "Un brouillon n’est pas reçu par l’organisateur. Le récépissé s’affiche ici dès le dépôt.",
                        actions: [
                            ("Vérifier et déposer", Link(path: "candidatures", reading.id.text, "verification"))
                        ]))
            }
        }
        let view = CandidacyReceiptView(
            reading: reading, deposit: deposit, signed: signed, address: visit.reception.settings.baseURL,
            hasPrinter: visit.reception.printer != nil)
        return visit.page(reading.head("Récépissé n° \(deposit.number)", crumb: "Récépissé"), view)
    }

    /// The receipt on paper, with the code that leads to its verification.
    static func print(_ visit: Visit) async throws -> Answer {
        guard let (_, signed) = try await receipt(visit, CandidacyReading.find(visit)) else { throw Missing() }
        return try await ReceiptPrint.answer(signed, visit)
    }

    static func file(_ visit: Visit) async throws -> Answer {
        guard let (_, signed) = try await receipt(visit, CandidacyReading.find(visit)) else { throw Missing() }
        return .file(signed.fileBytes, type: "application/json", savedAs: signed.fileName + ".json")
    }

    static func archive(_ visit: Visit) async throws -> Answer {
        guard let (_, signed) = try await receipt(visit, CandidacyReading.find(visit)),
            let key = visit.reception.receiptKeys?.all.first(where: { $0.id == signed.receipt.key })
        else { throw Missing() }
        let bytes = try ReceiptArchive.bytes(signed, key: key, address: visit.reception.settings.baseURL)
        return .file(bytes, type: "application/zip", savedAs: signed.fileName + ".zip")
    }

    /// The deposited answers, byte for byte: their SHA-256 is the one on the receipt.
    static func deposited(_ visit: Visit) async throws -> Answer {
        guard let (deposit, signed) = try await receipt(visit, CandidacyReading.find(visit)) else { throw Missing() }
        return .file(
            Array(deposit.snapshot.utf8), type: "application/json",
            savedAs: signed.fileName.replacing("recepisse-", with: "reponses-") + ".json")
    }

    /// The receipt that `?n=` names, else that of the deposit that counts.
    static func receipt(
        _ visit: Visit, _ reading: CandidacyReading
    ) async throws -> (CandidacyDeposit, SignedReceipt)? {
        let number = visit.query.int("n")
        let asked = reading.dossier.deposits.first { $0.number == number }
        if number != nil, asked == nil { throw Missing() }
        guard let deposit = asked ?? reading.dossier.counting else { return nil }
        let signed = try await visit.read { try ReceiptStore.receipt(of: deposit.id, $0) }
        return signed.map { (deposit, $0) }
    }
}

/// The receipt, and those that came before or after it.
struct CandidacyReceiptView: View {
    var reading: CandidacyReading
    var deposit: CandidacyDeposit
    var signed: SignedReceipt
    var address: String
    /// Whether a PDF can be made here.
    var hasPrinter = false

    func render(into html: inout HTML) {
        if reading.candidacy.state == .withdrawn {
            html.p {
                $0.strong("Cette candidature est retirée. Le récépissé reste vrai\u{202F}: il dit ce qui a été reçu.")
            }
        }
        let id = reading.id.text
        let query = [("n", String(deposit.number) as String?)]
        var downloads = [("L’archive à garder (ZIP)", Link(path: "candidatures", id, "recepisse.zip", query: query))]
        if hasPrinter {
            downloads.append(
                ("Le récépissé à imprimer (PDF)", Link(path: "candidatures", id, "recepisse.pdf", query: query)))
            downloads.append(
                ("Mon dossier déposé (PDF)", Link(path: "candidatures", id, "depose.pdf", query: query)))
        }
        downloads += [
            ("Le récépissé signé (JSON)", Link(path: "candidatures", id, "recepisse.json", query: query)),
            ("Mes réponses déposées (JSON)", Link(path: "candidatures", id, "depose.json", query: query)),
        ]
        html.add(ReceiptView(signed: signed, address: address, downloads: downloads))
        html.p(.class("no-print")) { html in
            html.text("Vous avez le fichier\u{202F}? ")
            html.a("Le vérifier maintenant", .href(Paths.receiptCheck(signed.fingerprint)))
            html.text(".")
        }
        if reading.dossier.deposits.count > 1 { renderOthers(into: &html) }
        html.p(.class("no-print")) { html in
            html.a(
                "Lire et imprimer ce qui a été déposé",
                .href(Paths.candidacy(reading.id, .reading) + "?n=\(deposit.number)"))
        }
        html.p(.class("no-print")) { $0.a("Revenir à la candidature", .href(Paths.candidacy(reading.id))) }
    }

    private func renderOthers(into html: inout HTML) {
        let counting = reading.dossier.counting?.id
        html.section(.class("no-print")) { html in
            html.h2("Tous vos dépôts")
            html.add(
                DataTable(
                    "Le dernier dépôt dans les délais compte, les autres restent comme preuves",
                    rows: reading.dossier.deposits, id: "depots",
                    columns: [
                        .init("Récépissé") { deposit, html in
                            html.a(
                                "n°\u{A0}\(deposit.number)",
                                .href(Paths.candidacy(reading.id, .receipt) + "?n=\(deposit.number)"))
                        },
                        .init("Arrivée") { Receipt.words(of: $0.arrival, .paris) },
                        .init("Délai") { $0.verdict.label },
                        .init("Compte") { $0.id == counting && reading.candidacy.state != .withdrawn ? "oui" : "" },
                    ]))
        }
    }
}
