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

    /// By number of the deposit that counts; without those that are sealed.
    public let lines: [Line]
    /// The waves whose candidacies are sealed, with how many there are (CAND-36).
    public let sealed: [SealedCount]
    public let openings: [CallOpening]

    /// Throws `Missing` when the principal may not know of the call, `Denied` when they do not keep it.
    public static func of(_ call: Call, _ principal: Principal, _ reader: Reader) throws -> CallCandidacies {
        let isTeam = try CallTeamStore.belongs(principal, to: call.id, reader)
        guard CandidacyRights.mayList(principal, isTeam: isTeam) else {
            throw Denied("Les candidatures déposées se lisent par l’équipe de l’appel.")
        }
        let candidacies = try CandidacyStore.deposited(of: call.id, limit: 20_000, reader)
        let counting = try CandidacyDepositStore.counting(of: call.id, reader)
        let openings = try CallOpeningStore.openings(of: call.id, reader)
        let isSealed = call.settings.deposit.isSealed
        let opened = Set(openings.map(\.wave))
        let readable = counting.filter { !isSealed || opened.contains($0.value.wave) }
        let sealed =
            !isSealed
            ? []
            : call.settings.waves.filter { !opened.contains($0.id) }.map { wave in
                SealedCount(wave: wave, candidacies: counting.values.count { $0.wave == wave.id })
            }
        let names = try AccountStore.names(candidacies.compactMap(\.holder), reader)
        let lines = candidacies.compactMap { candidacy in
            readable[candidacy.id].map {
                Line(
                    candidacy: candidacy, deposit: $0,
                    depositor: candidacy.holder.flatMap { names[$0] } ?? candidacy.depositor)
            }
        }
        return CallCandidacies(
            lines: lines.sorted { $0.deposit.number < $1.deposit.number }, sealed: sealed, openings: openings)
    }
}

/// One deposited candidacy, open to those who keep its call once its limit has passed (CAND-12).
public struct OpenedCandidacy: Sendable {
    public let candidacy: Candidacy
    public let call: Call
    public let deposits: [CandidacyDeposit]
    public let depositor: String
    /// The dossier as it was deposited; nil for one that came on paper.
    public let dossier: DepositedDossier?
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
        // Sealed, it is not even known to be there.
        guard try CallOpeningStore.isOpen(call, counting.wave, reader) else { throw Missing() }
        // The limit as it stands, which may have been moved since the deposit.
        let closesAt = call.wave(counting.wave)?.closesAt ?? counting.closesAt
        guard
            candidacy.channel != .online
                || CandidacyRights.mayOpen(principal, isTeam: isTeam, closesAt: closesAt, at: now)
        else {
            throw Denied(
                "Les dossiers s’ouvrent quand la limite est passée\u{202F}: d’ici là, seule leur liste se voit.")
        }
        let name = try candidacy.holder.flatMap { try AccountStore.account($0, reader)?.name } ?? candidacy.depositor
        return OpenedCandidacy(
            candidacy: candidacy, call: call, deposits: deposits, depositor: name,
            dossier: try DepositedDossier.read(counting, of: candidacy, shelf: shelf, reader),
            mayDecide: CandidacyRights.mayDecide(principal, isTeam: isTeam))
    }
}
