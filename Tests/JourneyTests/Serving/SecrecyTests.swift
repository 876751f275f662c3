import Foundation
import Testing

@testable import Maillage
@testable import MaillageWeb

#if canImport(Glibc)
    import Glibc
#endif

extension ServingJourneys {
    /// SRV-7: the site that holds its certificate itself.
    @Suite struct SecrecyTests {
        /// A site in TLS, and the certificate it serves.
        private static func on(
            adding routes: [Route] = [], limits: Limits = Limits(), clear port: Int? = nil,
            _ body: (LiveSite, TrialCertificate, CertificateKeeper) async throws -> Void
        ) async throws {
            try await withFolder { folder in
                let trial = try await TrialCertificate.make(in: folder)
                let keeper = try CertificateKeeper(trial.files, at: Surroundings.live().now())
                try await LiveSite.open(
                    adding: routes, limits: limits,
                    settings: {
                        $0.baseURL = "https://localhost"
                        $0.tlsRedirectPort = port
                    }, certificate: keeper
                ) { try await body($0, trial, keeper) }
            }
        }

        @Test func onlyWhatIsSoundIsSpoken() async throws {
            try await Self.on { site, trial, _ in
                for version in ["1_2", "1_3"] {
                    let shaken = try await trial.shake(site.port, "-brief", "-verify_return_error", "-tls" + version)
                    #expect(shaken.status == 0, "\(shaken.said)")
                    #expect(shaken.said.contains("TLSv" + version.replacing("_", with: ".")), "\(shaken.said)")
                }
                for version in ["1", "1_1"] {
                    let old = try await trial.shake(
                        site.port, "-brief", "-tls" + version, "-cipher", "ALL:@SECLEVEL=0")
                    #expect(old.status != 0 && old.said.contains("alert protocol version"), "\(old.said)")
                }
                for cipher in ["ECDHE-ECDSA-AES128-SHA", "AES128-SHA", "AES128-GCM-SHA256", "NULL"] {
                    let weak = try await trial.shake(
                        site.port, "-brief", "-tls1_2", "-cipher", cipher + ":@SECLEVEL=0")
                    #expect(weak.status != 0, "\(cipher): \(weak.said)")
                }
                let spoken = try await trial.shake(site.port, "-alpn", "h2,http/1.1")
                #expect(spoken.said.contains("ALPN protocol: http/1.1"), "\(spoken.said)")
                let stranger = try await trial.shake(site.port, "-alpn", "h2")
                #expect(stranger.status == 0 && stranger.said.contains("No ALPN negotiated"), "\(stranger.said)")
            }
        }

        @Test func theSiteIsTheSameBehindIt() async throws {
            let trialRoutes = TrialRoutes()
            try await Self.on(adding: trialRoutes.routes) { site, trial, _ in
                let page = try await trial.ask(site.port, "GET", "/essai/page")
                #expect(page.status == 200 && page.text.contains("<h1>Essai</h1>"))
                #expect(page["strict-transport-security"] == "max-age=31536000; includeSubDomains")
                let head = try await trial.ask(site.port, "HEAD", "/essai/page")
                #expect(head.status == 200 && head.body.isEmpty && head["content-length"] == page["content-length"])
                #expect(try await trial.ask(site.port, "POST", "/healthz").status == 405)
                #expect(try await trial.ask(site.port, "GET", "/nulle-part").status == 404)
                let rows = try await trial.ask(site.port, "GET", "/essai/flux")
                #expect(rows.text.hasSuffix("ligne 999\n"))
                let note = String(repeating: "a", count: 300_000)
                let body = "note=\(note)&\(FormToken.fieldName)=\(site.token(for: "/essai/note"))"
                let form = ["Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: same-origin"]
                let taken = try await trial.ask(
                    site.port, "POST", "/essai/note", headers: form, body: Array(body.utf8))
                #expect(taken.status == 303)
                #expect(trialRoutes.taken.withLock { $0.map(\.utf8.count) } == [note.utf8.count])
                let cookie = try #require(taken.all("set-cookie").first)
                #expect(cookie.hasPrefix("__Host-message=") && cookie.contains("; Secure"))
            }
        }

        /// What the framing refuses in clear it refuses here: the same bytes, wrapped.
        @Test func whatIsAmbiguousIsRefusedBehindItToo() async throws {
            try await Self.on { site, trial, _ in
                for shape in FramingTests.shapes where shape.closes == true {
                    let received = try await trial.raw(site.port, shape.bytes)
                    #expect(received.statuses.count == shape.answers.count, "\(shape.name): \(received.text)")
                    for (status, accepted) in zip(received.statuses, shape.answers) {
                        #expect(accepted.contains(status), "\(shape.name): \(status)")
                    }
                }
            }
        }

