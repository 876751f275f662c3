import Exchange
import Storage

/// What juries keep of one person, for that person (ACC-21): where they sat, what they wrote on their sheets, the ties that were
/// declared or found. Nothing of what other jurors wrote.
public enum JuryPersonalData {
    public static func of(_ principal: Principal, _ email: EmailAddress, _ reader: Reader) throws -> JSONObject {
        guard let account = principal.account else { throw Denied() }
        let all = try JuryMemberStore.all(of: account, reader)
        let juries = try JuryStore.juries(all.map(\.jury), reader)
        let seats = try all.map { seat in
            let jury = juries.first { $0.id == seat.jury }
            let sheets = try JurySheetStore.written(by: seat.id, reader)
            let ties = try JuryConflictStore.conflicts(of: seat.id, reader)
            return JSONValue.object(
                JSONObject([
                    .init("call", jury.map { .string($0.call.text) } ?? .null),
                    .init("wave", jury?.wave.map { .string($0.text) } ?? .null),
                    .init("role", .string(seat.role.rawValue)),
                    .init("body", .string(seat.body)), .init("joined_at", text(seat.joinedAt)),
                    .init("left_at", text(seat.leftAt)), .init("sheets", .array(sheets.map(sheet))),
                    .init("ties", .array(ties.map(tie))),
                ]))
        }
        return JSONObject([.init("juries", .array(seats))])
    }

    private static func sheet(_ sheet: JurySheet) -> JSONValue {
        .object(
            JSONObject([
                .init("candidacy", .string(sheet.candidacy.text)), .init("state", .string(sheet.state.rawValue)),
                .init("abstained", .bool(sheet.isAbstained)), .init("comment", .string(sheet.comment)),
                .init("saved_at", text(sheet.savedAt)), .init("seal", .string(sheet.commitment)),
                .init(
                    "notes",
                    .array(
                        sheet.notes.map { note in
                            .object(
                                JSONObject([
                                    .init("criterion", .string(note.criterion)),
                                    .init("note", note.note.map { .number(JSONNumber($0)) } ?? .null),
                                    .init("concerned", .bool(note.isConcerned)),
                                    .init("comment", .string(note.comment)),
                                ]))
                        })),
            ]))
    }

    private static func tie(_ tie: JuryConflict) -> JSONValue {
        .object(
            JSONObject([
                .init("candidacy", .string(tie.candidacy.text)), .init("nature", .string(tie.nature.rawValue)),
                .init("words", .string(tie.words)), .init("found", .bool(tie.isFound)),
                .init("state", .string(tie.state.rawValue)), .init("at", text(tie.at)),
            ]))
    }

    private static func text(_ instant: Instant?) -> JSONValue { instant.map { .string($0.iso) } ?? .null }
}
