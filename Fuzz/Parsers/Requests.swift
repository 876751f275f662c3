import Exchange
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes

@testable import Maillage
@testable import MaillageWeb

extension Parser {
    /// What comes by HTTP: the framing, the heads, the queries, the bodies, the tokens of another service.
    static let requests = [framing, headers, query, multipart, token, geocoder]

    private static let framing = Parser(
        "http",
        seeds: {
            [
                "GET /lieux?q=caf%C3%A9 HTTP/1.1\r\nHost: example.org\r\nCookie: a=b; c=d\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\na=bGET / HTTP/1.0\r\nHost: a\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\nHEAD /y HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 4\r\n\r\n",
            ].map { Array($0.utf8) }
        },
        read: { bytes in
            let whole = Framed.requests([bytes])
            mustHold(Framed.requests(bytes.halves) == whole, "requests that do not depend on how they are cut")
            for head in whole.heads {
                mustHold(head.authority != nil, "a request that says whom it asks")
                mustHold(
                    head.path?.utf8.first == UInt8(ascii: "/") || head.method == .options && head.path == "*",
                    "a request that asks for a page of ours")
            }
        })

    private static let headers = Parser(
        "headers",
        texts: [
            "session=abc; flash=\"d\"; session=abc", "bytes=0-499", "bytes=-5", "W/\"abc-gz\", \"d\", *",
            "gzip;q=0, br, *;q=0.5", "192.0.2.1, [2001:db8::1], ::ffff:10.0.0.1", "https://réseau.example:8443/a?b",
            "multipart/form-data; charset=utf-8; boundary=\"a b\"", "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0",
            "/lieux?x=%41",
        ],
        read: { text in
            var fields = HTTPFields()
            for name in [HTTPField.Name.cookie, .range, .acceptEncoding] where HTTPField.isValidValue(text) {
                fields.append(HTTPField(name: name, value: text))
            }
            _ = Cookies.value("session", in: fields)
            if case .part(let part) = ByteRange.asked(fields, size: 500, tag: "\"a\"") {
                mustHold(!part.isEmpty && part.lowerBound >= 0 && part.upperBound <= 500, "a part of the file")
            }
            _ = CompressionDoor.accepts(fields)
            _ = FreshnessDoor.matches(text, "\"abc-gz\"")
            let peer = ClientAddress(bytes: [127, 0, 0, 1])
            let visitor = ClientAddress.visitor(peer: peer, forwardedFor: [text], trusted: 2)
            mustHold([4, 16].contains(visitor.bytes.count), "an address of the Internet")
            _ = HostDoor.isLocal(HostDoor.host(of: text))
            _ = DeviceName.from(userAgent: text)
            _ = MultipartReader.boundary(inContentType: text)
            if let local = Paths.local(text) { mustHold(local.utf8.first == UInt8(ascii: "/"), "a page of ours") }
        })

    private static let query = Parser(
        "query",
        seeds: {
            [
                "q=caf%C3%A9+associatif&services=fablab&lat=50.63&lon=3.05&rayon=10&page=2&limit=20",
                "bbox=-1.5,49,2.5,51&ouvert=2026-05-31T09:00:00%2B02:00&tri=distance&cursor=n.0000000000001.a",
                "a=%00&b=%E9&=&&c&d==", "commune=80021&departement=80&moment=maintenant&offset=40",
            ].map { Array($0.utf8) }
        },
        read: { bytes in
            if let form = given({ try URLEncodedForm(parsing: bytes) }) {
                mustHold(
                    given { try URLEncodedForm(parsing: form.encoded.utf8) } == form,
                    "a form that is read as it is written")
            }
            var overfull = OverfullForm()
            overfull.feed(bytes)
            let kept = given { try overfull.fields() }
            let fields = given { try Fields(urlencoded: bytes) }
            _ = given { try PercentDecoding.text(bytes, plusIsSpace: true) }
            guard let fields else { return }
            mustHold(kept != nil, "a form that is kept in part when it can be read whole")
            let read = PlaceQueryFields(fields)
            let again = given { try PlaceQueryFields(Fields(urlencoded: read.queryString.utf8)) }
            mustHold(again.map { $0.queryString == read.queryString } ?? false, "a question that has one writing")
            for field in fields.all {
                if let number = WrittenNumber.decimal(field.value.utf8) { _ = WrittenNumber.write(number, places: 6) }
                _ = WrittenNumber.list(field.value, count: 4)
                _ = WrittenInstant.read(field.value, zone: .paris).map(WrittenInstant.write)
                _ = PlaceCursor(text: field.value).map {
                    mustHold(PlaceCursor(text: $0.text) == $0, "a place in a list")
                }
            }
        })

