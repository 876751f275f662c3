import Forms
import Storage

/// What those who keep a call know of its candidacies: what was deposited, nothing of the drafts (CAND-2).
public struct CallCandidacies: Sendable {
    public struct Line: Sendable {
        public let candidacy: Candidacy
        /// The deposit that counts.
        public let deposit: CandidacyDeposit
        /// The lead's name, or who signed what came on paper.
        public let depositor: String
    }

    /// By number of the deposit that counts.
    public let lines: [Line]

    /// Throws `Missing` when the principal may not know of the call, `Denied` when they do not keep it.
    public static func of(_ call: Call, _ principal: Principal, _ reader: Reader) throws -> CallCandidacies {
        let isTeam = try CallTeamStore.belongs(principal, to: call.id, reader)
        guard CandidacyRights.mayList(principal, isTeam: isTeam) else {
            throw Denied("Les candidatures déposées se lisent par l’équipe de l’appel.")
        }
        let candidacies = try CandidacyStore.deposited(of: call.id, limit: 20_000, reader)
        let counting = try CandidacyDepositStore.counting(of: call.id, reader)
        let names = try AccountStore.names(candidacies.compactMap(\.holder), reader)
        let lines = candidacies.compactMap { candidacy in
            counting[candidacy.id].map {
                Line(
                    candidacy: candidacy, deposit: $0,
                    depositor: candidacy.holder.flatMap { names[$0] } ?? candidacy.depositor)
            }
        }
        return CallCandidacies(lines: lines.sorted { $0.deposit.number < $1.deposit.number })
    }
}

/// One deposited candidacy, open to those who keep its call once its limit has passed (CAND-12).
public struct OpenedCandidacy: Sendable {
    public let candidacy: Candidacy
    public let call: Call
    public let deposits: [CandidacyDeposit]
    public let depositor: String
    /// The form as it was answered, with the answers deposited; nil for one that came on paper.
    public let state: FormState?
    public let mayDecide: Bool

    public var counting: CandidacyDeposit? {
        deposits.first { $0.verdict == .onTime } ?? deposits.first
    }

    /// Throws `Missing` for a draft and for who does not keep the call, `Denied` before the limit.
    public static func open(
        _ principal: Principal, _ id: Candidacy.ID, in call: Call, at now: Instant, shelf: CandidacyFormShelf,
        _ reader: Reader
    ) throws -> OpenedCandidacy {
        guard let candidacy = try CandidacyStore.any(id, reader), candidacy.call == call.id,
            candidacy.depositedVersion > 0
        else { throw Missing() }
        let isTeam = try CallTeamStore.belongs(principal, to: call.id, reader)
        guard CandidacyRights.mayList(principal, isTeam: isTeam) else { throw Missing() }
        let deposits = try CandidacyDepositStore.deposits(of: id, reader)
        guard let counting = deposits.first(where: { $0.verdict == .onTime }) ?? deposits.first else { throw Missing() }
        // The limit as it stands, which may have been moved since the deposit.
        let closesAt = call.wave(counting.wave)?.closesAt ?? counting.closesAt
        guard
            candidacy.channel != .online
                || CandidacyRights.mayOpen(principal, isTeam: isTeam, closesAt: closesAt, at: now)
        else {
            throw Denied(
                "Les dossiers s’ouvrent quand la limite est passée\u{202F}: d’ici là, seule leur liste se voit.")
        }
        var state: FormState?
        if candidacy.channel == .online, let form = try CallFormStore.form(counting.form, reader) {
            let place = try candidacy.place.flatMap { try PlaceStore.place(.house, $0, reader) }
            state = FormState(
                try shelf.compiled(form), answers: try CandidacySnapshot.answers(in: counting.snapshot),
                environment: CandidacyReview.environment(of: candidacy, place: place, at: counting.arrival))
        }
        let name = try candidacy.holder.flatMap { try AccountStore.account($0, reader)?.name } ?? candidacy.depositor
        return OpenedCandidacy(
            candidacy: candidacy, call: call, deposits: deposits, depositor: name, state: state,
            mayDecide: CandidacyRights.mayDecide(principal, isTeam: isTeam))
    }
}
