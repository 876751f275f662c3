import Foundation

/// One answer of the site, read whole.
struct Reply: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(name: String) -> String? {
        headers.first { $0.name == name.lowercased() }?.value
    }

    func all(_ name: String) -> [String] {
        headers.filter { $0.name == name.lowercased() }.map(\.value)
    }

    /// The value a cookie was set to.
    func cookie(_ name: String) -> String? {
        all("set-cookie").first { $0.hasPrefix(name + "=") }.map {
            String($0.dropFirst(name.count + 1).prefix { $0 != ";" })
        }
    }

    struct Unreadable: Error {
        let text: String
    }

    /// Reads one answer from the beginning of the bytes.
    init(_ bytes: [UInt8], hasBody: Bool) throws {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
            throw Unreadable(text: String(decoding: bytes.prefix(200), as: UTF8.self))
        }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { throw Unreadable(text: lines.first ?? "") }
        self.status = status
        headers = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
        }
        let rest = Array(bytes[end.upperBound...])
        let isChunked = headers.contains { $0.name == "transfer-encoding" }
        body = !hasBody ? [] : isChunked ? Self.unchunked(rest) : rest
        if hasBody, !isChunked, let length = self["content-length"].flatMap(Int.init), length != body.count {
            throw Unreadable(text: "\(words[1]), cut: \(body.count) bytes of \(length)")
        }
    }

    private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let line = rest.firstRange(of: Array("\r\n".utf8)),
            let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16), size > 0
        {
            let data = rest[line.upperBound...]
            result += data.prefix(size)
            rest = data.dropFirst(size + 2)
        }
        return result
    }
}
