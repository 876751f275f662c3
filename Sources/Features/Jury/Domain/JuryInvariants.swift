import Storage

/// What must hold of juries: what was sealed, and what was signed.
public enum JuryInvariants {
    public static let all: [Invariant] = [
        Invariant("jury.seals", "A final sheet says what its seal was made of.") { reader, tell in
            var count = 0
            for jury in try reader.all("SELECT id FROM jury ORDER BY id", { Jury.ID(try $0.int(0)) }) {
                for sheet in try JurySheetStore.locked(of: jury, reader) {
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
                "SELECT jury_id, text, fingerprint FROM jury_minutes WHERE jury_id > \($0) ORDER BY jury_id"
            } _: { row in
                if RulesText.fingerprint(try row.text(1)) != (try row.text(2)) {
                    tell("\(Invariant.row("jury_minutes", try row.int(0))): their text was changed")
                }
            }
        },
        Invariant(
            "jury.readings", "A sheet is of a juror of its jury, on a candidacy of its call.",
            rows: """
                SELECT jury_sheet.id
                FROM jury_sheet
                JOIN jury_member ON jury_member.id = jury_sheet.member_id
                JOIN jury ON jury.id = jury_sheet.jury_id
                JOIN candidacy ON candidacy.id = jury_sheet.candidacy_id
                WHERE jury_member.jury_id <> jury_sheet.jury_id
                    OR candidacy.call_id <> jury.call_id
                ORDER BY jury_sheet.id
                """
        ) {
            "\(Invariant.row("jury_sheet", try $0.int(0))): its juror is of another jury, or its candidacy of another call"
        },
    ]
}
