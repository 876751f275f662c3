import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

extension SecurityJourneys {
    /// S-18: the demo network walked from link to link. Every answer, page, file or error, carries what browsers must be told.
    @Suite(.serialized) struct CrawlTests {
        private static let limit = Battery.isLong ? 5_000 : 90

        @Test func everyAnswerOfTheDemoIsGuarded() async throws {
            try await LiveSite.open { (site: LiveSite) async throws -> Void in
                try await DemoNetwork(
                    desk: site.desk, passwords: site.reception.passwords, head: LetterHead(site.reception.settings)
                ).build()
                var total = 0
                let roles: [String?] =
                    Battery.isLong ? [nil, "editor", "coordinator", "operator"] : [nil, "coordinator"]
                for role in roles {
                    var session: String?
                    if let role { session = try await signIn(site, role) }
                    total += try await walk(site, role ?? "visitor", session: session)
                }
                print("crawled: \(total) answers")
            }
        }

        private func signIn(_ site: LiveSite, _ role: String) async throws -> String {
            let person = try #require(DemoNetwork.signIns.first { $0.role == role })
            let reply = try await site.post(
                "/connexion/mot-de-passe", [("adresse", person.email), ("mot_de_passe", person.password)])
            return try #require(reply.cookie("session"))
        }

        /// Follows every link from the front page, then asks for what goes wrong. Answers how many it read.
        private func walk(_ site: LiveSite, _ who: String, session: String?) async throws -> Int {
            var waiting = [
                "/", "/mon-compte", "/administration/comptes", "/administration/journal", "/exploitation",
                "/nulle-part",
            ]
            waiting += SiteMap.all.filter { $0.method == .get && $0.parameterNames.isEmpty }.map(\.pattern)
            waiting += ["/%zz", "/?q=%ff", "/lieux/jamais-vu", "/assets/jamais-vu.css", "/api/v1/jamais-vu"]
            waiting.append("/" + String(repeating: "a", count: 9_000))
            var known = Set(waiting)
            var read = 0
            while !waiting.isEmpty, read < Self.limit {
                let path = waiting.removeFirst()
                let reply = try await site.get(path, session: session)
                read += 1
                check(reply, "\(who): \(path.prefix(100))", isSignedIn: session != nil)
                let isPage = reply["content-type"]?.hasPrefix("text/html") == true
                guard isPage else { continue }
                checkPage(reply.text, "\(who): \(path.prefix(100))")
                for link in Self.links(in: reply.text) where known.insert(link).inserted { waiting.append(link) }
            }
            for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
                for path in ["/", "/connexion", "/nulle-part", "/assets/x", "/api/v1/map/0/0/0"] {
                    let reply = try await site.ask(method, path, session: session)
                    read += 1
                    check(reply, "\(who): \(method) \(path)", isSignedIn: session != nil)
                    #expect(reply.status < 500)
                    if ["TRACE", "BREW"].contains(method) {
                        #expect(reply.status == 405, "\(method) \(path): \(reply.status)")
                    }
                }
            }
            return read
        }

        private func check(_ reply: Reply, _ name: String, isSignedIn: Bool) {
            #expect(reply.status < 500, "\(name): \(reply.status)")
            let policy = reply["content-security-policy"] ?? ""
            for part in [
                "default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'",
                "frame-ancestors ",
            ] { #expect(policy.contains(part), "\(name): \(policy)") }
            for part in ["unsafe", "http:", "https:", "src *"] { #expect(!policy.contains(part), "\(name): \(policy)") }
            #expect(reply["x-content-type-options"] == "nosniff", "\(name)")
            #expect(reply["referrer-policy"] == "same-origin", "\(name)")
            #expect(reply["permissions-policy"]?.contains("camera=()") == true, "\(name)")
            #expect(reply["cross-origin-opener-policy"] == "same-origin", "\(name)")
            #expect(["same-origin", "cross-origin"].contains(reply["cross-origin-resource-policy"]), "\(name)")
            for once in ["content-security-policy", "content-type", "cache-control", "x-content-type-options", "date"] {
                #expect(reply.all(once).count <= 1, "\(name): \(once) twice")
            }
            #expect(reply["date"] != nil, "\(name)")
            #expect(reply["server"] == nil, "\(name)")
            #expect(reply["x-powered-by"] == nil, "\(name)")
            if !reply.body.isEmpty { #expect(reply["content-type"] != nil, "\(name)") }
            if reply["content-type"]?.hasPrefix("text/") == true {
                #expect(reply["content-type"]?.contains("charset=utf-8") == true, "\(name)")
            }
            let isPage = reply["content-type"]?.hasPrefix("text/html") == true
            if isSignedIn, isPage {
                #expect(reply["cache-control"] == "no-store", "\(name): \(reply["cache-control"] ?? "")")
            }
        }

        private func checkPage(_ text: String, _ name: String) {
            for inline in [
                " style=\"", " onclick=", " onload=", " onerror=", " onsubmit=", "javascript:", "<style", "<base",
            ] {
                #expect(!text.contains(inline), "\(name): \(inline)")
            }
            for script in text.components(separatedBy: "<script").dropFirst() {
                let tag = script.prefix { $0 != ">" }
                #expect(tag.contains("src=\"/assets/") || tag.contains("application/"), "\(name): <script\(tag)>")
            }
            for source in text.components(separatedBy: " src=\"").dropFirst() {
                #expect(
                    source.hasPrefix("/") && !source.hasPrefix("//") || source.hasPrefix("data:"),
                    "\(name): \(source.prefix(60))")
            }
            for form in text.components(separatedBy: "<form").dropFirst() {
                guard form.prefix(while: { $0 != ">" }).contains("method=\"post\"") else { continue }
                let inside = form.components(separatedBy: "</form>")[0]
                #expect(inside.contains("name=\"\(FormToken.fieldName)\""), "\(name): a form without its token")
            }
            for link in text.components(separatedBy: " target=\"_blank\"").dropFirst() {
                #expect(link.prefix(200).contains("noopener"), "\(name)")
            }
        }

        /// The addresses of this site on a page, without those that leave or that only change the words of a search.
        private static func links(in page: String) -> [String] {
            [" href=\"", " src=\""].flatMap { mark in
                page.components(separatedBy: mark).dropFirst().compactMap { rest -> String? in
                    let link = rest.prefix { $0 != "\"" && $0 != "#" }.replacing("&amp;", with: "&")
                    guard link.hasPrefix("/"), !link.hasPrefix("//"), link.utf8.count < 300 else { return nil }
                    return link.filter { $0 == "&" }.count > 1 ? nil : String(link)
                }
            }
        }
    }
}