        @Test func whoeverSpeaksInClearIsToldSo() async throws {
            try await Self.on { site, _, _ in
                let told = try await site.raw("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", silence: 4)
                #expect(told.statuses == [400] && told.isClosed)
                #expect(told.text.contains("répond en HTTPS\u{202F}: https://localhost\n"))
                #expect(!told.text.lowercased().contains("strict-transport-security"), "it means nothing in clear")
                for bytes in [[0x80, 0x2E, 1, 0, 2], [0x16, 3, 1, 0, 4, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0]] as [[UInt8]] {
                    let noise = try await site.raw(bytes, silence: 4)
                    #expect(noise.isClosed && noise.statuses.isEmpty, "\(noise.text)")
                }
            }
        }

        @Test func aSlowHandshakeDoesNotKeepItsPlace() async throws {
            var limits = Limits()
            limits.tick = 0.1
            // Long enough for one who greets on a busy machine.
            limits.head = 3
            try await Self.on(limits: limits) { site, trial, _ in
                let start = ContinuousClock.now
                // Nothing; the beginning of a greeting; one that drips.
                let silent = try RawConnection(port: site.port)
                let begun = try RawConnection(port: site.port)
                await begun.send([0x16, 3, 1, 0, 200, 1, 0, 0])
                let dripping = try RawConnection(port: site.port)
                for _ in 0..<80 {
                    guard await dripping.send([0x16]) else { break }
                    try await Task.sleep(for: .milliseconds(50))
                }
                for connection in [silent, begun, dripping] {
                    #expect(await connection.receive(silence: 8).isClosed)
                }
                #expect(ContinuousClock.now - start < .seconds(30))
                // Greeted, then silent.
                let greeted = try await trial.shake(site.port, "-ign_eof")
                #expect(greeted.said.contains("Verify return code: 0"))
                #expect(try await trial.ask(site.port, "GET", "/healthz").status == 200)
            }
        }

        @Test func aRenewedCertificateServesAtTheNextConnection() async throws {
            try await Self.on { site, trial, keeper in
                // A certificate is made at its second: what looks at it afterwards asks the clock again.
                func look() -> CertificateKeeper.Look { keeper.look(at: site.reception.surroundings.now()) }
                #expect(look() == .same)
                let former = try Data(contentsOf: URL(fileURLWithPath: trial.files.certificate))
                let renewed = try await TrialCertificate.make(in: trial.folder, for: "DNS:localhost,DNS:autre.test")
                guard case .renewed = look() else {
                    Issue.record("the new files were not read")
                    return
                }
                #expect(look() == .same)
                #expect(try await renewed.ask(site.port, "GET", "/healthz").status == 200)
                // Half of a renewal: the former key with the new certificate. Said at the second look, once; nothing changes.
                try former.write(to: URL(fileURLWithPath: trial.files.certificate))
                #expect(look() == .same && !keeper.isRefused)
                #expect(
                    look()
                        == .refused(.mismatch(certificate: trial.files.certificate, key: trial.files.key)))
                #expect(look() == .same && keeper.isRefused)
                let shaken = try await trial.shake(site.port)
                #expect(shaken.said.contains("Cipher is"), "the former one stays")
                _ = try await TrialCertificate.make(in: trial.folder)
                guard case .renewed = look() else {
                    Issue.record("it did not come back")
                    return
                }
                #expect(!keeper.isRefused)
                #expect(try await trial.ask(site.port, "GET", "/healthz").status == 200)
            }
        }

        @Test func theOperatorIsToldOfARenewalThatFailed() async throws {
            try await Self.on { site, trial, keeper in
                let watch = CertificateWatch(keeper: keeper, reception: site.reception)
                try FileManager.default.removeItem(atPath: trial.files.key)
                let now = site.reception.surroundings.now()
                func findings() async -> [HealthFinding] {
                    let health = await site.reception.health.measure(site.reception, at: now)
                    // What else ails the machine of the tests is no business of theirs.
                    return HealthRules.findings(health).filter { $0.kind == .certificate }
                }
                watch.look()
                #expect(await findings().isEmpty)
                watch.look()
                #expect(await findings().map(\.words).first?.contains("l’ancien reste en place") == true)
                _ = try await TrialCertificate.make(in: trial.folder)
                watch.look()
                #expect(await findings().isEmpty)
                let health = await site.reception.health.measure(site.reception, at: now)
                #expect(health.certificateEnd == keeper.end)
            }
        }

