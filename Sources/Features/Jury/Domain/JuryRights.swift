import Storage

/// Who may do what in a jury. Pure: acts, reads, buttons and tests ask the same functions.
public enum JuryRights {
    /// Compose the jury, assign, open the session: those who keep the call, unless they take part in a candidacy of it (JURY-9).
    public static func mayKeep(_ principal: Principal, isTeam: Bool, hasStake: Bool) -> Bool {
        CallRights.mayEdit(principal, isTeam: isTeam) && !hasStake
    }

    /// Sit: a member present in the jury. The chair sits with a second factor, where the network demands one (ACC-27).
    public static func sits(_ principal: Principal, _ member: JuryMember?) -> Bool {
        guard let account = principal.account, let member else { return false }
        return member.account == account && member.sits && !(member.role == .chair && principal.isUnproven)
    }

    /// Lead the session, reopen the sheets of others, sign the minutes.
    public static func chairs(_ principal: Principal, _ member: JuryMember?) -> Bool {
        sits(principal, member) && member?.role == .chair
    }

    /// Say whether a tie is a conflict: those who keep the call and the chair, never of themselves; of oneself one only admits.
    public static func maySettle(
        _ principal: Principal, keeps: Bool, chairs: Bool, about member: JuryMember, dismissing: Bool
    ) -> Bool {
        let isOwn = principal.account != nil && member.account == principal.account
        return isOwn ? !dismissing : keeps || chairs
    }
}

/// A jury as one person stands to it, at this moment.
public struct JuryAccess: Sendable {
    public let call: Call
    /// Nil when the wave has none yet.
    public let jury: Jury?
    public let principal: Principal
    /// The person's own seat; nil without one.
    public let member: JuryMember?
    public let keeps: Bool

    public var sits: Bool { JuryRights.sits(principal, member) }
    public var chairs: Bool { JuryRights.chairs(principal, member) }

    static let refusal = "Le jury est ouvert à ses membres et à l’équipe de l’appel."

    /// Throws `Missing` when the call is not to be known of, and the same `Denied` for a jury of others as for none at all.
    /// - Parameter wave: whose jury; nil for the last one of the call.
    public static func of(
        _ principal: Principal, _ id: Call.ID, wave: CallWave.ID? = nil, _ reader: Reader
    ) throws -> JuryAccess {
        guard let call = try CallStore.call(principal, id, reader) else { throw Missing() }
        return try of(principal, call, wave: wave, reader)
    }

    /// The same for a call that the principal is known to see.
    public static func of(
        _ principal: Principal, _ call: Call, wave: CallWave.ID? = nil, _ reader: Reader
    ) throws -> JuryAccess {
        if let wave, call.wave(wave) == nil { throw Missing() }
        return try of(principal, call, try JuryStore.jury(of: call, wave: wave, reader), reader)
    }

    /// The same for a jury of that call that is known; nil for one that is not there yet.
    public static func of(
        _ principal: Principal, _ call: Call, _ jury: Jury?, _ reader: Reader
    ) throws -> JuryAccess {
        let isTeam = try CallTeamStore.belongs(principal, to: call.id, reader)
        let hasStake = try JuryStake.has(principal, in: call.id, reader)
        let access = JuryAccess(
            call: call, jury: jury, principal: principal,
            member: try jury.flatMap { try JuryMemberStore.own(principal, in: $0.id, reader) },
            keeps: JuryRights.mayKeep(principal, isTeam: isTeam, hasStake: hasStake))
        guard access.keeps || access.sits else { throw Denied(refusal) }
        return access
    }

    /// The wave to show when none is named: of the last jury in which the principal sits, when it is not that of the wave under way.
    public static func usualWave(_ principal: Principal, of call: Call, at now: Instant, _ reader: Reader) throws
        -> CallWave?
    {
        let usual = call.wave(at: now)
        guard let account = principal.account, call.settings.waves.count > 1 else { return usual }
        let seats = Set(try JuryMemberStore.all(of: account, reader).filter(\.sits).map(\.jury))
        let own = try JuryStore.juries(of: call.id, reader).filter { seats.contains($0.id) }
        if let usual, own.contains(where: { $0.judges(usual) }) { return usual }
        return own.last.flatMap { jury in call.settings.waves.last { jury.judges($0) } } ?? usual
    }

    /// The jury, once there is one.
    public func existing() throws -> Jury {
        guard let jury else { throw Missing() }
        return jury
    }

    /// The number of the jury; `Missing` without one.
    var id: Jury.ID { get throws { try existing().id } }

    /// The wave that the jury judges; nil without one, and for a call of a single wave, which needs no name.
    public var wave: CallWave? {
        call.settings.waves.count > 1 ? jury?.wave.flatMap { call.wave($0) } : nil
    }

    /// What the jury judges; nothing without one.
    func dossiers(at now: Instant, _ reader: Reader) throws -> [JuryDossier] {
        guard let jury else { return [] }
        return try JuryDossier.all(of: call, by: jury, at: now, reader)
    }

    /// Those who keep the call only.
    public func requireKeeper() throws {
        guard keeps else { throw Denied("Cela revient à l’équipe de l’appel.") }
    }

    public func requireKeeperOrChair() throws {
        guard keeps || chairs else { throw Denied("Cela revient à la présidence du jury ou à l’équipe de l’appel.") }
    }

    public func requireChair() throws {
        guard chairs else { throw Denied("Cela revient à la présidence du jury.") }
    }
}

/// Whether somebody is a candidate of a call: the condition of JURY-9, in every WHERE.
enum JuryStake {
    /// A condition that holds when the account leads or takes part in a candidacy that this call received.
    static func exists(_ account: Account.ID, in call: SQL) -> SQL {
        """
        EXISTS (
            SELECT 1
            FROM candidacy AS stake
            WHERE stake.call_id = \(call)
                AND stake.state IN ('deposee', 'hors_delai', 'admise')
                AND (stake.holder_id = \(account)
                    OR EXISTS (
                        SELECT 1
                        FROM candidacy_member AS part
                        WHERE part.candidacy_id = stake.id
                            AND part.account_id = \(account)
                            AND part.left_at IS NULL)))
        """
    }

    static func has(_ principal: Principal, in call: Call.ID, _ reader: Reader) throws -> Bool {
        guard let account = principal.account else { return false }
        return try reader.exists("SELECT 1 WHERE \(exists(account, in: "\(call)"))")
    }
}
