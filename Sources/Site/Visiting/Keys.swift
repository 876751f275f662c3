import Crypto
import Maillage

/// What the site signs for itself: the tokens of its forms and the messages shown once. Nothing here signs a person in.
public struct Keys: Sendable {
    private let formKey: SymmetricKey
    private let flashKey: SymmetricKey
    private let depositKey: SymmetricKey
    private let firstAccountKey: SymmetricKey
    /// Under which second factors are kept.
    let factors: FactorSeal

    /// Keys drawn from one secret of at least 32 bytes, kept in the data directory.
    public init(secret: [UInt8]) {
        let root = SymmetricKey(data: secret)
        formKey = Self.derive("formulaire", from: root)
        flashKey = Self.derive("message", from: root)
        depositKey = Self.derive("depot", from: root)
        firstAccountKey = Self.derive("premier compte", from: root)
        factors = FactorSeal(
            key: Data32(HMAC<SHA256>.authenticationCode(for: Array("second facteur".utf8), using: root)).bytes)
    }

    private static func derive(_ use: String, from root: SymmetricKey) -> SymmetricKey {
        SymmetricKey(data: Data32(HMAC<SHA256>.authenticationCode(for: Array(use.utf8), using: root)).bytes)
    }

    /// How long a form may stay open before it must be confirmed.
    static let formLife = Instant.Span.hours(24)

    /// The token of a form: who opened it and where it goes, not bound to the session, so that signing in again does not
    /// throw away what was typed. Masked by fresh bytes each time, so that compressing the page reveals nothing of it.
    func formToken(for action: String, account: Principal.ID?, now: Instant, mask: [UInt8]) -> String {
        let expiry = (now + Self.formLife).seconds
        let sealed = bytes(of: expiry) + formSeal(action: action, account: account, expiry: expiry)
        return Base64URL.encode(mask + zip(sealed, mask).map { $0 ^ $1 })
    }

    /// The number of mask bytes `formToken` takes: 8 of expiry and 16 of seal.
    static let maskLength = 24

    func isValid(formToken token: String, for action: String, account: Principal.ID?, now: Instant) -> Bool {
        guard token.utf8.count <= 128, let both = Base64URL.decode(token), both.count == 2 * Self.maskLength else {
            return false
        }
        let sealed = zip(both[Self.maskLength...], both[..<Self.maskLength]).map { $0 ^ $1 }
        let expiry = sealed[..<8].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard expiry > now.seconds, expiry <= (now + Self.formLife).seconds + 60 else { return false }
        return Self.equal(Array(sealed[8...]), formSeal(action: action, account: account, expiry: expiry))
    }

    private func formSeal(action: String, account: Principal.ID?, expiry: Int64) -> [UInt8] {
        let text = "\(account?.number ?? 0)\n\(expiry)\n\(action)"
        return Array(Data32(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: formKey)).bytes[..<16])
    }

    /// The key of one deposit: chance, then a seal that ties it to what is deposited, so that only keys given here are taken.
    ///
    /// - Parameter chance: 16 bytes that nobody can guess.
    func depositKey(for subject: String, chance: [UInt8]) -> String {
        Base64URL.encode(chance + depositSeal(subject, chance))
    }

    func isValid(depositKey text: String, for subject: String) -> Bool {
        guard text.utf8.count <= 128, let bytes = Base64URL.decode(text), bytes.count == 32 else { return false }
        let chance = Array(bytes[..<16])
        return Self.equal(Array(bytes[16...]), depositSeal(subject, chance))
    }

    private func depositSeal(_ subject: String, _ chance: [UInt8]) -> [UInt8] {
        let text = chance + Array(subject.utf8)
        return Array(Data32(HMAC<SHA256>.authenticationCode(for: text, using: depositKey)).bytes[..<16])
    }

    /// The code of the first account where several nodes serve one network: the same on each, another one once the administration was
    /// given and lost (ACC-60).
    public func firstAccountCode(after administrations: Int) -> FirstAccountCode {
        let text = Array(String(administrations).utf8)
        return FirstAccountCode(
            bytes: Data32(HMAC<SHA256>.authenticationCode(for: text, using: firstAccountKey)).bytes)
    }

    /// A message for the next page, sealed so that nobody else can make the site speak.
    func sealed(flash: FlashMessage) -> String {
        let content = [Self.code(of: flash.kind)] + Array(flash.text.utf8)
        return Base64URL.encode(seal(content) + content)
    }

    func flash(sealed text: String) -> FlashMessage? {
        guard text.utf8.count <= 2_048, let bytes = Base64URL.decode(text), bytes.count > 17 else { return nil }
        let content = Array(bytes[16...])
        guard Self.equal(Array(bytes[..<16]), seal(content)), let kind = Self.kind(of: content[0]) else { return nil }
        return FlashMessage(kind, String(decoding: content[1...], as: UTF8.self))
    }

    private static let kinds: [FlashMessage.Kind] = [.success, .information, .warning, .error]

    private static func code(of kind: FlashMessage.Kind) -> UInt8 {
        UInt8(kinds.firstIndex(of: kind) ?? 1)
    }

    private static func kind(of code: UInt8) -> FlashMessage.Kind? {
        Int(code) < kinds.count ? kinds[Int(code)] : nil
    }

    private func seal(_ content: [UInt8]) -> [UInt8] {
        Array(Data32(HMAC<SHA256>.authenticationCode(for: content, using: flashKey)).bytes[..<16])
    }

    private func bytes(of number: Int64) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }

    /// Compares in a time that does not depend on where the two differ.
    private static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// The 32 bytes of a SHA-256 code.
private struct Data32 {
    let bytes: [UInt8]

    init(_ code: HMAC<SHA256>.MAC) {
        bytes = Array(code)
    }
}
