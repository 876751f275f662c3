/// What the retention job does to the opinions that were asked.
public enum InstructionRetention {
    public static let rules: [RetentionRule] = [
        RetentionRule(
            "addresses of opinions erased", on: "instruction_opinion",
            due: { now, reader in try OpinionStore.oldCount(before: now - year, reader) },
            batch: { proceeding, limit in
                try OpinionStore.unnameOld(before: proceeding.now - year, limit: limit, proceeding.writer)
            })
    ]

    private static let year = DataDeclaration.Delay.months(12).span
}
