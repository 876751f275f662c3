import Maillage
import MaillageWeb

/// How people come: the public address, the proxy in front, and whether the site answers.
extension Checkup {
    func addresses() async -> [DoctorFinding] {
        [publicAddress(), proxy(), contact(), await site()].compactMap { $0 }
    }

    /// The certificate and the key that the site holds itself; nothing when a proxy holds them.
    func certificate() -> [DoctorFinding] {
        let subject = "certificate"
        guard let files = CertificateFiles(settings: settings) else { return [] }
        let facts: CertificateFacts
        do {
            facts = try machine.certificate(files)
        } catch {
            return [
                .fault(
                    subject, "\(error)",
                    mend: "the site does not start with it: « TLS by Maillage itself » in OPERATIONS.md")
            ]
        }
        let host = CertificateEnd(settings: settings).host
        if !isLocal, !facts.covers(host) {
            return [
                .fault(
                    subject, "it is for \(facts.names.joined(separator: ", ")), not for \(host)",
                    mend: "ask for one with the name of base_url")
            ]
        }
        let days = (facts.end - machine.now()).seconds / 86_400
        if days < 14 {
            return [
                .warning(
                    subject, "it ends in \(days) days: its renewal did not happen",
                    mend: "certbot renew, and see that its hook copies the files")
            ]
        }
        return [.ok(subject, "\(files.certificate), for \(days) days more")]
    }

    private var isLocal: Bool {
        let host = settings.baseURL.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        return ["127.", "localhost", "[::1]", "0.0.0.0"].contains { host.hasPrefix($0) }
    }

    private var listensEverywhere: Bool {
        !["127.", "localhost", "::1"].contains { settings.host.hasPrefix($0) }
    }

    private func publicAddress() -> DoctorFinding {
        let subject = "public address"
        if isLocal {
            return .warning(
                subject, "\(settings.baseURL): links in mails lead nowhere",
                mend: "base_url = \"https://your.name\"")
        }
        if settings.baseURL.hasPrefix("http://") {
            return .fault(
                subject, "\(settings.baseURL) is not https: passwords and dossiers travel in clear",
                mend: "a certificate in nginx or Caddy, or tls_certificate, then base_url = \"https://…\"")
        }
        return .ok(subject, settings.baseURL)
    }

    private func proxy() -> DoctorFinding {
        let subject = "proxy"
        let set = "trusted_proxies ="
        if settings.trustedProxies == 0, !settings.answersTLS, !isLocal, settings.baseURL.hasPrefix("https://") {
            return .fault(
                subject, "https comes by a proxy, and none is counted: everybody shares the limits of one address",
                mend: "\(set) 1")
        }
        if settings.trustedProxies > 0, listensEverywhere {
            return .fault(
                subject, "\(settings.host) answers without the proxy too: there, a visitor writes their own address",
                mend: "host = \"127.0.0.1\", or \(set) 0")
        }
        return .ok(
            subject,
            settings.trustedProxies == 0 ? "none in front" : "\(settings.trustedProxies) in front, on this machine")
    }

    private func contact() -> DoctorFinding? {
        guard !isLocal, settings.contactEmail == Settings().contactEmail else { return nil }
        return .warning("contact", "the pages give \(settings.contactEmail)", mend: "contact_email = your own")
    }

    private func site() async -> DoctorFinding? {
        guard settings.port != 0 else { return nil }
        let host = listensEverywhere ? "127.0.0.1" : settings.host
        let scheme = settings.answersTLS ? "https" : "http"
        let address = "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(settings.port)/healthz"
        switch await machine.status(address) {
        case nil:
            return .warning(
                "site", "nothing answers at \(host):\(settings.port)", mend: "sudo systemctl start maillage")
        // Asked under another name than its own, it answers that it is not that one: it answers.
        case 200?, 421?: return .ok("site", "it answers at \(host):\(settings.port)")
        case let status?:
            return .fault("site", "\(address) answers \(status)", mend: "journalctl -u maillage")
        }
    }
}
