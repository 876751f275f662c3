import NIOHTTP1

/// Why a request is not let in before anybody looks at what it asks for.
struct FramingRefusal {
    let status: HTTPResponseStatus
    let sentence: String
    var allow: String?

    static let unreadable = FramingRefusal(status: .badRequest, sentence: "Demande illisible.")
    private static let methods = "GET, HEAD, POST, OPTIONS"

    private init(status: HTTPResponseStatus, sentence: String, allow: String? = nil) {
        self.status = status
        self.sentence = sentence
        self.allow = allow
    }

    /// What is wrong with the head of a request, nil when it can be read in one way only (RFC 9112, § 3.2, 6.1 and 6.3).
    init?(of head: HTTPRequestHead) {
        guard head.version == .http1_1 || head.version == .http1_0 else {
            self.init(status: .httpVersionNotSupported, sentence: "Version de HTTP inconnue.")
            return
        }
        let codings = head.headers["Transfer-Encoding"]
        if !codings.isEmpty, codings.count > 1 || codings[0].lowercased() != "chunked" {
            self.init(status: .notImplemented, sentence: "Codage de transfert inconnu.")
            return
        }
        let isFramedOnce = codings.isEmpty || head.version == .http1_1 && head.headers["Content-Length"].isEmpty
        let isOriginForm = head.uri.utf8.first == UInt8(ascii: "/") || head.method == .OPTIONS && head.uri == "*"
        if head.method == .CONNECT || head.method == .TRACE {
            self.init(status: .methodNotAllowed, sentence: "Méthode refusée.", allow: Self.methods)
        } else if head.headers["Host"].count != 1 || !isFramedOnce || !isOriginForm {
            self = .unreadable
        } else if head.headers["Expect"].contains(where: { $0.lowercased() != "100-continue" }) {
            self.init(status: .expectationFailed, sentence: "Attente inconnue.")
        } else {
            return nil
        }
    }

    init(of error: HTTPParserError) {
        switch error {
        case .invalidMethod:
            self.init(status: .methodNotAllowed, sentence: "Méthode inconnue.", allow: Self.methods)
        case .headerOverflow:
            self.init(status: .requestHeaderFieldsTooLarge, sentence: "En-têtes trop longs.")
        case .invalidVersion:
            self.init(status: .httpVersionNotSupported, sentence: "Version de HTTP inconnue.")
        default:
            self = .unreadable
        }
    }
}
