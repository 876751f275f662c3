import Exchange

/// Says until when a dossier should have its outcome, or that no date is set (INST-7).
public struct SetDossierDue: Act {
    public static let right = AssignDossier.right

    public let candidacy: Candidacy.ID
    /// The last day, by the clocks of Paris; nil takes the date away.
    public let day: CivilDate?

    public init(candidacy: Candidacy.ID, day: CivilDate?) {
        self.candidacy = candidacy
        self.day = day
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try InstructionEditing(proceeding: proceeding).found(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Instruction {
        let editing = InstructionEditing(proceeding: proceeding)
        let former = try editing.found(candidacy).instruction
        var dated = former
        dated.dueAt = day.map { DossierDeadline.end(of: $0) }
        if let due = dated.dueAt, due <= proceeding.now {
            throw Problems("echeance", "Cette date est passée\u{202F}: choisissez-en une à venir.")
        }
        guard dated.dueAt != former.dueAt else {
            proceeding.concerns(candidacy)
            return former
        }
        dated.updatedAt = proceeding.now
        try editing.write(dated, replacing: former, .dueSet, words: day?.description ?? "")
        return dated
    }
}

/// A limit given as a day, as the call's own limits are kept: one exclusive instant, told in the same words (INST-8).
public enum DossierDeadline {
    /// The first instant after the day, by the clocks of Paris.
    public static func end(of day: CivilDate) -> Instant {
        let next = CivilDate(daysSince1970: day.daysSince1970 + 1)
        return Instant(microseconds: CivilZone.paris.utc(of: CivilTime(next, minuteOfDay: 0)))
    }

    /// `jusqu’au vendredi 16 octobre 2020 à 23 h 59 min 59 s (heure de Paris) — soit avant le …`.
    public static func words(_ limit: Instant) -> String {
        Deadline(limit: limit, zone: .paris, typed: "")?.words ?? "jusqu’au \(CallWords.moment(limit, .paris)), exclu"
    }

    /// The last day of a limit made by `end(of:)`.
    public static func lastDay(_ limit: Instant) -> CivilDate {
        CivilZone.paris.local((limit - .seconds(1)).microseconds).date
    }
}
