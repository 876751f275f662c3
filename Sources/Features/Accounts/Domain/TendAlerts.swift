import Storage

/// Tells those who run the machine what asks for them: once when it begins, each day while it lasts, once when it is over (SRV-3).
public struct TendAlerts: Act {
    public static let right = "Le programme lui-même, chaque minute."

    static let reminder = Instant.Span.days(1)
    /// A node that reminded of nothing for so long is gone.
    static let absence = Instant.Span.days(3)

    public let findings: [HealthFinding]
    public let scope: AlertScope
    public let head: LetterHead

    public init(_ findings: [HealthFinding], of scope: AlertScope = .alone, head: LetterHead) {
        self.findings = findings.filter { scope.kinds.contains($0.kind) }
        self.scope = scope
        self.head = head
    }

    /// Whether there is something to say, so that a quiet minute writes nothing.
    public func isDue(at now: Instant, _ reader: Reader) throws -> Bool {
        try !Change(findings, of: scope, at: now, reader).isEmpty
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let (now, writer) = (proceeding.now, proceeding.writer)
        let change = try Change(findings, of: scope, at: now, writer)
        let node = scope.node
        for finding in change.raised {
            try ServiceAlerts.raise(finding, of: node, proceeding.newIdentifier(), at: now, writer)
            proceeding.note("raised", finding.kind.rawValue)
        }
        for finding in change.reminded {
            try ServiceAlerts.remind(finding, of: node, at: now, writer)
            proceeding.note("reminded", finding.kind.rawValue)
        }
        for kind in change.cleared {
            try ServiceAlerts.clear(kind, of: node, at: now, writer)
            proceeding.note("cleared", kind.rawValue)
        }
        for alert in change.forgotten {
            try ServiceAlerts.clear(alert.kind, of: alert.node, at: now, writer)
            proceeding.note("forgotten", alert.kind.rawValue)
        }
        if change.isEmpty { return }
        let operators = try RoleGrantStore.holders(of: .operator, on: .network, at: now, writer)
        for account in try AccountStore.accounts(operators, writer) {
            guard let email = account.email else { continue }
            for finding in change.raised {
                proceeding.send(head.alertRaised(to: email, finding, of: node, isReminder: false))
            }
            for finding in change.reminded {
                proceeding.send(head.alertRaised(to: email, finding, of: node, isReminder: true))
            }
            for kind in change.cleared { proceeding.send(head.alertCleared(to: email, kind, of: node)) }
        }
    }

    private struct Change {
        var raised: [HealthFinding] = []
        var reminded: [HealthFinding] = []
        var cleared: [AlertKind] = []
        /// Nobody says any more whether they last: of nodes that are gone, or from before nodes had names.
        var forgotten: [ServiceAlert] = []

        var isEmpty: Bool { raised.isEmpty && reminded.isEmpty && cleared.isEmpty && forgotten.isEmpty }

        init(_ findings: [HealthFinding], of scope: AlertScope, at now: Instant, _ reader: Reader) throws {
            let all = try ServiceAlerts.open(reader)
            let mine = all.filter { $0.node == scope.node && scope.kinds.contains($0.kind) }
            let open = Dictionary(mine.map { ($0.kind, $0) }) { first, _ in first }
            for finding in findings {
                guard let alert = open[finding.kind] else {
                    raised.append(finding)
                    continue
                }
                if now - alert.toldAt >= TendAlerts.reminder { reminded.append(finding) }
            }
            let present = Set(findings.map(\.kind))
            cleared = open.keys.filter { !present.contains($0) }.sorted { $0.rawValue < $1.rawValue }
            guard scope.node.isEmpty else { return }
            forgotten = all.filter { alert in
                alert.node.isEmpty
                    ? !scope.kinds.contains(alert.kind) : now - alert.toldAt >= TendAlerts.absence
            }
        }
    }
}

/// Whose alerts are tended at once: of several nodes on one network, each tends those of its machine, and one of them the network's.
public struct AlertScope: Sendable, Equatable {
    let kinds: Set<AlertKind>
    let node: String

    /// The one process that serves the network.
    public static let alone = AlertScope(kinds: Set(AlertKind.allCases), node: "")
    /// What is one for all nodes.
    public static let network = AlertScope(
        kinds: Set(AlertKind.allCases).subtracting(AlertKind.ofMachine), node: "")
    /// What the machine of a node has of its own.
    public static func machine(_ node: String) -> AlertScope { AlertScope(kinds: AlertKind.ofMachine, node: node) }
}

extension LetterHead {
    func alertRaised(to email: EmailAddress, _ finding: HealthFinding, of node: String, isReminder: Bool) -> Letter {
        letter(
            to: email.text,
            subject: (isReminder ? "Rappel, à voir sur le serveur" : "À voir sur le serveur")
                + "\u{202F}: \(subject(finding.kind, node))",
            [finding.words, "L’état du service\u{202F}:\n" + address("/exploitation")])
    }

    func alertCleared(to email: EmailAddress, _ kind: AlertKind, of node: String) -> Letter {
        letter(
            to: email.text, subject: "C’est rentré dans l’ordre\u{202F}: \(subject(kind, node))",
            ["Ce qui demandait votre attention ne la demande plus.", address("/exploitation")])
    }

    private func subject(_ kind: AlertKind, _ node: String) -> String {
        kind.label.lowercased() + (node.isEmpty ? "" : " (\(node))")
    }
}
