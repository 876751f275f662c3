import Exchange
import Foundation
import Maillage
import Workbench

/// One synthetic candidate of a rehearsal: writes what is left to write, checks, deposits, and does what people do. Runs on a thread
/// of its own.
struct RehearsalPerson: Sendable {
    let person: SyntheticCandidates.Person
    /// Whether the draft is still to be written.
    let writes: Bool
    /// When they come.
    let moment: Instant
    /// The limit: after it, what was deposited is not written to any more.
    let closing: Instant
    let port: Int
    let clock: RehearsalClock
    let record: RehearsalRecord

    private var path: String { "/candidatures/\(person.candidacy.text)" }
    private var number: Int { person.number }

    /// The habits of people, shared out by their number so that a run can be made again.
    private var isSlow: Bool { number % 10 == 3 }
    private var clicksTwice: Bool { number % 5 == 1 }
    private var isCut: Bool { number % 10 == 7 }
    private var replaces: Bool { number % 6 == 2 }
    private var wroteElsewhere: Bool { number % 20 == 8 }

    static let met = [
        inTime: "a deposit in time", late: "a deposit after the limit", repeated: "the same key sent again",
        replaced: "a deposit replaced by a newer one", conflict: "two texts written on one question",
        incomplete: "a check page on which something lacks",
    ]
    static let (inTime, late, repeated) = ("in_time", "late", "repeated")
    static let (replaced, conflict, incomplete) = ("replaced", "conflict", "incomplete")

    func play() {
        clock.wait(until: moment) { usleep($0) }
        let line = RehearsalLine(port: port, session: person.session, isSlow: isSlow)
        do throws(RehearsalLine.Cut) {
            _ = try ask(line, "page", "GET", path)
            if writes { try write(line) }
            for document in person.filling.documents { try attach(document, line) }
            guard try deposit(line) else { return }
            if replaces, try rewrite(line) {
                _ = try deposit(line)
                record.meet(Self.replaced)
            }
        } catch {
            record.fail("cut")
        }
    }

    private func ask(
        _ line: RehearsalLine, _ kind: String, _ method: String, _ path: String, _ fields: [(String, String)]? = nil
    ) throws(RehearsalLine.Cut) -> RehearsalLine.Reply {
        let start = ContinuousClock.now
        let reply = try line.ask(method, path, fields)
        // What a slow line takes to send is not the site's.
        if !isSlow { record.note(kind, RehearsalClock.seconds(.now - start), status: reply.status) }
        if isSlow { record.note(kind + ", slow line", RehearsalClock.seconds(.now - start), status: reply.status) }
        return reply
    }

    private func write(_ line: RehearsalLine) throws(RehearsalLine.Cut) {
        let page = try ask(line, "page", "GET", path + "/verification")
        if RehearsalPage.form(to: path + "/depot", in: page.text) == nil { record.meet(Self.incomplete) }
        for section in person.filling.sections {
            _ = try save(line, section.key, section.fields.map { ($0.name, $0.value) })
        }
    }

    private func attach(
        _ document: SyntheticCandidates.Document, _ line: RehearsalLine
    ) throws(RehearsalLine.Cut) {
        let action = path + "/pieces/" + document.question
        let page = try ask(line, "page", "GET", path + "/pieces").text
        guard let token = RehearsalPage.hidden("jeton", in: RehearsalPage.form(to: action, in: page)) else {
            return record.fail("question without a form")
        }
        let start = ContinuousClock.now
        let reply = try line.attach(
            action, token: token, field: document.question, name: document.name, document.bytes)
        record.note(
            isSlow ? "upload, slow line" : "upload", RehearsalClock.seconds(.now - start), status: reply.status)
        if reply.status != 303 { record.fail("upload refused") }
    }

    /// Whether the section could be written to.
    private func save(
        _ line: RehearsalLine, _ section: String, _ fields: [(String, String)]
    ) throws(RehearsalLine.Cut) -> Bool {
        let action = path + "/dossier/" + section
        let form = RehearsalPage.form(to: action, in: try ask(line, "page", "GET", action).text)
        guard let token = RehearsalPage.hidden("jeton", in: form),
            let version = RehearsalPage.hidden("version", in: form)
        else {
            if clock.now < closing { record.fail("section without a form") }
            return false
        }
        let own = [("jeton", token), ("version", version)]
        _ = try ask(line, "save", "POST", action, own + fields)
        guard wroteElsewhere, let text = fields.firstIndex(where: { $0.1.count > 12 && !$0.1.contains("@") }) else {
            return true
        }
        // Another window, opened before: the same question, another text.
        var other = fields
        other[text].1 += " Autrement dit."
        if try ask(line, "save", "POST", action, own + other).status == 409 { record.meet(Self.conflict) }
        return true
    }

    /// A change after the deposit, whatever the form asks: a longer text.
    private func rewrite(_ line: RehearsalLine) throws(RehearsalLine.Cut) -> Bool {
        for section in person.filling.sections {
            var fields = section.fields.map { ($0.name, $0.value) }
            guard let place = fields.firstIndex(where: { $0.1.hasPrefix("Réponse d’essai") }) else { continue }
            fields[place].1 += " bis"
            return try save(line, section.key, fields)
        }
        return false
    }

    /// The check page, then the final act, as often as this person sends it. False when the page has no button.
    private func deposit(_ line: RehearsalLine) throws(RehearsalLine.Cut) -> Bool {
        let page = try ask(line, "check", "GET", path + "/verification").text
        let form = RehearsalPage.form(to: path + "/depot", in: page)
        guard let key = RehearsalPage.hidden("cle_depot", in: form),
            let version = RehearsalPage.hidden("version", in: form).flatMap({ Int($0) }),
            let token = RehearsalPage.hidden("jeton", in: form)
        else {
            record.meet(Self.incomplete)
            return false
        }
        let fields = [("jeton", token), ("cle_depot", key), ("version", String(version))]
        record.attempt(
            RehearsalRecord.Attempt(candidacy: person.candidacy, version: version, key: key, sentAt: clock.now))
        if isCut {
            // The line goes dead just after the request: nobody knows, so the same is sent again.
            let other = RehearsalLine(port: port, session: person.session)
            try other.send("POST", path + "/depot", fields)
            other.hangUp()
            record.meet(Self.repeated)
        }
        try send(line, key, fields)
        if clicksTwice {
            record.meet(Self.repeated)
            try send(RehearsalLine(port: port, session: person.session), key, fields)
        }
        let receipt = try ask(line, "receipt", "GET", path + "/recepisse")
        if receipt.status != 200 { record.fail("receipt") }
        return true
    }

    private func send(
        _ line: RehearsalLine, _ key: String, _ fields: [(String, String)]
    ) throws(RehearsalLine.Cut) {
        let reply = try ask(line, "deposit", "POST", path + "/depot", fields)
        let isAcknowledged = reply.status == 303 && reply.location.hasSuffix("/recepisse")
        record.answer(key, isAcknowledged: isAcknowledged, status: reply.status, at: clock.now)
    }
}
