import Storage

/// Those who sat in the jury of the wave before, and are not yet in this one: for who composes it (JURY-22).
public struct FormerJurors: Sendable {
    /// The jury they sat in.
    public let jury: Jury
    /// Those to invite again, at the address by which they came to sit.
    public let seats: [JuryMember]
    /// Those whose account has another address since, or is closed: invited by hand, if at all.
    public let moved: [JuryMember]
    public let names: [Account.ID: String]

    /// Nil when no wave before has a jury. The one who asks keeps the call.
    ///
    /// Whether somebody is a candidate of this call since is not looked at: who composes a jury would learn it from who is left out. They are
    /// refused when they answer (JURY-9).
    public static func of(_ access: JuryAccess, at now: Instant, _ reader: Reader) throws -> FormerJurors? {
        guard let jury = access.jury, let former = try previous(of: jury, in: access.call, reader) else { return nil }
        let known = try JuryMemberStore.members(of: jury.id, reader).filter { $0.leftAt == nil }
        let sitting = try JuryMemberStore.members(of: former.id, reader).filter { seat in
            seat.sits
                && !known.contains {
                    $0.account == seat.account || ($0.email == seat.email && ($0.sits || $0.isInvited(at: now)))
                }
        }
        let addresses = try AccountStore.addresses(sitting.compactMap(\.account), reader)
        func isReached(_ seat: JuryMember) -> Bool { seat.account.flatMap { addresses[$0] } == seat.email }
        return FormerJurors(
            jury: former, seats: sitting.filter(isReached), moved: sitting.filter { !isReached($0) },
            names: try AccountStore.names(sitting.compactMap(\.account), reader))
    }

    /// How a former member is called.
    public func name(of seat: JuryMember) -> String { seat.account.flatMap { names[$0] } ?? "Une personne partie" }

    /// The jury of the last wave before this one's that has one; a jury of a whole call comes before all.
    private static func previous(of jury: Jury, in call: Call, _ reader: Reader) throws -> Jury? {
        func place(_ jury: Jury) -> Int {
            jury.wave.flatMap { wave in call.settings.waves.firstIndex { $0.id == wave } } ?? -1
        }
        return try JuryStore.juries(of: call.id, reader).filter { place($0) < place(jury) }
            .max { place($0) < place($1) }
    }
}