        @Test func filesThatCannotServeAreRefusedByName() async throws {
            try await withFolder { folder in
                let trial = try await TrialCertificate.make(in: folder, for: "DNS:lieux.exemple.fr,DNS:*.exemple.fr")
                let now = Surroundings.live().now()
                let files = trial.files
                func problem(at instant: Instant = now) -> CertificateProblem? {
                    do throws(CertificateProblem) {
                        _ = try files.read(at: instant)
                        return nil
                    } catch {
                        return error
                    }
                }
                let facts = try files.read(at: now).facts
                #expect(facts.covers("LIEUX.exemple.fr") && facts.covers("a.exemple.fr"))
                for other in ["exemple.fr", "a.b.exemple.fr", ".exemple.fr", "autre.fr"] {
                    #expect(!facts.covers(other), "\(other)")
                }
                #expect(facts.end - now > .days(29))
                #expect(problem(at: now + .days(31)) == .ended(path: files.certificate, at: facts.end))
                guard case .notYet = problem(at: now - .days(1)) else {
                    Issue.record("one of tomorrow serves today")
                    return
                }
                chmod(files.key, 0o640)
                #expect(problem() == nil, "Debian’s way: root writes, the group of the service reads")
                for mode in [0o644, 0o660, 0o604] as [UInt32] {
                    chmod(files.key, mode)
                    #expect(problem() == .open(path: files.key, mode: mode))
                    #expect("\(CertificateProblem.open(path: files.key, mode: mode))".contains("chmod 600"))
                }
                chmod(files.key, 0o600)
                let (certificate, key) = (Program.text(files.certificate), Program.text(files.key))
                func write(_ text: String, _ path: String) throws {
                    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                }
                for text in ["", "rien", key, String(certificate.dropLast(80))] {
                    try write(text, files.certificate)
                    #expect(problem() == .noCertificate(path: files.certificate), "\(text.prefix(30))")
                }
                try write(certificate, files.certificate)
                let locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----" + key.dropFirst(27).dropLast(26)
                for text in ["", "rien", certificate, locked + "-----END ENCRYPTED PRIVATE KEY-----\n"] {
                    try write(text, files.key)
                    #expect(problem() == .noKey(path: files.key), "\(text.prefix(30))")
                }
                for path in [files.key, files.certificate] {
                    try FileManager.default.removeItem(atPath: path)
                    #expect(problem() == .unreadable(path: path, reason: "No such file or directory"))
                    mkdir(path, 0o700)
                    #expect(problem() == .unreadable(path: path, reason: "it is not a file"))
                }
            }
        }

        @Test func thePortInClearSendsOver() async throws {
            let port = try FreePort.find()
            try await Self.on(clear: port) { site, _, _ in
                let clear = Caller(port: port)
                let sent = try await clear.get("/lieux?q=fablab&page=2")
                #expect(sent.status == 308 && sent["location"] == "https://localhost/lieux?q=fablab&page=2")
                #expect(sent["strict-transport-security"] == nil && sent["content-security-policy"] != nil)
                #expect(try await clear.ask("HEAD", "/").status == 308)
                #expect(try await clear.get("//autre.test/x")["location"] == "https://localhost//autre.test/x")
                let posted = try await clear.ask("POST", "/connexion", body: Array("password=secret".utf8))
                #expect(posted.status == 405 && posted["allow"] == "GET, HEAD" && posted["location"] == nil)
                // What renews the certificate puts its answer there.
                let folder = site.reception.settings.dataDirectory + "/acme/.well-known/acme-challenge"
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try Data("jeton.empreinte".utf8).write(to: URL(fileURLWithPath: folder + "/aB-9_x"))
                symlink("/etc/hostname", folder + "/lien")
                mkdir(folder + "/dossier", 0o700)
                mkfifo(folder + "/tube", 0o600)
                let own = "/.well-known/acme-challenge/"
                let answered = try await clear.get(own + "aB-9_x")
                #expect(answered.status == 200 && answered.text == "jeton.empreinte")
                for path in ["autre", "lien", "dossier", "tube", "", "../aB-9_x", "%61B-9_x", "aB-9_x?x", "a/b"] {
                    #expect(try await clear.get(own + path).status == 404, "\(path)")
                }
                #expect(try await clear.raw("GET / HTTP/1.1\r\n\r\n").statuses == [400], "no Host")
            }
        }
    }
}

/// A port that nobody listens on, a moment ago.
enum FreePort {
    static func find() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard isBound else { throw RawConnection.Refused() }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
