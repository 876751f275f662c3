import Maillage
import Markup

/// `/candidatures/{id}/depose`: what was deposited, as it was frozen, to read and print: the answers, each partner's part, and what was
/// found of the call's conditions.
enum CandidacyDepositedPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        guard let (deposit, _) = try await CandidacyReceiptPages.receipt(visit, reading) else { throw Missing() }
        let (candidacy, shelf) = (reading.candidacy, visit.reception.forms)
        let dossier = try await visit.read { try DepositedDossier.read(deposit, of: candidacy, shelf: shelf, $0) }
        guard let dossier else { throw Missing() }
        var view = CandidacyDepositedView(reading: reading, dossier: dossier)
        view.hasPrinter = visit.reception.printer != nil
        return visit.page(reading.head("Ce qui a été déposé", crumb: "Dossier déposé"), view)
    }

    /// The same on paper, for those who take part in the candidacy.
    static func print(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        guard let (deposit, _) = try await CandidacyReceiptPages.receipt(visit, reading) else { throw Missing() }
        let (candidacy, shelf) = (reading.candidacy, visit.reception.forms)
        let (dossier, depositor) = try await visit.read { reader in
            (
                try DepositedDossier.read(deposit, of: candidacy, shelf: shelf, reader),
                try candidacy.holder.flatMap { try AccountStore.names([$0], reader)[$0] } ?? candidacy.depositor
            )
        }
        guard let dossier else { throw Missing() }
        let print = DossierPrint(
            call: reading.call, candidacy: candidacy, deposit: deposit, depositor: depositor, state: dossier.state,
            dossier: dossier)
        return try await visit.printed(
            print.document(network: visit.reception.settings.networkName), savedAs: print.fileName,
            instead: "La page du dossier déposé s’imprime depuis le navigateur.")
    }
}

/// A deposit, whole.
struct CandidacyDepositedView: View {
    var reading: CandidacyReading
    var dossier: DepositedDossier
    /// Whether a PDF can be made here.
    var hasPrinter = false

    func render(into html: inout HTML) {
        let deposit = dossier.deposit
        html.h1("Ce qui a été déposé")
        html.p(.class("lead")) { $0.a(reading.call.title, .href(Paths.call(reading.call.slug))) }
        html.add(
            DefinitionList([
                .init("Projet", reading.candidacy.title), .init("Structure", reading.candidacy.structure),
                .init("Récépissé") { html in
                    html.a(
                        "n°\u{A0}\(deposit.number)",
                        .href(Paths.candidacy(reading.id, .receipt) + "?n=\(deposit.number)"))
                },
                .init("Arrivée", Receipt.words(of: deposit.arrival, .paris)),
                .init("Empreinte (SHA-256)") { $0.code(deposit.digest) },
            ]))
        if hasPrinter {
            html.p(.class("no-print")) {
                $0.a(
                    "Ce dossier en PDF",
                    .href(Paths.candidacy(reading.id, .depositedPrint) + "?n=\(deposit.number)"), .class("button"))
            }
        }
        html.add(
            CandidacyAnswers(
                state: dossier.state, sections: dossier.state.compiled.form.sections, links: .own(reading.id)
            ) {
                dossier.figures(of: $0)
            })
        html.add(DepositedParts(parts: dossier.parts, links: .own(reading.id)))
        html.add(EligibilityVerdicts(verdicts: dossier.eligibility))
    }
}
