import Storage

/// What must hold of calls: the texts that people were shown, and their versions.
public enum CallInvariants {
    public static let all: [Invariant] = [
        Invariant("calls.rules", "Each version of a call's rules is the text that its fingerprint names.") {
            reader, tell in
            var count = 0
            for call in try reader.all("SELECT id FROM call ORDER BY id", { try $0.int(0) }) {
                try reader.each(
                    "SELECT version, text, fingerprint FROM call_rules_version WHERE call_id = \(call) ORDER BY version"
                ) { row in
                    count += 1
                    if RulesText.fingerprint(try row.text(1)) != (try row.text(2)) {
                        tell("\(Invariant.row("call", call)): version \(try row.int(0)) of its rules was changed")
                    }
                    return true
                }
            }
            return count
        },
        Invariant("calls.versions", "The versions of a call's rules go from 1 without a hole to that of the call.") {
            reader, tell in
            let count = try Invariant.holes(
                "SELECT call_id, version FROM call_rules_version ORDER BY call_id, version", reader
            ) { tell("\(Invariant.row("call", $0)): version \($1) of its rules lacks") }
            try reader.each(
                """
                SELECT call.id, call.rules_version, COALESCE(MAX(call_rules_version.version), 0)
                FROM call
                LEFT JOIN call_rules_version ON call_rules_version.call_id = call.id
                GROUP BY call.id, call.rules_version
                HAVING call.rules_version <> COALESCE(MAX(call_rules_version.version), 0)
                ORDER BY call.id
                """
            ) { row in
                tell(
                    "\(Invariant.row("call", try row.int(0))): rules_version is \(try row.int(1)), the last is "
                        + "\(try row.int(2))")
                return true
            }
            return count
        },
        Invariant("calls.forms", "Each version of a form is the text that its digest names.") { reader, tell in
            try Invariant.each(by: 20, reader) {
                "SELECT id, definition, digest FROM call_form WHERE id > \($0) ORDER BY id"
            } _: {
                row in
                if RulesText.fingerprint(try row.text(1)) != (try row.text(2)) {
                    tell("\(Invariant.row("call_form", try row.int(0))): its definition was changed")
                }
            }
        },
    ]
}
