import Storage

/// What must hold of juries: what was sealed, and what was signed.
public enum JuryInvariants {
    public static let all: [Invariant] = [
        Invariant("jury.seals", "A final sheet says what its seal was made of.") { reader, tell in
            var count = 0
            for call in try reader.all("SELECT call_id FROM jury ORDER BY call_id", { Call.ID(try $0.int(0)) }) {
                for sheet in try JurySheetStore.locked(of: call, reader) {
                    count += 1
                    if !JuryCommitment.holds(sheet) {
                        tell("\(Invariant.row("jury_sheet", sheet.id.number)): it is not what was sealed")
                    }
                }
            }
            return count
        },
        Invariant("jury.minutes", "The minutes that were signed are the text that their fingerprint names.") {
            reader, tell in
            try Invariant.each(by: 10, reader) {
                "SELECT call_id, text, fingerprint FROM jury_minutes WHERE call_id > \($0) ORDER BY call_id"
            } _: { row in
                if RulesText.fingerprint(try row.text(1)) != (try row.text(2)) {
                    tell("\(Invariant.row("jury_minutes", try row.int(0))): their text was changed")
                }
            }
        },
        Invariant(
            "jury.readings", "A sheet is of a juror of its call, on a candidacy of its call.",
            rows: """
                SELECT jury_sheet.id
                FROM jury_sheet
                JOIN jury_member ON jury_member.id = jury_sheet.member_id
                JOIN candidacy ON candidacy.id = jury_sheet.candidacy_id
                WHERE jury_member.call_id <> jury_sheet.call_id
                    OR candidacy.call_id <> jury_sheet.call_id
                ORDER BY jury_sheet.id
                """
        ) { "\(Invariant.row("jury_sheet", try $0.int(0))): its juror or its candidacy is of another call" },
    ]
}
