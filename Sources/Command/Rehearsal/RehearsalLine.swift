import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A person's connection to the site: real HTTP over loopback, on the thread that calls it. A slow one sends in small pieces.
final class RehearsalLine {
    struct Reply {
        var status = 0
        var location = ""
        var text = ""
    }

    /// No whole answer came: what was asked may have been done or not.
    struct Cut: Error {}

    private let port: Int
    private let session: String
    private let isSlow: Bool
    private var descriptor: Int32 = -1

    init(port: Int, session: String, isSlow: Bool = false) {
        self.port = port
        self.session = session
        self.isSlow = isSlow
    }

    deinit { hangUp() }

    func hangUp() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    /// Asks once. Throws `Cut` when no whole answer came within half a minute.
    func ask(_ method: String, _ path: String, _ fields: [(String, String)]? = nil) throws(Cut) -> Reply {
        try send(method, path, fields)
        return try receive()
    }

    /// Sends a document as a browser does, in parts.
    func attach(
        _ path: String, token: String, field: String, name: String, _ bytes: [UInt8]
    ) throws(Cut) -> Reply {
        let part = "--essai\r\nContent-Disposition: form-data; name="
        let head = "\(part)\"jeton\"\r\n\r\n\(token)\r\n\(part)\"\(field)\"; filename=\"\(name)\"\r\n"
        let body = Array((head + "Content-Type: application/octet-stream\r\n\r\n").utf8) + bytes
        try send("POST", path, body + Array("\r\n--essai--\r\n".utf8), type: "multipart/form-data; boundary=essai")
        return try receive()
    }

    /// Sends a request and waits for nothing.
    func send(_ method: String, _ path: String, _ fields: [(String, String)]?) throws(Cut) {
        let body = (fields ?? []).map { Self.encode($0.0) + "=" + Self.encode($0.1) }.joined(separator: "&")
        let type = fields == nil ? nil : "application/x-www-form-urlencoded"
        try send(method, path, Array(body.utf8), type: type)
    }

    private func send(_ method: String, _ path: String, _ body: [UInt8], type: String?) throws(Cut) {
        if descriptor < 0 { try connect() }
        var head = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nCookie: session=\(session)\r\n"
        if let type {
            head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
            head += "Origin: http://127.0.0.1:\(port)\r\nSec-Fetch-Site: same-origin\r\n"
        }
        let bytes = Array((head + "\r\n").utf8) + body
        var place = 0
        while place < bytes.count {
            let end = isSlow ? min(place + 400, bytes.count) : bytes.count
            let count = bytes[place..<end].withUnsafeBytes { transmit($0) }
            guard count > 0 else { throw cut() }
            place += count
            if isSlow, place < bytes.count { usleep(20_000) }
        }
    }

    private func transmit(_ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #else
            Darwin.send(descriptor, bytes.baseAddress, bytes.count, 0)
        #endif
    }

    private func receive() throws(Cut) -> Reply {
        var bytes: [UInt8] = []
        var bodyStart = 0
        while bodyStart == 0 {
            try more(&bytes)
            bodyStart = Self.endOfHead(bytes) ?? 0
        }
        let lines = String(decoding: bytes[..<bodyStart], as: UTF8.self).split(separator: "\r\n")
        var reply = Reply()
        guard let first = lines.first, let status = Int(first.dropFirst(9).prefix(3)) else { throw cut() }
        reply.status = status
        var length = 0
        var closes = false
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            switch line[..<colon].lowercased() {
            case "content-length": length = Int(value) ?? 0
            case "location": reply.location = value
            case "connection": closes = value.lowercased() == "close"
            // The pages that people reach here are sent whole.
            case "transfer-encoding": throw cut()
            default: break
            }
        }
        while bytes.count < bodyStart + length { try more(&bytes) }
        reply.text = String(decoding: bytes[bodyStart..<bodyStart + length], as: UTF8.self)
        if closes { hangUp() }
        return reply
    }

    private func more(_ bytes: inout [UInt8]) throws(Cut) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0, bytes.count < 64 << 20 else { throw cut() }
        bytes += buffer[..<count]
    }

    private func cut() -> Cut {
        hangUp()
        return Cut()
    }

    private func connect() throws(Cut) {
        #if canImport(Glibc)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw Cut() }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let own = descriptor
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                reach(own, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw cut() }
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for place in 3..<bytes.count where bytes[place] == 10 && bytes[place - 1] == 13 && bytes[place - 2] == 10 {
            return place + 1
        }
        return nil
    }

    private static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: bytes.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

// The method above hides the system's function of the same name.
private func reach(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
    connect(descriptor, address, length)
}

/// Reads what a page holds, as a browser without scripts would.
enum RehearsalPage {
    /// The part of a page that is the form which goes to a path.
    static func form(to action: String, in text: String) -> Substring? {
        guard let start = text.range(of: "action=\"\(action)\""),
            let end = text.range(of: "</form>", range: start.upperBound..<text.endIndex)
        else { return nil }
        return text[start.lowerBound..<end.lowerBound]
    }

    static func hidden(_ name: String, in form: Substring?) -> String? {
        guard let form, let place = form.range(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(form[place.upperBound...].prefix { $0 != "\"" })
    }
}
