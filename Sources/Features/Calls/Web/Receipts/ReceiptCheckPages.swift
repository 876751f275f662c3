import HTTPTypes
import Maillage
import Markup

/// `/recepisses/verifier`: whether a receipt was issued here and nothing of it changed. Nothing is kept of what is sent.
enum ReceiptCheckPages {
    /// Bytes of a whole form, the deposited files included; larger ones are for `maillage receipt verify`.
    static let limit = 64 << 20

    static func show(_ visit: Visit) async throws -> Answer {
        page(visit, printed: visit.query.text("empreinte").flatMap(Fingerprint.init(text:)))
    }

    static func check(_ visit: Visit) async throws -> Answer {
        guard let upload = visit.upload else { throw DoorRefusal.unknownForm }
        var form = ReceiptCheckForm()
        try await upload.read { form.take($0) }
        guard !form.bytes.isEmpty else {
            let problems = Problems(
                ReceiptCheckForm.receipt, "Choisissez le fichier du récépissé, ou collez son texte plus bas.")
            return page(visit, printed: form.expected, problems: problems)
        }
        let verifier = ReceiptVerifier(keys: visit.reception.receiptKeys?.all ?? [])
        let found = verifier.verify(form.bytes, files: form.candidates)
        let isPrintedOne = form.expected.map { $0 == found.signed?.fingerprint }
        let isAccepted = found.isValid && isPrintedOne != false
        var proof: ReceiptProof?
        if isAccepted, let print = found.signed?.fingerprint {
            proof = try await visit.read { try ReceiptHeadStore.proof(of: print, $0) }
        }
        var head = head(isAccepted ? "Récépissé vérifié" : "Récépissé refusé")
        head.isIndexed = false
        return visit.page(
            head, status: isAccepted ? .ok : .unprocessableContent,
            ReceiptFindingsView(found: found, isPrintedOne: isPrintedOne, isAccepted: isAccepted, proof: proof))
    }

    private static func page(_ visit: Visit, printed: Fingerprint?, problems: Problems = Problems()) -> Answer {
        var head = head("Vérifier un récépissé")
        head.description = "Vérifier qu’un récépissé de dépôt a été délivré par le réseau et que rien n’y a changé."
        head.isIndexed = printed == nil
        head.hasErrors = !problems.isEmpty
        return visit.page(
            head, status: problems.isEmpty ? .ok : .unprocessableContent,
            ReceiptCheckView(
                printed: printed, problems: problems, tokens: FormTokens(visit),
                contact: visit.reception.settings.contactEmail))
    }

    private static func head(_ title: String) -> PageHead {
        PageHead(title, section: "Appels", breadcrumbs: Breadcrumbs(current: title))
    }
}
