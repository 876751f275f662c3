import HTTPTypes
import Maillage

/// From the session's cookie to the one who asks, with the rights they hold now.
enum SessionDoor {
    static func enter(_ visit: inout Visit) async throws {
        guard let secret = Cookies.value(visit.reception.sessionCookie, in: visit.headers), isPossible(secret) else { return }
        guard let principal = try await visit.reception.principal(secret) else { return }
        visit.principal = principal
        visit.sessionSecret = secret
    }

    static func leave(_ visit: Visit, _ answer: inout Answer) {
        let reception = visit.reception
        func set(_ value: String, _ seconds: Int) {
            answer.headers.append(
                HTTPField(
                    name: .setCookie,
                    value: Cookies.set(reception.sessionCookie, value, seconds: seconds, secure: reception.isSecure)))
        }
        switch answer.session {
        case .none: return
        case .open(let secret, let seconds): set(secret, seconds)
        case .close: set("", 0)
        }
    }

    /// A secret is 20 to 128 letters, digits, dashes: nothing else is worth a look in the database.
    private static func isPossible(_ secret: String) -> Bool {
        (20...128).contains(secret.utf8.count)
            && secret.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }
}
