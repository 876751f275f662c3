/// What the retention job does to the invitations of juries.
public enum JuryRetention {
    public static let rules: [RetentionRule] = [
        RetentionRule(
            "addresses of jury invitations erased", on: "jury_member",
            due: { now, reader in try JuryMemberStore.seats.oldCount(before: now - year, reader) },
            batch: { proceeding, limit in
                try JuryMemberStore.seats.unnameOld(
                    before: proceeding.now - year, at: proceeding.now, limit: limit, proceeding.writer)
            })
    ]

    private static let year = DataDeclaration.Delay.months(12).span
}
