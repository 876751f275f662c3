import Exchange
import HTTPTypes
import HummingbirdCore
import NIOCore
import Storage
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

@Suite struct StatePagesTests {
    private func ask(_ site: AccountSite, _ path: String, _ fields: HTTPFields = [:]) async throws -> (Int, String) {
        let head = HTTPRequest(
            method: .get, scheme: "http", authority: "127.0.0.1:8080", path: path, headerFields: fields)
        let answer = try await site.doors.answer(
            Request(head: head, body: RequestBody(buffer: ByteBuffer())), peer: nil)
        guard case .bytes(let bytes) = answer.body else { return (answer.status.code, "") }
        return (answer.status.code, String(buffer: bytes))
    }

    // SRV-2
    @Test(arguments: TestEngine.available)
    func `everybody reads how the service is in words, without a path, a size or a name`(engine: TestEngine)
        async throws
    {
        var settings = Settings()
        settings.mailCommand = "msmtp -t"
        settings.backupFolder = "/nulle-part/canari"
        settings.clamdSocket = "/nulle-part/clamd.canari"
        try await AccountSite.on(engine, settings: settings) { site in
            _ = try await site.account("canari")
            for path in ["/etat", "/etat.json"] {
                let (status, text) = try await ask(site, path)
                #expect(status == 200)
                for word in ["canari", "nulle-part", "/var", "msmtp", "maillage.sqlite", " Go", " Mo", "octets"] {
                    #expect(!text.contains(word), "\(path): \(word)")
                }
            }
            let (_, page) = try await ask(site, "/etat")
            for word in ["En marche depuis", "Dernière sauvegarde", "aucune encore", "Antivirus", "ne répond pas"] {
                #expect(page.contains(word), "\(word)")
            }
            let (_, file) = try await ask(site, "/etat.json")
            guard case .object(let json) = try JSONValue.parse(Array(file.utf8)) else { throw Missing() }
            #expect(json["status"] == .string("ok"))
            #expect(json["scanner"] == .string("silent"))
            #expect(json["version"] == .string(ProgramVersion.name))
        }
    }

