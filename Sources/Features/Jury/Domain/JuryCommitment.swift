import Exchange

/// The seal of a final sheet: the SHA-256 of its canonical text, salt included, so that nobody guesses notes from it and nobody
/// changes them after it (JURY-6).
public enum JuryCommitment {
    static let format = "maillage-jury-sheet-1"

    /// The text that is hashed: canonical JSON (`CanonicalJSON`), the criteria in the order of their codes.
    public static func text(of sheet: JurySheet) throws -> String {
        let notes = sheet.notes.sorted { $0.criterion < $1.criterion }.map { note in
            JSONValue.object(
                JSONObject([
                    .init("criterion", .string(note.criterion)),
                    .init("note", note.note.map { .number(JSONNumber($0)) } ?? .null),
                    .init("concerned", .bool(note.isConcerned)), .init("comment", .string(note.comment)),
                ]))
        }
        let value = JSONValue.object(
            JSONObject([
                .init("format", .string(format)), .init("call", .string(sheet.call.text)),
                .init("candidacy", .string(sheet.candidacy.text)), .init("juror", .string(sheet.member.text)),
                .init("version", .number(JSONNumber(sheet.version))), .init("abstained", .bool(sheet.isAbstained)),
                .init("notes", .array(notes)), .init("comment", .string(sheet.comment)),
                .init("salt", .string(sheet.salt)),
            ]))
        return String(decoding: try CanonicalJSON.bytes(of: value), as: UTF8.self)
    }

    static func seal(of sheet: JurySheet) throws -> String {
        Fingerprint(of: Array(try text(of: sheet).utf8)).text
    }

    /// Whether a final sheet still says what its seal was made of.
    public static func holds(_ sheet: JurySheet) -> Bool {
        guard sheet.state == .locked, let seal = try? seal(of: sheet) else {
            // A sheet without canonical text proves nothing.
            return false
        }
        return seal == sheet.commitment
    }
}
