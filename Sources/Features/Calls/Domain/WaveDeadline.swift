import Exchange

extension CallWave {
    /// The limit as every page, letter and file tells it; the zone is Paris when its name is not French.
    public var deadline: Deadline? {
        Deadline(limit: closesAt, zone: civilZone, typed: words)
    }

    /// The one way this wave's limit is written, everywhere: it cannot be misread (CALL-2).
    public var deadlineWords: String {
        deadline?.words ?? "jusqu’au \(CallWords.moment(closesAt, civilZone)), exclu"
    }

    /// The same in short, for tables and subjects of letters.
    public var shortDeadlineWords: String { deadline?.shortWords ?? deadlineWords }

    /// `il reste 3 jours et 4 heures`, rounded down: it never promises more than there is.
    public func timeLeft(at now: Instant) -> String {
        deadline?.timeLeft(at: now) ?? (now < closesAt ? "le dépôt est ouvert" : "la limite est passée")
    }
}
