import HTTPTypes

/// Cookies as they come in and go out. The site sets two: the session and a message shown once.
enum Cookies {
    /// The value of a cookie in the request's `Cookie` fields; nil when absent or given twice with different values.
    static func value(_ name: String, in headers: HTTPFields) -> String? {
        var found: String?
        for header in headers[values: .cookie] {
            for pair in header.utf8.split(separator: UInt8(ascii: ";")) {
                let trimmed = pair.drop { $0 == UInt8(ascii: " ") }
                guard let equals = trimmed.firstIndex(of: UInt8(ascii: "=")) else { continue }
                guard trimmed[..<equals].elementsEqual(name.utf8) else { continue }
                let value = String(decoding: trimmed[trimmed.index(after: equals)...], as: UTF8.self)
                guard found == nil || found == value else { return nil }
                found = value
            }
        }
        return found
    }

    /// A `Set-Cookie` value: never readable by scripts, never sent by another site's forms.
    static func set(_ name: String, _ value: String, path: String = "/", seconds: Int, secure: Bool) -> String {
        "\(name)=\(value); Path=\(path); Max-Age=\(seconds); HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "")
    }
}
