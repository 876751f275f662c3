import Maillage
import Markup

/// What a receipt says, fact by fact: the same on its page, on paper and where it is verified.
struct ReceiptFacts: View {
    var signed: SignedReceipt
    /// Heading level of its parts: 2 on the receipt's own page, 3 under a title.
    var level = 3

    private var receipt: Receipt { signed.receipt }

    func render(into html: inout HTML) {
        html.add(
            DefinitionList([
                .init("Récépissé", "n°\u{A0}\(Format.number(receipt.number)), \(receipt.network)"),
                .init("Appel", receipt.call.title + (receipt.call.wave.map { ", \($0)" } ?? "")),
                .init("Règlement", "version \(receipt.call.rulesVersion)"),
                .init("Candidature", "\(receipt.candidacy), version \(receipt.version)"),
                .init("Déposée par", receipt.depositor),
                .init("Pour", receipt.structure),
                .init("Reçue", channel),
                .init("Arrivée le", receipt.arrivalWords),
                .init("Limite", receipt.limit.map(\.words) ?? "aucune"),
                .init("Délai", receipt.verdictWords),
                .init("Récépissé délivré le", Receipt.words(of: receipt.issuedAt, .paris)),
            ]))
        files(into: &html)
        legal(into: &html)
        heading("Empreintes", into: &html)
        html.add(
            DefinitionList([
                .init("Récépissé (SHA-256)") { $0.code(signed.fingerprint.grouped) },
                .init("Réponses") { $0.code(receipt.answersFingerprint.grouped) },
                fingerprint("Document", receipt.documentFingerprint),
                fingerprint("Règlement", receipt.call.rulesFingerprint),
                fingerprint("Tête précédente", receipt.previousHead),
                .init("Clé") { $0.code(receipt.key) },
            ]))
    }

    private func heading(_ text: String, into html: inout HTML) {
        if level == 2 { html.h2(text) } else { html.h3(text) }
    }

    private func fingerprint(_ name: String, _ value: Fingerprint?) -> DefinitionList.Fact {
        guard let value else { return .init(name, nil) }
        return .init(name) { $0.code(value.grouped) }
    }

    private var channel: String {
        switch receipt.channel {
        case .online: "en ligne"
        case .post: "par courrier, enregistrée par un agent"
        case .email: "par courriel, enregistrée par un agent"
        }
    }

    private func files(into html: inout HTML) {
        heading("Fichiers déposés", into: &html)
        guard !receipt.files.isEmpty else {
            html.p("Aucun fichier joint.")
            return
        }
        html.add(
            DataTable(
                Format.count(receipt.files.count, "fichier déposé", "fichiers déposés"), rows: receipt.files,
                id: "fichiers-deposes",
                columns: [
                    .init("Nom") { $0.name },
                    .init("Taille", isNumber: true) { Format.fileSize(bytes: $0.size) },
                    .init("Empreinte (SHA-256)") { file, html in html.code(file.fingerprint.grouped) },
                ]))
    }

    /// The mentions of article R112-11-1.
    private func legal(into html: inout HTML) {
        guard let legal = receipt.legal else { return }
        heading("Service chargé du dossier", into: &html)
        html.add(
            DefinitionList([
                .init("Service", legal.service), .init("Adresse", legal.postalAddress),
                .init("Courriel", legal.email), .init("Téléphone", legal.phone),
                .init("Sans réponse", legal.silence), .init("Recours", legal.appeal),
            ]))
    }
}
