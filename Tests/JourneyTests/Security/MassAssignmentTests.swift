import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension SecurityJourneys {
    /// S-04: every form of the site, sent with every field name the site knows, by those who may not write them.
    @Suite(.serialized) struct MassAssignmentTests {
        private typealias Person = TrialNetwork.Person

        /// The tables a person may add to whatever they send: requests for a link, limits, letters to themselves, traces, and what
        /// nodes tell each other of all that.
        private static let harmless: Set<String> = [
            "session", "sign_in_link", "throttle", "letter", "journal", "network_change", "email_change",
            "place_proposal", "call_alert", "call_question",
        ]

        @Test(arguments: Battery.engines)
        func noFieldWritesWhatItsSenderMayNot(engine: TestEngine) async throws {
            let keys = try TrialCalls.keys(at: Surroundings.live().now())
            try await LiveSite.open(engine, receiptKeys: keys) { (site: LiveSite) async throws -> Void in
                let network = try await TrialNetwork(site)
                let names = try await Self.fieldNames(network)
                #expect(names.count > 100)
                let posts = SiteMap.all.filter { $0.method == .post && $0.body == .form }
                var sent = 0
                // The funder keeps a call, and cancels it at last.
                for person in [Person.visitor, .account, .animator, .editor, .operator, .funder] {
                    let before = try await Self.rows(network, person)
                    for route in posts where !Self.endsTheTrial(route) {
                        for place in [TrialNetwork.Kind.open, .hidden] {
                            // All at once, then by handfuls: of many, one that is refused hides the others.
                            let all = names.map { ($0, Self.value($0, network)) }
                            for fields in [all] + (Battery.isLong ? Self.handfuls(all) : []) {
                                let path = network.path(
                                    of: route, place: network.slug(place),
                                    number: network.places[place]?.id.text ?? "1",
                                    account: network.account(.account),
                                    call: place == .hidden ? network.calls.hidden.slug : nil,
                                    candidacy: place == .hidden ? network.calls.deposited.text : nil)
                                let reply = try await network.post(path, fields, as: person)
                                #expect(reply.status < 500, "\(path) as \(person): \(reply.status)")
                                sent += 1
                            }
                        }
                    }
                    let after = try await Self.rows(network, person)
                    for (table, rows) in after {
                        #expect(
                            rows == before[table],
                            "\(table) as \(person): \(Self.difference(before[table] ?? [], rows))")
                    }
                }
                print("mass assignment: \(posts.count) routes, \(names.count) names, \(sent) requests, \(engine)")
            }
        }

        private static func handfuls<Field>(_ fields: [Field]) -> [[Field]] {
            stride(from: 0, to: fields.count, by: 10).map { Array(fields[$0..<min($0 + 10, fields.count)]) }
        }

        /// What would end the sender's own account or session is theirs to do, and is tried elsewhere.
        private static func endsTheTrial(_ route: Route) -> Bool {
            route.pattern == "/deconnexion"
                || route.pattern.hasSuffix("/fermeture") && route.pattern.hasPrefix("/mon-compte")
                || route.pattern.contains("mot-de-passe")
                // An operator who takes the coordination is the coordination from then on.
                || route.pattern == "/exploitation/urgence"
        }

        /// All rows that the person may not change, and the columns they may not change of those they may.
        private static func rows(_ network: TrialNetwork, _ person: Person) async throws -> [String: [String]] {
            let own = network.account(person).map { "id=\($0.number)\(Rows.separator)" }
            // The editor keeps one sheet, an operator appoints, a funder drafts calls: these are theirs to write.
            let theirs: Set<String> =
                switch person {
                case .editor: ["place", "place_site", "place_change", "place_photo"]
                case .operator: ["role_grant", "account", "account_order"]
                default: []
                }
            // Candidacies of their own, begun meanwhile too: all that hangs from them is theirs.
            let account = network.account(person)?.number ?? 0
            let held = try await network.site.reception.database.scan { reader in
                try reader.all("SELECT id FROM candidacy WHERE holder_id = \(account) ORDER BY id") { try $0.int(0) }
            }
            let kept = network.places[.open].map { "id=\($0.id.number)\(Rows.separator)" } ?? "?"
            return try await network.site.reception.database.scan { reader in
                var found: [String: [String]] = [:]
                for table in try Rows.tables(reader) where !harmless.contains(table) && !theirs.contains(table) {
                    let rows = try Rows.rows(of: table, reader).filter { row in
                        !isTheirs(row, of: table, network, person, held)
                    }
                    found[table] = rows.map { row in
                        guard table == "account", let own, row.hasPrefix(own) else { return row }
                        return without(["name"], row)
                    }
                }
                if person == .editor {
                    found["place"] = try Rows.rows(of: "place", reader).map { row in
                        guard row.hasPrefix(kept) else { return row }
                        return only(["id", "slug", "state", "visibility", "created_at", "merged_into"], row)
                    }
                }
                return found
            }
        }

        /// A row of a candidacy that the person leads, of the draft that the editor writes, or of a call that the funder keeps.
        private static func isTheirs(
            _ row: String, of table: String, _ network: TrialNetwork, _ person: Person, _ held: [Int64]
        ) -> Bool {
            func holds(_ column: String, _ number: Int64) -> Bool {
                (String(Rows.separator) + row + String(Rows.separator)).contains(
                    "\(Rows.separator)\(column)=\(number)\(Rows.separator)")
            }
            if table.hasPrefix("candidacy") {
                let column = table == "candidacy" ? "id" : "candidacy_id"
                if held.contains(where: { holds(column, $0) }) { return true }
                let isWritten = person == .editor && ["candidacy", "candidacy_save"].contains(table)
                return isWritten && holds(column, network.calls.draft.number)
            }
            // What one asks a board, and keeps under a name, is one's own.
            if ["instruction_search", "second_factor"].contains(table), let account = network.account(person) {
                return holds("account_id", account.number)
            }
            // Nothing of the call that is hidden from them, nor of candidacies, is the funder's.
            if table.hasPrefix("call") || table == "instruction_checklist", person == .funder {
                return !holds(table == "call" ? "id" : "call_id", network.calls.hidden.id.number)
            }
            return false
        }

        private static func without(_ names: Set<String>, _ row: String) -> String {
            split(row).filter { !names.contains($0.name) }.map { $0.name + $0.rest }.joined(separator: " ")
        }

        private static func only(_ names: Set<String>, _ row: String) -> String {
            split(row).filter { names.contains($0.name) }.map { $0.name + $0.rest }.joined(separator: " ")
        }

        private static func split(_ row: String) -> [(name: String, rest: Substring)] {
            row.split(separator: Rows.separator).map { part in
                let name = String(part.prefix { $0 != "=" })
                return (name, part.dropFirst(name.utf8.count))
            }
        }

        private static func difference(_ before: [String], _ after: [String]) -> String {
            let (old, new) = (Set(before), Set(after))
            return
                (old.subtracting(new).map { "- " + $0.prefix(300) } + new.subtracting(old).map { "+ " + $0.prefix(300) })
                .prefix(4).joined(separator: "\n")
        }

        /// Every name in a form of the site, every field of the sheet, every column of the database, and some that people try.
        private static func fieldNames(_ network: TrialNetwork) async throws -> [String] {
            var names = Set(SheetField.allCases.map(\.rawValue))
            names.formUnion([
                "admin", "is_admin", "isAdmin", "roles", "role[]", "account[role]", "owner", "as", "user", "_method",
                "principal",
            ])
            for person in [Person.manager, .coordinator, .operator] {
                for route in SiteMap.all where route.method == .get && !route.isAPI {
                    let place: TrialNetwork.Kind = person == .manager ? .hidden : .open
                    let path = network.path(of: route, place: network.slug(place), account: network.account(.account))
                    let page = try await network.get(path, as: person).text
                    for part in page.components(separatedBy: " name=\"").dropFirst() {
                        names.insert(String(part.prefix { $0 != "\"" }))
                    }
                }
            }
            let columns = try await network.site.reception.database.scan { reader in
                try Rows.tables(reader).flatMap { try Rows.columns(of: $0, reader) }
            }
            names.formUnion(columns)
            names.remove(FormToken.fieldName)
            // The token would fail otherwise, and nothing would be tried.
            return names.filter { !$0.isEmpty && !$0.hasPrefix("csrf") }.sorted()
        }

        /// A value that would do harm if it were taken.
        private static func value(_ name: String, _ network: TrialNetwork) -> String {
            switch name {
            case "email", "courriel", "adresse": "pris@exemple.fr"
            case "role", "roles", "role[]", "account[role]", "admin": Role.coordinator.rawValue
            case "state", "etat": "publiee"
            case "visibility", "visibilite": "publique"
            case "slug": "adresse-prise"
            case "scope", "subject", "scope_subject", "place", "place_id", "lieu": network.slug(.hidden)
            case "account", "account_id", "id", "owner", "user", "actor": network.account(.coordinator)?.text ?? "1"
            case "version": "1"
            case "reason", "motif", "comment", "commentaire": "Un motif assez long pour être pris."
            case "name", "nom": "Nom Pris"
            case "until": "2030-01-01"
            default: "1"
            }
        }
    }
}
