import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// Whole stories of places through the site, on both engines.
@Suite(.serialized) struct PlaceJourneys {
    private static func place(
        _ site: LiveSite, _ name: String, _ visibility: Place.Visibility = .everyone,
        _ more: [SheetField: SheetValue] = [:]
    ) async throws -> Place {
        var values: [SheetField: SheetValue] = [.name: .text(name)]
        values.merge(more) { _, given in given }
        return try await site.desk.perform(CreatePlace(values: values, visibility: visibility), as: .house)
    }

    private static func withoutTokens(_ text: String) -> String {
        let pieces = text.components(separatedBy: "name=\"\(FormToken.fieldName)\" value=\"")
        return pieces.enumerated().map { $0 == 0 ? $1 : String($1.drop { $0 != "\"" }) }.joined()
    }

    /// What a browser would send back of a form it was shown, with some fields changed.
    private static func form(of reply: Reply, changing changed: [String: String] = [:]) -> [(String, String)] {
        var fields: [(String, String)] = []
        var rest = reply.text[...]
        if let form = rest.range(of: "<form method=\"post\" action=\"/lieux") { rest = rest[form.lowerBound...] }
        if let end = rest.range(of: "</form>") { rest = rest[..<end.lowerBound] }
        func attribute(_ name: String, _ tag: Substring) -> String? {
            guard let start = tag.range(of: " \(name)=\"") else { return nil }
            return String(tag[start.upperBound...].prefix { $0 != "\"" })
                .replacing("&amp;", with: "&").replacing("&lt;", with: "<").replacing("&#39;", with: "'")
        }
        var select: String?
        for piece in rest.split(separator: "<") {
            let tag = piece.prefix { $0 != ">" }
            if tag.hasPrefix("select") { select = attribute("name", tag) }
            if tag.hasPrefix("option"), tag.contains(" selected"), let name = select {
                fields.append((name, changed[name] ?? attribute("value", tag) ?? ""))
            }
            guard let name = attribute("name", tag), name != FormToken.fieldName else { continue }
            if tag.hasPrefix("input") {
                let isBox = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"")
                if isBox, !tag.contains(" checked") { continue }
                fields.append((name, changed[name] ?? attribute("value", tag) ?? ""))
            } else if tag.hasPrefix("textarea") {
                let text = piece.drop { $0 != ">" }.dropFirst()
                fields.append((name, changed[name] ?? String(text).trimmingPrefix("\n").description))
            }
        }
        return fields
    }

    @Test(arguments: TestEngine.available)
    func anEditIsSeenAndOnlyWhatWasTouchedChanges(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
            let place = try await Self.place(
                site, "L’Atelier", .everyone,
                [.summary: .text("Avant"), .hours: .text("Mo-Fr 09:00-18:00"), .services: .codes(["reparation"])])
            let who = try await site.signIn("edith", [Grant(.placeEditor, on: Scope(.place, place.id.number))])
            let path = "/lieux/\(place.slug)/modifier"
            let page = try await site.get(path, session: who.session)
            #expect(page.status == 200)
            let sentence = "On y répare <des> radios & des vélos"
            let saved = try await site.post(
                path, Self.form(of: page, changing: ["description_courte": sentence]), as: who.account,
                session: who.session)
            #expect(saved.status == 303, "\(saved.text.prefix(300))")
            let seen = try await site.get("/lieux/\(place.slug)")
            #expect(seen.text.contains("On y répare &lt;des&gt; radios &amp; des vélos"))
            let list = try await site.get("/lieux?q=radios")
            #expect(list.text.contains("/lieux/\(place.slug)"))
            let changes = try await site.reception.database.read { try PlaceHistory.changes(of: place.id, $0) }
            #expect(changes.first?.fields.map(\.field) == [.summary])
        }
    }

    @Test(arguments: TestEngine.available)
    func theMapThatMovesIsAnsweredTheRowsAlone(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
            _ = try await Self.place(site, "Le Rouet", .everyone, [.summary: .text("On y file")])
            let part = try await site.get("/lieux?q=rouet", headers: ["X-Maillage-Part": "resultats"])
            #expect(part.text.hasPrefix("<section id=\"resultats\""))
            #expect(part.text.contains("Le Rouet"))
            // Nobody who goes back in their history is shown a piece for the page.
            #expect(part["Cache-Control"] == "no-store")
            let page = try await site.get("/lieux?q=rouet")
            #expect(page.text.hasPrefix("<!DOCTYPE html>"))
            #expect(page.text.contains("Le Rouet"))
        }
    }

    @Test(arguments: TestEngine.available)
    func twoPeopleChangingOneFieldBothKeepTheirText(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
            let place = try await Self.place(site, "Le Lavoir", .everyone, [.summary: .text("Avant")])
            let who = try await site.signIn("edith", [Grant(.placeEditor, on: Scope(.place, place.id.number))])
            let path = "/lieux/\(place.slug)/modifier"
            let page = try await site.get(path, session: who.session)
            _ = try await site.desk.perform(
                EditPlace(place: place.id, version: place.version, values: [.summary: .text("Celui d’un autre")]),
                as: .house)
            let refused = try await site.post(
                path, Self.form(of: page, changing: ["description_courte": "Le mien"]), as: who.account,
                session: who.session)
            #expect(refused.status == 409)
            #expect(refused.text.contains("Celui d’un autre"))
            #expect(refused.text.contains(">Le mien</textarea>"))
            // Sent again from the page that shows both, it is knowingly written over.
            let again = try await site.post(path, Self.form(of: refused), as: who.account, session: who.session)
            #expect(again.status == 303)
            let seen = try await site.get("/lieux/\(place.slug)")
            #expect(seen.text.contains("Le mien"))
        }
    }

    @Test func anotherFieldChangedMeanwhileIsNoConflict() async throws {
        try await LiveSite.open { (site: LiveSite) async throws -> Void in
            let place = try await Self.place(site, "Le Fournil", .everyone, [.summary: .text("Avant")])
            let who = try await site.signIn("edith", [Grant(.placeEditor, on: Scope(.place, place.id.number))])
            let path = "/lieux/\(place.slug)/modifier"
            let page = try await site.get(path, session: who.session)
            _ = try await site.desk.perform(
                EditPlace(place: place.id, version: place.version, values: [.phone: .text("03 20 00 00 00")]),
                as: .house)
            let saved = try await site.post(
                path, Self.form(of: page, changing: ["description_courte": "Le mien"]), as: who.account,
                session: who.session)
            #expect(saved.status == 303)
            let seen = try await site.get("/lieux/\(place.slug)")
            #expect(seen.text.contains("Le mien") && seen.text.contains("03\u{A0}20"))
        }
    }

    @Test(arguments: TestEngine.available)
    func aVisitorsProposalIsConfirmedReadAndTaken(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
            let place = try await Self.place(site, "La Halle", .everyone, [.phone: .text("0320000000")])
            let path = "/lieux/\(place.slug)/corriger"
            let page = try await site.get(path)
            #expect(page.status == 200)
            var fields = Self.form(
                of: page, changing: ["telephone": "03 20 11 11 11", "courriel_auteur": "lou@exemple.fr"])
            let unsigned = try await site.post(path, fields.map { $0.0 == "courriel_auteur" ? ($0.0, "") : $0 })
            #expect(unsigned.status == 422)
            #expect(unsigned.text.contains("03 20 11 11 11"))
            fields.append(("commentaire", "Je les ai eus hier"))
            let sent = try await site.post(path, fields)
            #expect(sent.status == 303)

            let coordinator = try await site.signIn("coord", [Grant(.coordinator, on: .network)])
            let before = try await site.get("/moderation", session: coordinator.session)
            #expect(!before.text.contains("La Halle"), "nobody reads it before its author confirms")

            let letters = try await site.reception.database.read {
                try Outbox.due(at: site.reception.surroundings.now(), limit: 5, $0)
            }
            let letter = try #require(letters.first { $0.letter.recipient == "lou@exemple.fr" })
            let start = try #require(letter.letter.text.range(of: "/propositions/"))
            let link = "/propositions/" + letter.letter.text[start.upperBound...].prefix { !$0.isWhitespace }
            let confirmation = try await site.get(link)
            #expect(confirmation.status == 200)
            let confirmed = try await site.post(link)
            #expect(confirmed.status == 303)
            let spent = try await site.get(link)
            #expect(spent.status == 410)

            let queue = try await site.get("/moderation", session: coordinator.session)
            #expect(queue.text.contains("La Halle") && queue.text.contains("03\u{A0}20\u{A0}11"))
            let waiting = try await site.reception.database.read { try ProposalStore.open(.house, $0) }
            let proposal = try #require(waiting.first)
            let unexplained = try await site.post(
                "/moderation/\(proposal.id.text)", [("decision", "refuser")], as: coordinator.account,
                session: coordinator.session)
            #expect(unexplained.status == 422)
            let taken = try await site.post(
                "/moderation/\(proposal.id.text)", [("champ", "telephone"), ("decision", "accepter")],
                as: coordinator.account,
                session: coordinator.session)
            #expect(taken.status == 303)
            let seen = try await site.get("/lieux/\(place.slug)")
            #expect(seen.text.contains("03\u{A0}20\u{A0}11\u{A0}11\u{A0}11"))
        }
    }

    @Test(arguments: TestEngine.available)
    func aHiddenPlaceIsAnsweredLikeOneThatNeverWas(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
            let hidden = try await Self.place(site, "Projet Caché", .hidden)
            let plain = try await site.signIn("simple")
            for session in [nil, plain.session] {
                for page in ["", "/corriger"] {
                    let real = try await site.get("/lieux/\(hidden.slug)\(page)", session: session)
                    let absent = try await site.get("/lieux/projet-absent\(page)", session: session)
                    #expect(real.status == 404)
                    // The sign-out form's token is masked by fresh bytes each time.
                    #expect(real.body.count == absent.body.count)
                    #expect(Self.withoutTokens(real.text) == Self.withoutTokens(absent.text))
                    #expect(!real.text.contains("Caché"))
                }
                for list in ["/", "/lieux", "/lieux?q=cache", "/cercles", "/lieux/\(hidden.id.text)"] {
                    let reply = try await site.get(list, session: session)
                    #expect(!reply.text.contains("Projet Caché"), "\(list)")
                }
            }
            let manager = try await site.signIn("gestion", [Grant(.placeManager, on: Scope(.place, hidden.id.number))])
            let seen = try await site.get("/lieux/\(hidden.slug)", session: manager.session)
            #expect(seen.status == 200 && seen.text.contains("Projet Caché"))
        }
    }

    @Test func anOldAddressAndAMergedSheetLeadToThePresentOne() async throws {
        try await LiveSite.open { (site: LiveSite) async throws -> Void in
            let kept = try await Self.place(site, "Le Grand Triage")
            let double = try await Self.place(site, "Le Grand Tri")
            let coordinator = try await site.signIn("coord", [Grant(.coordinator, on: .network)])
            let merged = try await site.post(
                "/lieux/\(kept.slug)/fusion", [("lieu", "/lieux/\(double.slug)"), ("sur", "oui")],
                as: coordinator.account,
                session: coordinator.session)
            #expect(merged.status == 303)
            let renamed = try await site.post(
                "/lieux/\(kept.slug)/adresse", [("adresse", "Le Triage")], as: coordinator.account,
                session: coordinator.session)
            #expect(renamed.status == 303)
            for former in [kept.slug, double.slug, kept.id.text] {
                let reply = try await site.get("/lieux/\(former)")
                #expect(reply.status == 301)
                #expect(reply["location"] == "/lieux/le-triage")
                let photos = try await site.get("/lieux/\(former)/modifier", session: coordinator.session)
                #expect(photos.status == 301)
                // A form written before the address changed: nothing is sent on, and nothing breaks.
                for page in ["modifier", "verification", "visibilite", "etat"] {
                    let late = try await site.post(
                        "/lieux/\(former)/\(page)", [("nom", "Trop tard")], as: coordinator.account,
                        session: coordinator.session)
                    #expect(late.status == 303, "\(page)")
                    #expect(late["location"] == "/lieux/le-triage")
                }
            }
            let page = try await site.get("/lieux/le-triage")
            #expect(!page.text.contains("Trop tard"))
        }
    }

    @Test(arguments: TestEngine.available)
    func aDeclaredPlaceWaitsForPublicationAfterItsDoublesWereShown(_ engine: TestEngine) async throws {
        try await LiveSite.open(engine) { (site: LiveSite) async throws -> Void in
            let known = try await Self.place(site, "Café des Glaneurs")
            let who = try await site.signIn("noa")
            let page = try await site.get("/lieux/nouveau?etape=intention", session: who.session)
            #expect(page.status == 200)
            let fields = Self.form(of: page, changing: ["nom": "Café des Glaneurs"])
            let asked = try await site.post("/lieux/nouveau", fields, as: who.account, session: who.session)
            #expect(asked.status == 200)
            #expect(asked.text.contains("/lieux/\(known.slug)\""))
            #expect(asked.text.contains("value=\"Café des Glaneurs\""))
            let created = try await site.post(
                "/lieux/nouveau", fields + [("confirme", "oui")], as: who.account, session: who.session)
            #expect(created.status == 303)
            let address = try #require(created["location"])
            #expect(try await site.get(address).status == 404)
            let own = try await site.get(address, session: who.session)
            #expect(own.text.contains("attend d’être publiée"))
            let coordinator = try await site.signIn("coord", [Grant(.coordinator, on: .network)])
            let published = try await site.post(
                address + "/etat", [("etat", "publier")], as: coordinator.account, session: coordinator.session)
            #expect(published.status == 303)
            #expect(try await site.get(address).status == 200)
        }
    }

    @Test func theWeekIsEditedWithoutKnowingItsSyntax() async throws {
        try await LiveSite.open { (site: LiveSite) async throws -> Void in
            let place = try await Self.place(site, "La Halte", .everyone, [.hours: .text("Mo-Fr 09:00-18:00")])
            let who = try await site.signIn("edith", [Grant(.placeEditor, on: Scope(.place, place.id.number))])
            let path = "/lieux/\(place.slug)/modifier"
            let page = try await site.get(path, session: who.session)
            let saved = try await site.post(
                path, Self.form(of: page, changing: ["horaires.6.0.de": "10:00", "horaires.6.0.a": "12:30"]),
                as: who.account,
                session: who.session)
            #expect(saved.status == 303)
            let present = try await site.reception.database.read { try PlaceStore.place(.house, place.id, $0) }
            #expect(present?.sheet.text(.hours) == "Mo-Fr 09:00-18:00; Sa 10:00-12:30")
            let half = try await site.post(
                path,
                Self.form(of: try await site.get(path, session: who.session), changing: ["horaires.7.0.de": "10:00"]),
                as: who.account, session: who.session)
            #expect(half.status == 422 && half.text.contains("Écrivez deux heures"))
        }
    }

    @Test func aListIsNarrowedSharedAndLoosened() async throws {
        try await LiveSite.open { (site: LiveSite) async throws -> Void in
            _ = try await Self.place(
                site, "Atelier Vélo", .everyone, [.services: .codes(["reparation"]), .families: .codes(["reemploi"])])
            _ = try await Self.place(site, "Le Bureau <b>", .everyone, [.services: .codes(["coworking"])])
            let narrowed = try await site.get("/lieux?service=reparation")
            #expect(narrowed.text.contains("Atelier Vélo") && !narrowed.text.contains("Le Bureau"))
            #expect(narrowed.text.contains("value=\"reparation\" checked"))
            let sent = try await site.get("/lieux?q=&adresse=&rayon=&tri=&service=coworking")
            #expect(sent.status == 303 && sent["location"] == "/lieux?service=coworking")
            let other = try await site.get("/lieux?service=coworking")
            #expect(other.text.contains("Le Bureau &lt;b&gt;"))
            let none = try await site.get("/lieux?q=velo&service=coworking")
            #expect(none.text.contains("0 lieu") && none.text.contains("href=\"/lieux?q=velo\""))
            let nowhere = try await site.get("/lieux?q=%3Cb%3Erien%20de%20tel%3C%2Fb%3E")
            #expect(nowhere.status == 200 && nowhere.text.contains("value=\"&lt;b&gt;rien de tel&lt;/b&gt;\""))
            let odd = try await site.get("/lieux?service=inconnu&page=x&pres=nord")
            #expect(odd.status == 200)
        }
    }

    @Test func privateFieldsStayWithTheTeam() async throws {
        try await LiveSite.open { (site: LiveSite) async throws -> Void in
            let place = try await Self.place(
                site, "L’Étape", .everyone,
                [.email: .text("secret@etape.fr"), .privateFields: .codes(["courriel"]), .openEdition: .flag(true)])
            let anybody = try await site.signIn("simple")
            for page in ["", "/modifier", "/historique", "/corriger"] {
                let reply = try await site.get("/lieux/\(place.slug)\(page)", session: anybody.session)
                #expect(reply.status == 200, "\(page)")
                #expect(!reply.text.contains("secret@etape.fr"), "\(page)")
            }
            let editor = try await site.signIn("edith", [Grant(.placeEditor, on: Scope(.place, place.id.number))])
            let own = try await site.get("/lieux/\(place.slug)", session: editor.session)
            #expect(own.text.contains("secret@etape.fr"))
        }
    }
}
