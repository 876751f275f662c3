import HTTPTypes
import HummingbirdCore
import Maillage
import NIOCore

/// What the site answers to a visit. The doors complete it on its way out: validators, compression, security headers.
public struct Answer: Sendable {
    public enum Body: Sendable {
        case none
        case bytes(ByteBuffer)
        /// Bytes made while they are sent; the maker waits when the visitor reads slowly.
        case stream(@Sendable (inout ByteSink) async throws -> Void)
    }

    public var status: HTTPResponse.Status
    public var headers: HTTPFields
    public var body: Body
    /// A sentence for the next page.
    var flash: FlashMessage?
    var session: SessionChange = .none

    enum SessionChange: Sendable {
        case none
        case open(secret: String, seconds: Int)
        case close
    }

    public init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Signs the visitor in: the secret goes into the session's cookie, for as long as a session may live.
    public func opening(_ session: OpenedSession) -> Answer {
        var answer = self
        answer.session = .open(secret: session.secret.text, seconds: Int(SessionLimits.plain.absolute.seconds))
        return answer
    }

    /// Signs the visitor out: the session's cookie is forgotten.
    public func closingSession() -> Answer {
        var answer = self
        answer.session = .close
        return answer
    }

    public func with(_ name: HTTPField.Name, _ value: String) -> Answer {
        var answer = self
        answer.headers[name] = value
        return answer
    }
}

/// Where a streamed answer is written. `write` returns when the connection can take more.
public struct ByteSink {
    var writer: any ResponseBodyWriter
    /// The loop of the connection.
    let loop: any EventLoop

    public mutating func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        try await writer.write(ByteBuffer(bytes: bytes))
        // The writer knows that the connection is full once its loop has looked at what it was given: with a loop that is busy, all of a
        // large file would wait in memory.
        try await loop.submit {}.get()
    }

    public mutating func write(_ text: String) async throws {
        try await write(Array(text.utf8))
    }
}

extension Answer {
    /// A page: whole HTML documents only.
    public static func html(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status: status, type: "text/html; charset=utf-8", bytes: bytes)
    }

    public static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status: status, type: "text/plain; charset=utf-8", bytes: Array(text.utf8))
    }

    /// JSON already written as bytes.
    public static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status: status, type: "application/json", bytes: bytes)
    }

    /// Any other kind of content.
    public init(status: HTTPResponse.Status = .ok, type: String, bytes: [UInt8]) {
        self.init(status: status, headers: [.contentType: type], body: .bytes(ByteBuffer(bytes: bytes)))
    }

    /// After an act, or to the right address: the browser asks for `path` with GET.
    static func redirect(to path: String, flash: FlashMessage? = nil) -> Answer {
        var answer = Answer(status: .seeOther, headers: [.location: path])
        answer.flash = flash
        return answer
    }

    /// After an act that went well.
    public static func done(_ sentence: String, to path: String) -> Answer {
        redirect(to: path, flash: FlashMessage(.success, sentence))
    }

    /// The thing lives at another address for good (308 keeps the method, search engines follow).
    public static func moved(to path: String) -> Answer {
        Answer(status: .permanentRedirect, headers: [.location: path])
    }

    /// A file made while it is sent. `name` is the file's name when it is to be saved rather than shown: plain ASCII.
    public static func stream(
        type: String, savedAs name: String? = nil, _ make: @escaping @Sendable (inout ByteSink) async throws -> Void
    ) -> Answer {
        var answer = Answer(status: .ok, headers: [.contentType: type], body: .stream(make))
        if let name { answer.headers[.contentDisposition] = Self.attachment(name) }
        return answer
    }

    /// A whole file to save.
    public static func file(_ bytes: [UInt8], type: String, savedAs name: String) -> Answer {
        Answer(type: type, bytes: bytes).with(.contentDisposition, attachment(name))
    }

    /// RFC 6266: quoted ASCII for all, percent-encoded UTF-8 for those who read it.
    static func attachment(_ name: String) -> String {
        let plain = String(
            name.unicodeScalars.map { scalar in
                scalar.value >= 0x20 && scalar.value < 0x7F && scalar != "\"" && scalar != "\\" && scalar != "/"
                    ? Character(scalar) : "_"
            })
        guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return "attachment; filename=\"\(plain)\"" }
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(Paths.encode(name))"
    }
}
