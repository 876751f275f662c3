extension Settings {
    /// A `maillage.toml` that says every setting and sets none: its meaning, what it accepts, what it is without it.
    public static func template() -> String {
        var lines = [
            "# Settings of Maillage. Take the # away in front of a name to set it; `systemctl restart maillage` then reads them.",
            "# A variable MAILLAGE_… of the environment wins over this file. A wrong value stops the start and is named.",
        ]
        for (definition, value) in Settings().shown() {
            lines.append("")
            lines += wrapped(definition.meaning)
            lines += wrapped("Accepts: \(definition.accepts).")
            let name = definition.name.lowercased()
            if value.isEmpty {
                lines.append("#\(name) = \"\"")
            } else {
                lines.append("#\(name) = " + (Int(value) == nil ? quoted(value) : value))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func wrapped(_ text: String) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + word.count < 110 {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append("# " + word)
            }
        }
        return lines
    }

    /// A basic string of TOML 1.0.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