    private static let multipart = Parser(
        "multipart",
        seeds: {
            [
                [
                    "--limite", "Content-Disposition: form-data; name=\"nom\"", "", "L’été\r\n--limitx", "--limite",
                    "content-disposition: form-data; name=\"photo\"; filename=\"C:\\img\\a %22b%22;.png\"",
                    "Content-Type: image/png",
                    "", "\u{0}\r\n--lim\r\r\n-", "--limite--", "",
                ].joined(separator: "\r\n")
            ].map { Array($0.utf8) }
        },
        read: { bytes in
            func events(_ pieces: [[UInt8]]) -> [MultipartEvent]? {
                given {
                    var reader = try MultipartReader(boundary: "limite")
                    var events: [MultipartEvent] = []
                    for piece in pieces {
                        for event in try reader.feed(piece) {
                            if case .fileBytes(let more) = event, case .fileBytes(let before) = events.last {
                                events[events.count - 1] = .fileBytes(before + more)
                            } else {
                                events.append(event)
                            }
                        }
                    }
                    try reader.finish()
                    return events
                }
            }
            let whole = events([bytes])
            mustHold(events(bytes.halves) == whole, "a body that does not depend on how it is cut")
            mustHold(events(bytes.crumbs) == whole, "a body that does not depend on how it is cut")
        })

    private static let token = Parser(
        "token",
        texts: [
            "eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL2EuZXhhbXBsZSIsImF1ZCI6ImMifQ.AAAA",
            #"{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"#,
            #"{"keys":[{"kty":"RSA","alg":"RS256","kid":"a","n":"AQAB","e":"AQAB"}]}"#,
            #"{"issuer":"https://a.example","authorization_endpoint":"https://a.example/a","token_endpoint":"https://b.example:8443/t","jwks_uri":"https://a.example/k"}"#,
            #"{"iss":"https://a.example","aud":["c"],"exp":1700000900,"iat":1700000000,"nonce":"n","sub":"s"}"#,
        ],
        read: { text in
            _ = Base64URL.decode(text)
            mustHold(
                Base64URL.decode(Base64URL.encode(text.utf8)) == Array(text.utf8),
                "base 64 that is read as it is written")
            let claims = given { try IdentityToken.verified(text, Tokens.keys) }
            mustHold(claims == nil, "a token that nobody signed is none")
            _ = IdentityDescription.mayBeAsked(text, by: "https://a.example")
            guard let value = given({ try JSONValue.parse(Array(text.utf8)) }) else { return }
            _ = IdentityKeys(value)
            _ = given { try IdentityDescription(value, issuer: "https://a.example") }
            _ = IdentityToken.isOurs(value, issuer: "https://a.example", client: "c")
            _ = given {
                try IdentityToken.subject(
                    of: value, issuer: "https://a.example", client: "c", nonce: "n", at: Instant(seconds: 1_700_000_010)
                )
            }
        })

    private static let geocoder = Parser(
        "geocoder",
        seeds: {
            [
                """
                {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[2.29,49.89]},
                "properties":{"label":"8 Rue Dusevel 80000 Amiens","score":0.97,"type":"housenumber","citycode":"80021",
                "postcode":"80000","city":"Amiens"}}]}
                """
            ].map { Array($0.utf8) }
        },
        read: { bytes in
            for found in FoundAddress.read(bytes) ?? [] {
                mustHold(
                    !found.label.isEmpty && found.label.unicodeScalars.count <= FoundAddress.longestText,
                    "an address in words")
                mustHold((0...1).contains(found.score), "a score")
            }
        })
}

/// Keys of a service, one of each kind, whose private part nobody kept.
private enum Tokens {
    static let keys = IdentityKeys(
        given {
            try JSONValue.parse(
                Array(
                    #"{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"#
                        .utf8))
        } ?? .null)
}

/// A connection without a network: the parser of the server with its caps, then the framing.
private enum Framed {
    struct Requests: Equatable {
        var heads: [HTTPRequest] = []
        /// Of every request, one after the other.
        var bodies: [[UInt8]] = []
        var ends = 0
    }

    static func requests(_ pieces: [[UInt8]]) -> Requests {
        let channel = EmbeddedChannel()
        var requests = Requests()
        do {
            var caps = NIOHTTPDecoderLimitConfiguration()
            caps.maxHeaderFieldSize = 16 * 1_024
            caps.maxHeaderListSize = 32 * 1_024
            caps.maxHeaderFieldCount = 100
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: caps)
            try pipeline.addHandler(FramingHandler(bareHeaders: [("X-Frame-Options", "DENY")], clock: HTTPDate()))
            for piece in pieces {
                _ = given { try channel.writeInbound(ByteBuffer(bytes: piece)) }
                while let part = try channel.readInbound(as: HTTPRequestPart.self) { take(part, &requests) }
            }
            while let written = try channel.readOutbound(as: IOData.self) { _ = written }
        } catch {
            // What the pipeline says of bytes it refuses.
        }
        _ = given { try channel.finish(acceptAlreadyClosed: true) }
        return requests
    }

    private static func take(_ part: HTTPRequestPart, _ requests: inout Requests) {
        switch part {
        case .head(let head):
            requests.heads.append(head)
            requests.bodies.append([])
        case .body(let bytes):
            mustHold(requests.ends == requests.heads.count - 1, "a body that follows its head")
            requests.bodies[requests.bodies.count - 1] += bytes.readableBytesView
        case .end:
            requests.ends += 1
            mustHold(requests.ends == requests.heads.count, "one end for each head")
        }
    }
}
