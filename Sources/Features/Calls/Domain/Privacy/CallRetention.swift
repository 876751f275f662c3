import Storage

/// What the retention job does to calls and candidacies.
public enum CallRetention {
    public static func rules(_ head: LetterHead) -> [RetentionRule] {
        [alerts, invitations, memberInvitations, warnedDrafts(head), erasedDrafts]
    }

    /// What closing an account erases: the drafts that its person writes alone.
    public static func forget(_ account: Account.ID, _ proceeding: Proceeding) throws {
        _ = try DraftErasure.erase(try CandidacyStore.draftsOfOne(account, proceeding.writer), proceeding)
    }

    private static let alerts = RetentionRule(
        "call alerts erased", on: "call_alert",
        due: { now, reader in try CallAlertStore.oldCount(before: now - months(36), reader) },
        batch: { proceeding, limit in
            try CallAlertStore.eraseOld(before: proceeding.now - months(36), limit: limit, proceeding.writer)
        })

    private static let invitations = RetentionRule(
        "addresses of call invitations erased", on: "call_invitation",
        due: { now, reader in try CallInvitationStore.oldCount(before: now - months(12), reader) },
        batch: { proceeding, limit in
            try CallInvitationStore.unnameOld(
                before: proceeding.now - months(12), at: proceeding.now, limit: limit, proceeding.writer)
        })

    private static let memberInvitations = RetentionRule(
        "addresses of candidacy invitations erased", on: "candidacy_member",
        due: { now, reader in try CandidacyMemberStore.seats.oldCount(before: now - months(12), reader) },
        batch: { proceeding, limit in
            try CandidacyMemberStore.seats.unnameOld(
                before: proceeding.now - months(12), at: proceeding.now, limit: limit, proceeding.writer)
        })

    private static func warnedDrafts(_ head: LetterHead) -> RetentionRule {
        RetentionRule(
            "drafts warned", on: "candidacy",
            due: { now, reader in
                try CandidacyStore.lapsedCount(
                    before: now - DossierTerms.draft.span + DossierTerms.notice, untold, reader)
            },
            batch: { proceeding, limit in
                let now = proceeding.now
                let found = try CandidacyStore.lapsed(
                    before: now - DossierTerms.draft.span + DossierTerms.notice, untold, limit: limit, proceeding.writer
                )
                let calls = try CallStore.calls(
                    "call.id IN \(list: Set(found.map(\.call.number)).sorted())", order: "call.id", limit: limit,
                    proceeding.writer)
                let titles = Dictionary(calls.map { ($0.id, $0.title) }) { first, _ in first }
                for candidacy in found {
                    try RetentionNotices.put(.draft, to: candidacy.id.number, at: now, proceeding.writer)
                    guard let start = try CandidacyStore.termStart(of: candidacy.id, proceeding.writer),
                        let address = try CandidacyEditing(proceeding: proceeding).holderAddress(of: candidacy)
                    else { continue }
                    let end = max(start + DossierTerms.draft.span, now + DossierTerms.notice)
                    proceeding.send(head.draftLapses(address, candidacy, titles[candidacy.call] ?? "", on: end))
                }
                return found.count
            })
    }

    private static let erasedDrafts = RetentionRule(
        "drafts erased", on: "candidacy",
        due: { now, reader in
            try CandidacyStore.lapsedCount(before: now - DossierTerms.draft.span, told(at: now), reader)
        },
        batch: { proceeding, limit in
            let found = try CandidacyStore.lapsed(
                before: proceeding.now - DossierTerms.draft.span, told(at: proceeding.now), limit: limit,
                proceeding.writer)
            return try DraftErasure.erase(found.map(\.id), proceeding)
        })

    private static let toldAt = RetentionNotices.told(.draft, to: "candidacy.id", since: DossierTerms.closing)
    private static let untold: SQL = "\(toldAt) IS NULL"
    private static func told(at now: Instant) -> SQL { "\(toldAt) <= \(now - DossierTerms.notice)" }

    private static func months(_ count: Int64) -> Instant.Span { DataDeclaration.Delay.months(count).span }
}