    // SRV-4
    @Test func `figures are for the machine itself, or for who holds the token`() async throws {
        let token = "jeton-de-collecte-0123456789"
        let folder = try temporaryFolder()
        defer { removeFolder(folder) }
        var settings = Settings()
        settings.dataDirectory = folder
        settings.metricsToken = token
        settings.trustedProxies = 1
        try await AccountSite.on(.sqlite, settings: settings) { site in
            var fields: HTTPFields = [:]
            fields[HeaderName.forwardedFor] = "203.0.113.9"
            #expect(try await ask(site, "/metrics", fields).0 == 404)
            for wrong in ["", "Bearer ", "Bearer jeton", "Basic \(token)", "Bearer \(token)x"] {
                fields[.authorization] = wrong
                #expect(try await ask(site, "/metrics", fields).0 == 404, "\(wrong)")
            }
            fields[.authorization] = "Bearer \(token)"
            let (status, text) = try await ask(site, "/metrics", fields)
            #expect(status == 200)
            for name in [
                "maillage_answers_total{class=\"4xx\"}", "maillage_answer_seconds_bucket", "maillage_writes_waiting 0",
                "maillage_writes_total", "maillage_letters_waiting", "maillage_sessions",
                "maillage_uploads_in_progress",
                "process_resident_memory_bytes", "process_open_fds", "maillage_database_connections_free",
                "maillage_database_up 1", "maillage_disk_free_bytes",
            ] {
                #expect(text.contains(name), "\(name)")
            }
            // Each line is a comment or a name and a number.
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                let words = line.split(separator: " ")
                #expect(words.count == 2 && Double(words[1]) != nil, "\(line)")
            }
            // Without the setting, no token opens it.
            settings.metricsToken = nil
            try await AccountSite.on(.sqlite, settings: settings) { closed in
                let status = try await ask(closed, "/metrics", fields).0
                #expect(status == 404)
            }
        }
    }

    // SRV-1
    @Test(arguments: TestEngine.available)
    func `the proof of service of a call is published once its limit has passed`(engine: TestEngine) async throws {
        try await AccountSite.on(engine) { site in
            let desk = site.desk
            let watch = ServiceWatch(
                database: desk.database, surroundings: desk.surroundings, deposits: { _, _, _ in 2 })
            var call = try await desk.perform(CreateCall(title: "Tiers-lieux", nature: .interest), as: .house)
            var calendar = CallCalendar()
            let closing = site.clock.now + .minutes(10)
            calendar.waves = [
                CallWave(id: desk.surroundings.identifier(), opensAt: nil, closesAt: closing, words: "bientôt")
            ]
            let identity = CallIdentity(
                title: "Tiers-lieux", nature: .interest, organiser: "L’agglomération", service: "Service",
                serviceAddress: "1 place Essai, 62300 Lens", email: "ami@agglo.example", summary: "Un essai.")
            for section: CallSection in [
                .identity(identity), .calendar(calendar),
                .criteria([CallCriterion("", "Ancrage", weight: 40), CallCriterion("", "Viabilité", weight: 60)]),
            ] {
                call = try await desk.perform(
                    EditCall(call: call.id, version: call.version, section: section), as: .house)
            }
            let form = """
                {"format":"maillage-form","formatVersion":1,"key":"dossier","title":"Dossier","sections":[
                {"key":"projet","title":"Le projet","questions":[{"key":"resume","label":"Le projet","kind":"longText"}]}]}
                """
            _ = try await desk.perform(SetCallForm(call: call.id, title: "Dossier", definition: form), as: .house)
            call = try await desk.perform(
                PublishCall(call: call.id, version: call.version, head: site.head), as: .house)
            let page = "/appels/\(call.slug)/preuve-de-service"
            for minute in 0..<10 {
                if minute != 3 { try await watch.measure() }
                site.clock.advance(by: .minutes(1))
            }
            site.clock.advance(by: .minutes(-1))
            #expect(try await ask(site, page).0 == 404, "not before")
            #expect(try await ask(site, page + ".json").0 == 404)
            site.clock.advance(by: .minutes(2))
            let (status, text) = try await ask(site, page)
            #expect(status == 200)
            let plain = text.replacing("\u{202F}", with: " ").replacing("\u{A0}", with: " ")
            #expect(plain.contains("9 sur 1 440"))
            #expect(plain.contains("chaque mesure suit de la précédente"))
            #expect(try await ask(site, "/etat").1.contains(page))
            let (_, file) = try await ask(site, page + ".json")
            guard case .object(let json) = try JSONValue.parse(Array(file.utf8)),
                case .array(let lines)? = json["minutes"]
            else { throw Missing() }
            #expect(lines.count == 9)
            #expect(try await ask(site, "/appels/nulle-part/preuve-de-service").0 == 404)
        }
    }

    // SRV-3
    @Test func `the operator's page shows what asks for them, and what no longer does`() async throws {
        try await AccountSite.on(.sqlite) { site in
            let boss = try await AccountBrowser.of(try await site.account("chef", Grant(.operator, on: .network)), site)
            try await boss.get("/exploitation")
            #expect(boss.text.contains("Rien ne demande votre attention."))
            try await site.desk.perform(
                TendAlerts([HealthFinding(.disk, "Il reste peu de place.")], head: site.head), as: .house)
            try await boss.get("/exploitation")
            #expect(boss.text.contains("Il reste peu de place."))
            try await site.desk.perform(TendAlerts([], head: site.head), as: .house)
            try await boss.get("/exploitation")
            #expect(!boss.text.contains("Il reste peu de place.") && boss.text.contains("rentré dans l’ordre"))
            #expect(String(decoding: OperationsView.sample.rendered(), as: UTF8.self).contains("courriers"))
        }
    }
}
