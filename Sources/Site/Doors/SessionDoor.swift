import HTTPTypes
import Maillage
import Storage

/// From the session's cookie to the one who asks, with the rights they hold now.
enum SessionDoor {
    static func enter(_ visit: inout Visit) async throws {
        guard let text = Cookies.value(visit.reception.sessionCookie, in: visit.headers),
            let secret = Secret(text: text)
        else {
            return
        }
        let now = visit.now
        let demandsFactor = visit.reception.settings.demandsSecondFactor
        let found = try await visit.read {
            try PrincipalReader.presence(sessionSecret: secret, demandsFactor: demandsFactor, at: now, $0)
        }
        guard let presence = found else { return }
        visit.principal = presence.principal
        visit.session = presence.session
        visit.factorAt = presence.factorAt
        visit.term = presence.term
        if presence.isTouchDue, visit.route?.isUse != false {
            do {
                try await visit.reception.database.write { try SessionStore.touch(presence.session, at: now, $0) }
                visit.term = presence.term.used(at: now)
            } catch StorageError.serialization {
                // Another request of the same session noted it at the same moment.
            } catch StorageError.diskFull {
                // What can be read is still read; the session only seems idle for a little longer.
            }
        }
        if presence.isRenewalDue {
            do {
                visit.renewed = try await visit.perform(RenewSession(secret))
            } catch is Missing {
                // Another request of the same session renewed it first, and its answer carries the new cookie.
            }
        }
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
        case .none:
            guard let renewed = visit.renewed else { return }
            set(renewed.text, Int(SessionLimits.of(visit.principal.grants + visit.principal.withheld).absolute.seconds))
        case .open(let secret, let seconds): set(secret, seconds)
        case .close: set("", 0)
        }
    }
}
