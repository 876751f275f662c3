import HTTPTypes
import Maillage

/// `/candidatures/{id}/instruction/dossier.pdf`: one dossier on paper, as it stands, for those who instruct it.
enum DossierPrintPages {
    static func print(_ visit: Visit) async throws -> Answer {
        let reading = try await DossierReading.find(visit)
        let dossier = reading.dossier
        guard let deposit = dossier.opened.counting else { throw Missing() }
        let (principal, now, shelf, id) = (visit.principal, visit.now, visit.reception.forms, reading.id)
        let added = try await visit.read { try InstructionDossier.addedFiles(principal, id, at: now, shelf: shelf, $0) }
        let print = DossierPrint(
            call: reading.call, candidacy: dossier.candidacy, deposit: deposit, depositor: dossier.opened.depositor,
            state: dossier.standing, dossier: dossier.opened.dossier,
            additions: dossier.requests.filter { $0.state == .answered }.compactMap(\.answeredAt).sorted(),
            addedFiles: added)
        return try await visit.printed(
            print.document(network: visit.reception.settings.networkName), savedAs: print.fileName,
            instead: "La page du dossier s’imprime depuis le navigateur.")
    }
}

extension Paths {
    static func dossierPrint(_ id: Candidacy.ID) -> String {
        path("candidatures", id.text, "instruction", "dossier.pdf")
    }
}
