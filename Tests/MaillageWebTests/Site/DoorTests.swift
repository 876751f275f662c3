import HTTPTypes
import Testing

@testable import Maillage
@testable import MaillageWeb

@Suite struct DoorTests {
    @Test(arguments: ["/lieux", "/", "/lieux?q=a%20b&n=1", "/a/b#c"])
    func pathsOfThisSiteMayBeFollowed(path: String) {
        #expect(Paths.local(path) == path)
    }

    @Test(arguments: [
        "//autre.example", "/\\autre.example", "https://autre.example", "javascript:alert(1)", "", "lieux",
        "/\t/autre.example",
        "/a\r\nSet-Cookie: x=y", "/é", " /lieux",
    ])
    func otherTargetsAreNotFollowed(path: String) {
        #expect(Paths.local(path) == nil)
    }

    @Test func linksAreEncoded() {
        #expect(Paths.path("lieux", "l’île & co/x") == "/lieux/l%E2%80%99%C3%AEle%20%26%20co%2Fx")
        #expect(Paths.signIn(then: "/a?b=c") == "/connexion?vers=%2Fa%3Fb%3Dc")
        #expect(Paths.signIn() == "/connexion")
    }

    @Test func theVisitorsAddressIsBelievedFromTrustedProxiesOnly() throws {
        let peer = try #require(ClientAddress(text: "10.0.0.1"))
        func visitor(_ header: [String], _ trusted: Int) -> String {
            ClientAddress.visitor(peer: peer, forwardedFor: header, trusted: trusted).description
        }
        #expect(visitor(["1.2.3.4"], 0) == "10.0.0.1")
        #expect(visitor(["6.6.6.6, 1.2.3.4"], 1) == "1.2.3.4")
        #expect(visitor(["6.6.6.6", "1.2.3.4, 5.6.7.8"], 2) == "1.2.3.4")
        #expect(visitor(["pas une adresse"], 1) == "10.0.0.1")
        #expect(visitor([], 1) == "10.0.0.1")
    }

    @Test func addressesOfOneSubscriberCountAsOne() throws {
        let first = try #require(ClientAddress(text: "2001:db8:1:2:aaaa::1"))
        let second = try #require(ClientAddress(text: "2001:db8:1:2:bbbb::2"))
        let other = try #require(ClientAddress(text: "2001:db8:1:3::1"))
        #expect(first.throttleKey == second.throttleKey)
        #expect(first.throttleKey != other.throttleKey)
        #expect(ClientAddress(text: "::ffff:127.0.0.1")?.isLoopback == true)
        #expect(ClientAddress(text: "::1")?.isLoopback == true)
        #expect(ClientAddress(text: "128.0.0.1")?.isLoopback == false)
    }

    @Test(arguments: [
        ("gzip", true), ("br, gzip;q=0.5", true), ("*", true), ("gzip;q=0", false), ("gzip; q=0.0", false),
        ("br", false),
        ("", false), ("xgzip", false),
    ])
    func gzipIsGivenToThoseWhoTakeIt(header: String, isTaken: Bool) {
        #expect(CompressionDoor.accepts([.acceptEncoding: header]) == isTaken)
    }

    @Test(arguments: [
        ("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a-gz\"", true), ("*", true), ("\"b\"", false), ("", false),
        ("\"ab\"", false),
    ])
    func validatorsAreCompared(header: String, isSame: Bool) {
        #expect(FreshnessDoor.matches(header, "\"a\"") == isSame)
    }

    @Test func aCookieGivenTwiceIsNotBelieved() {
        #expect(Cookies.value("session", in: [.cookie: "a=b; session=x"]) == "x")
        #expect(Cookies.value("session", in: [.cookie: "session=x; session=y"]) == nil)
        #expect(Cookies.value("session", in: [.cookie: "xsession=x"]) == nil)
    }

    @Test func cookiesAreForThisSiteAlone() {
        let cookie = Cookies.set("__Host-session", "x", seconds: 60, secure: true)
        #expect(cookie == "__Host-session=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure")
    }

    @Test func formTokensHoldForOneFormOnePersonAndOneDay() {
        let keys = Keys(secret: [UInt8](repeating: 1, count: 32))
        let now = Instant(seconds: 1_790_000_000)
        let alice = Principal.ID(1)
        let token = keys.formToken(for: "/lieux", account: alice, now: now, mask: [UInt8](repeating: 5, count: 24))
        func holds(
            _ token: String, _ action: String = "/lieux", _ account: Principal.ID? = Principal.ID(1),
            after: Instant.Span = .hours(1)
        ) -> Bool {
            keys.isValid(formToken: token, for: action, account: account, now: now + after)
        }
        #expect(holds(token))
        #expect(!holds(token, "/autre"))
        #expect(!holds(token, "/lieux", nil))
        #expect(!holds(token, "/lieux", Principal.ID(2)))
        #expect(!holds(token, after: .hours(25)))
        #expect(!holds(token, after: .hours(-48)))
        #expect(!holds(""))
        #expect(!holds("A" + token.dropFirst()))
        let other = keys.formToken(for: "/lieux", account: alice, now: now, mask: [UInt8](repeating: 6, count: 24))
        #expect(other != token)
        #expect(holds(other))
        let stranger = Keys(secret: [UInt8](repeating: 2, count: 32))
        #expect(!stranger.isValid(formToken: token, for: "/lieux", account: alice, now: now))
    }

    @Test func styleSheetsPointToTheNamesServed() throws {
        let assets = Assets(files: [
            "a.css": Array(
                "b{background:url(\"images/x.png\")}c{d:url( 'rien.png' )}e{f:url(data:image/png;base64,AA==)}".utf8),
            "images/x.png": [1, 2, 3],
        ])
        let picture = try #require(assets.address(of: "images/x.png"))
        let sheet = try #require(assets.address(of: "a.css"))
        let served = try #require(assets.asset(served: String(sheet.dropFirst("/assets/".count))))
        let text = String(buffer: served.plain)
        #expect(text.contains("url(\(picture))"))
        #expect(text.contains("url( 'rien.png' )"))
        #expect(text.contains("url(data:image/png;base64,AA==)"))
        #expect(picture.hasPrefix("/assets/x."))
    }

    @Test func theDateIsWrittenAsHTTPWantsIt() {
        #expect(HTTPDate.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test func headerNamesAreWhatTheySay() {
        #expect(HeaderName.contentSecurityPolicy.rawName == "Content-Security-Policy")
        #expect(HeaderName.fetchSite.canonicalName == "sec-fetch-site")
        #expect(HeaderName.requestID.rawName == "X-Request-Id")
        #expect(HeaderName.requestedPart.rawName == "X-Maillage-Part")
    }

    @Test func namesOfFilesAreQuotedForAllBrowsers() {
        #expect(Answer.attachment("lieux.csv") == "attachment; filename=\"lieux.csv\"")
        #expect(Answer.attachment("été\".csv").contains("filename=\"_t__.csv\"; filename*=UTF-8''%C3%A9t%C3%A9%22.csv"))
    }

    @Test func base64RoundTrips() {
        for count in 0..<40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
        #expect(Base64URL.decode("a b") == nil)
    }
}
