import Crypto
import Storage

/// The promise made by mail that whoever reads this address may sign in from the browser that asked (ACC-4).
struct SignInLink: Sendable {
    typealias ID = Identifier<SignInLink>

    static let lifetime = Instant.Span.minutes(10)
    /// Wrong codes after which only the link works (ACC-5).
    static let codeTries = 5

    let id: ID
    let email: EmailAddress
    let destination: String
}

/// The six digits to type in the browser that asked, when the mail is read elsewhere (ACC-5).
struct SignInCode: Sendable {
    let text: String

    init(_ surroundings: Surroundings) {
        let number = surroundings.secret(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
        let digits = String(number)
        text = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }

    /// Reads what was typed: six digits, spaces allowed among them. Nil otherwise.
    init?(typed: String) {
        guard typed.utf8.count <= 40 else { return nil }
        let digits = LookAlikes.folded(typed).filter { !$0.isWhitespace }
        guard digits.utf8.count == 6, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        text = digits
    }

    /// Keyed by the browser's secret, so that the stored hash of so few digits cannot be searched.
    func hash(for browser: Secret) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: browser.bytes)))
    }
}

/// A path of this site to go to after signing in. Anything that could lead elsewhere becomes the home page.
public enum Destination {
    public static func safe(_ path: String?) -> String {
        guard let path, path.utf8.count <= 500, path.utf8.first == 47 else { return "/" }
        let bytes = Array(path.utf8)
        // "//host" and "/\\host" are other sites to a browser; control characters are dropped by some.
        guard bytes.count == 1 || (bytes[1] != 47 && bytes[1] != 92) else { return "/" }
        return bytes.allSatisfy { $0 > 32 && $0 < 127 && $0 != 92 } ? path : "/"
    }
}
