import Storage

/// What must hold of the dossiers that are instructed.
public enum InstructionInvariants {
    public static let all: [Invariant] = [
        Invariant(
            "instruction.deposits", "A dossier is instructed on a deposit of its candidacy, under its number.",
            rows: """
                SELECT instruction.candidacy_id, instruction.number, candidacy_deposit.number, candidacy_deposit.candidacy_id
                FROM instruction
                JOIN candidacy_deposit ON candidacy_deposit.id = instruction.deposit_id
                WHERE candidacy_deposit.candidacy_id <> instruction.candidacy_id
                    OR candidacy_deposit.number <> instruction.number
                    OR candidacy_deposit.call_id <> instruction.call_id
                ORDER BY instruction.candidacy_id
                """
        ) {
            "\(Invariant.row("instruction", try $0.int(0))): number \(try $0.int(1)), its deposit is number \(try $0.int(2)) of "
                + "candidacy \(try $0.int(3))"
        },
        Invariant(
            "instruction.opinions", "The opinions that a dossier waits for are counted right.",
            rows: """
                SELECT instruction.candidacy_id, instruction.open_opinions, COUNT(instruction_opinion.id)
                FROM instruction
                LEFT JOIN instruction_opinion ON instruction_opinion.candidacy_id = instruction.candidacy_id
                    AND instruction_opinion.state = 'demande'
                GROUP BY instruction.candidacy_id, instruction.open_opinions
                HAVING instruction.open_opinions <> COUNT(instruction_opinion.id)
                ORDER BY instruction.candidacy_id
                """
        ) {
            "\(Invariant.row("instruction", try $0.int(0))): open_opinions is \(try $0.int(1)), \(try $0.int(2)) are awaited"
        },
        Invariant("instruction.search", "A dossier is found by its number, its title and its structure.") {
            reader, tell in
            try Invariant.each(by: 1_000, reader) { after in
                """
                SELECT candidacy_id, number, title, structure, words
                FROM instruction
                WHERE candidacy_id > \(after)
                ORDER BY candidacy_id
                """
            } _: { row in
                let words = try row.text(4)
                let wanted = [
                    Words.key(String(try row.int(1))), Words.key(try row.text(2)), Words.key(try row.text(3)),
                ]
                if let lost = wanted.first(where: { !$0.isEmpty && !words.contains($0) }) {
                    tell("\(Invariant.row("instruction", try row.int(0))): it is not found by “\(lost)”")
                }
            }
        },
    ]
}
