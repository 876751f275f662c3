import HTTPTypes
import Maillage

/// What machines read of the site as a whole.
enum MachinePages {
    static func openAPI(_ visit: Visit) async throws -> Answer {
        .json(OpenAPI.document(of: SiteMap.all, settings: visit.reception.settings))
    }

    static func robots(_ visit: Visit) async throws -> Answer {
        .text(
            """
            User-agent: *
            Disallow: /connexion
            Disallow: /mon-compte
            Disallow: /api/
            Sitemap: \(visit.reception.settings.baseURL)/sitemap.xml

            """)
    }

    /// RFC 9116. The expiry is the end of next year's same month, moved by the clock, so that the file is never stale.
    static func security(_ visit: Visit) async throws -> Answer {
        let settings = visit.reception.settings
        let year = 1_970 + Int(visit.now.seconds / 31_556_952)
        return .text(
            """
            Contact: mailto:\(settings.contactEmail)
            Expires: \(year + 1)-12-31T23:59:59Z
            Preferred-Languages: fr, en
            Canonical: \(settings.baseURL)/.well-known/security.txt

            """)
    }

    /// The public pages without parameters. Features whose things have pages of their own add them through
    /// `Reception.siteMapEntries`.
    static func siteMap(_ visit: Visit) async throws -> Answer {
        let base = visit.reception.settings.baseURL
        let fixed = SiteMap.all.filter { route in
            route.method == .get && route.floor == .everyone && !route.pattern.contains("{") && !route.isAPI
                && !isForMachines(route.pattern)
        }
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        let more = try await visit.reception.siteMapEntries(visit)
        for path in fixed.map(\.pattern) + more.prefix(49_000) {
            xml += "<url><loc>\(escaped(base + path))</loc></url>\n"
        }
        xml += "</urlset>\n"
        return Answer(type: "application/xml; charset=utf-8", bytes: Array(xml.utf8))
    }

    private static func isForMachines(_ pattern: String) -> Bool {
        pattern.split(separator: "/").last?.contains(".") == true
            || ["/healthz", "/metrics", "/connexion", Paths.firstAccount].contains(pattern)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
