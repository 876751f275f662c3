import Storage

/// Tells those who run the machine what asks for them: once when it begins, each day while it lasts, once when it is over (SRV-3).
public struct TendAlerts: Act {
    public static let right = "Le programme lui-même, chaque minute."

    static let reminder = Instant.Span.days(1)

    public let findings: [Finding]
    public let head: LetterHead

    public init(_ findings: [Finding], head: LetterHead) {
        self.findings = findings
        self.head = head
    }

    /// Whether there is something to say, so that a quiet minute writes nothing.
    public static func isDue(_ findings: [Finding], at now: Instant, _ reader: Reader) throws -> Bool {
        let change = try Change(findings, at: now, reader)
        return !change.isEmpty
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (now, writer) = (proceeding.now, proceeding.writer)
        let change = try Change(findings, at: now, writer)
        for finding in change.raised {
            try ServiceAlerts.raise(finding, proceeding.newIdentifier(), at: now, writer)
            proceeding.note("raised", finding.kind.rawValue)
        }
        for finding in change.reminded {
            try ServiceAlerts.remind(finding, at: now, writer)
            proceeding.note("reminded", finding.kind.rawValue)
        }
        for kind in change.cleared {
            try ServiceAlerts.clear(kind, at: now, writer)
            proceeding.note("cleared", kind.rawValue)
        }
        if change.isEmpty { return }
        let operators = try RoleGrantStore.holders(of: .operator, on: .network, at: now, writer)
        for account in try AccountStore.accounts(operators, writer) {
            guard let email = account.email else { continue }
            for finding in change.raised { proceeding.send(head.alertRaised(to: email, finding, isReminder: false)) }
            for finding in change.reminded { proceeding.send(head.alertRaised(to: email, finding, isReminder: true)) }
            for kind in change.cleared { proceeding.send(head.alertCleared(to: email, kind)) }
        }
    }

    private struct Change {
        var raised: [Finding] = []
        var reminded: [Finding] = []
        var cleared: [AlertKind] = []

        var isEmpty: Bool { raised.isEmpty && reminded.isEmpty && cleared.isEmpty }

        init(_ findings: [Finding], at now: Instant, _ reader: Reader) throws {
            let open = Dictionary(try ServiceAlerts.open(reader).map { ($0.kind, $0) }) { first, _ in first }
            for finding in findings {
                guard let alert = open[finding.kind] else {
                    raised.append(finding)
                    continue
                }
                if now - alert.toldAt >= TendAlerts.reminder { reminded.append(finding) }
            }
            let present = Set(findings.map(\.kind))
            cleared = open.keys.filter { !present.contains($0) }.sorted { $0.rawValue < $1.rawValue }
        }
    }
}

extension LetterHead {
    func alertRaised(to email: EmailAddress, _ finding: Finding, isReminder: Bool) -> Letter {
        letter(
            to: email.text,
            subject: (isReminder ? "Rappel, à voir sur le serveur" : "À voir sur le serveur")
                + "\u{202F}: \(finding.kind.label.lowercased())",
            [finding.words, "L’état du service\u{202F}:\n" + address("/exploitation")])
    }

    func alertCleared(to email: EmailAddress, _ kind: AlertKind) -> Letter {
        letter(
            to: email.text, subject: "C’est rentré dans l’ordre\u{202F}: \(kind.label.lowercased())",
            ["Ce qui demandait votre attention ne la demande plus.", address("/exploitation")])
    }
}
