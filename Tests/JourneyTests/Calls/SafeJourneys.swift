import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// The safe of a structure through the site.
@Suite(.serialized) struct SafeJourneys {
    private static func send(
        _ scene: AttachmentJourneys.Scene, _ path: String, _ fields: [(String, String)], _ bytes: [UInt8],
        as who: AttachmentJourneys.Person, name: String = "rib.pdf"
    ) async throws -> Reply {
        var form = MultipartForm()
        form.field(FormToken.fieldName, scene.site.token(for: path, account: who.account))
        for (name, value) in fields { form.field(name, value) }
        form.file("fichier", name, "application/pdf", bytes)
        return try await scene.site.ask(
            "POST", path,
            headers: [
                "Content-Type": MultipartForm.type, "Origin": scene.site.origin, "Sec-Fetch-Site": "same-origin",
            ], body: form.body, session: who.session)
    }

    // ATT-13, ATT-14
    @Test(arguments: TestEngine.available)
    func fromTheSafeToACandidacy(_ engine: TestEngine) async throws {
        try await AttachmentJourneys.open(engine) { scene in
            let place = try await scene.site.desk.perform(
                CreatePlace(
                    values: [.name: .text("L’Atelier"), .structure: .text("Association L’Atelier")],
                    visibility: .everyone), as: .house)
            let scope = Scope(.place, place.id.number)
            let marie = try await scene.site.signIn("marie", [Grant(.placeManager, on: scope)])
            let path = "/lieux/\(place.slug)/coffre"
            #expect(try await scene.get("/lieux/\(place.slug)", as: marie).text.contains("href=\"\(path)\""))
            #expect(try await scene.get("/mon-compte", as: marie).text.contains("href=\"\(path)\""))
            let empty = try await scene.get(path, as: marie)
            #expect(empty.status == 200 && empty.text.contains("Le coffre est vide"))
            #expect(empty.text.contains("Association L’Atelier, qui porte"))

            let refused = try await Self.send(scene, path, [("nature", "")], SampleDocuments.pdf("RIB"), as: marie)
            #expect(refused.status == 422 && refused.text.contains("Dites ce qu’est ce document."))
            let wrong = try await Self.send(
                scene, path, [("nature", "rib"), ("date", "hier")], Array("rien".utf8), as: marie)
            #expect(wrong.status == 422 && wrong.text.contains("n’est pas d’un format reconnu"))
            #expect(wrong.text.contains("Écrivez la date ainsi"))
            let bytes = SampleDocuments.pdf("RIB")
            let sent = try await Self.send(
                scene, path, [("nature", "rib"), ("date", "2026-09-01"), ("validite", "2026-09-30")], bytes, as: marie)
            #expect(sent.status == 303, "\(sent.text.prefix(600))")
            let page = try await scene.get(path, as: marie)
            #expect(page.text.contains("rib.pdf</a>") && page.text.contains("valable jusqu’au 30 septembre 2026"))
            let principal = Principal(
                account: marie.account, name: "Marie", grants: [Grant(.placeManager, on: scope)])
            let document = try #require(
                try await scene.site.desk.database.read {
                    try SafeDocumentStore.documents(principal, of: [place.id], $0)
                }.first)
            let address = path + "/\(document.id.text)"
            let download = try await scene.get(address, as: marie)
            #expect(download.status == 200 && download.body == bytes)
            #expect(download["content-security-policy"] == "default-src 'none'; sandbox")

            // Others of the network, even above, learn nothing of what is in it.
            let edith = try await scene.site.signIn("edith", [Grant(.placeEditor, on: scope)])
            let agent = try await scene.site.signIn("agente", [Grant(.coordinator, on: .network)])
            for person in [edith, agent, scene.ada] {
                for hidden in [path, address, path + "/0000000000000"] {
                    let reply = try await scene.get(hidden, as: person)
                    #expect(reply.status == 403 && !reply.text.contains("rib.pdf"), "\(hidden)")
                }
                #expect(try await scene.post(address + "/retrait", as: person).status == 403)
                #expect(try await Self.send(scene, path, [("nature", "rib")], bytes, as: person).status == 403)
                #expect(!(try await scene.get("/lieux/\(place.slug)", as: person).text.contains(path)))
            }

            // In one press, to her own candidacy.
            let marieHerself = Principal(
                account: marie.account, name: "Marie", grants: [Grant(.placeManager, on: scope)])
            let draft = try await scene.site.desk.perform(
                StartCandidacy(call: scene.call.id, shelf: scene.site.reception.forms), as: marieHerself)
            let own = "/candidatures/\(draft.id.text)/pieces"
            let pieces = try await scene.get(own, as: marie)
            #expect(pieces.text.contains("Prendre dans le coffre à documents"))
            #expect(pieces.text.contains("value=\"\(document.id.text)\""))
            let fields = [("document", document.id.text)]
            #expect(try await scene.post(own + "/lettres/coffre", fields, as: marie).status == 303)
            #expect(try await scene.get(own, as: marie).text.contains("rib.pdf</a>"))
            // Ada writes her own candidacy, and cannot take from Marie's safe.
            #expect(try await scene.post(scene.own + "/pieces/lettres/coffre", fields).status == 404)

            // Past its date, it is said and no more offered.
            scene.site.clock?.advance(by: .days(9))
            let later = try await scene.site.desk.perform(
                OpenSession(account: marie.account, device: "essai"), as: .house)
            let again: AttachmentJourneys.Person = (marie.account, later.secret.text)
            let old = try await scene.get(path, as: again)
            #expect(old.text.contains("plus valable depuis le 30 septembre 2026"))
            #expect(old.text.contains("Un document n’est plus valable."))
            let late = try await scene.post(own + "/statuts/coffre", fields, as: again)
            #expect(late.status == 422 && late.text.contains("n’est plus valable"))

            let suffix = "-" + document.id.text
            let edited = try await scene.post(
                address, [("nature" + suffix, "rib"), ("date" + suffix, ""), ("validite" + suffix, "2027-01-31")],
                as: again)
            #expect(edited.status == 303)
            #expect(try await scene.get(path, as: again).text.contains("valable jusqu’au 31 janvier 2027"))
            #expect(try await scene.post(address + "/retrait", as: again).status == 303)
            #expect(try await scene.get(address, as: again).status == 404)
            #expect(try await scene.get(own, as: again).text.contains("rib.pdf</a>"), "the candidacy keeps it")
        }
    }
}
