import Crypto
import HTTPTypes

/// What caches and browsers may keep, and the short answer to those who hold it already.
enum FreshnessDoor {
    static func leave(_ visit: Visit, _ answer: inout Answer) {
        if answer.headers[.cacheControl] == nil { answer.headers[.cacheControl] = policy(visit, answer) }
        guard visit.method == .get || visit.method == .head, answer.status == .ok else { return }
        if answer.headers[.eTag] == nil, answer.headers[.cacheControl] != "no-store",
            case .bytes(let buffer) = answer.body
        {
            answer.headers[.eTag] = "\"\(tag(of: Array(buffer.readableBytesView)))\""
        }
        if answer.headers[.cacheControl] != "no-store", answer.headers[.vary] == nil {
            answer.headers[.vary] = "Accept-Encoding, Cookie"
        }
        guard let tag = answer.headers[.eTag], matches(visit.headers[.ifNoneMatch], tag) else { return }
        answer.status = .notModified
        answer.body = .none
        answer.headers[.contentType] = nil
        answer.headers[.contentEncoding] = nil
        answer.headers[.contentLength] = nil
    }

    private static func policy(_ visit: Visit, _ answer: Answer) -> String {
        guard visit.method == .get || visit.method == .head, answer.status == .ok else { return "no-store" }
        guard visit.session == nil, visit.flash == nil, answer.headers[.setCookie] == nil else { return "no-store" }
        return visit.route?.sharedSeconds == nil ? "private, no-cache" : "public, max-age=0, must-revalidate"
    }

    /// Ninety-six bits of SHA-256.
    static func tag(of bytes: [UInt8]) -> String {
        Base64URL.encode(SHA256.hash(data: bytes).prefix(12))
    }

    /// RFC 9110, § 13.1.2: weak comparison against a list; the compressed form of a page is the page.
    static func matches(_ header: String?, _ tag: String) -> Bool {
        guard let header, header.utf8.count <= 4_096 else { return false }
        let wanted = core(tag[...])
        return header.split(separator: ",").contains { candidate in
            let trimmed = candidate.drop { $0 == " " }
            return trimmed == "*" || core(trimmed) == wanted
        }
    }

    private static func core(_ tag: Substring) -> Substring {
        var tag = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
        while tag.last == " " { tag = tag.dropLast() }
        tag = tag.drop { $0 == "\"" }
        if tag.last == "\"" { tag = tag.dropLast() }
        return tag.hasSuffix("-gz") ? tag.dropLast(3) : tag
    }
}
