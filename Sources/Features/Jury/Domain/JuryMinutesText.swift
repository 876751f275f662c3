import Storage

/// The minutes of a session as text, made of what was recorded and of nothing else: the page, the PDF and the fingerprint are made
/// of it. Lines end in U+000A; a line that begins with `# ` is a title, with `- ` an item.
public enum JuryMinutesText {
    /// The text as it stands now, for those who keep the call and the chair.
    public static func draft(_ access: JuryAccess, at now: Instant, _ reader: Reader) throws -> String {
        try access.requireKeeperOrChair()
        let jury = try access.existing()
        guard jury.isRevealed else { throw Denied("Le procès-verbal se lit quand la séance est ouverte.") }
        let ranking = try JuryRanking.computed(access.call, jury, at: now, reader)
        return try of(access, jury, ranking, reader)
    }

    /// The signed minutes; nil before. They tell of every dossier: whom a tie keeps from one reads them elsewhere, later.
    public static func signed(_ access: JuryAccess, _ reader: Reader) throws -> JuryMinutes? {
        guard let minutes = try JuryMinutesStore.minutes(of: access.id, reader) else { return nil }
        if !access.keeps, !access.chairs, let member = access.member,
            try JuryConflictStore.conflicts(of: member.id, reader).contains(where: \.keepsAway)
        {
            throw Denied(
                "Un conflit vous écarte d’un dossier\u{202F}: l’équipe de l’appel vous donnera le procès-verbal.")
        }
        return minutes
    }

    static func of(_ access: JuryAccess, _ jury: Jury, _ ranking: JuryRanking, _ reader: Reader) throws -> String {
        let members = try JuryMemberStore.members(of: jury.id, reader).filter { $0.account != nil }
        let names = try AccountStore.names(members.compactMap(\.account), reader)
        let conflicts = try JuryConflictStore.conflicts(of: jury.id, reader)
        let sheets = try JurySheetStore.counted(of: jury.id, reader)
        let writing = Writing(
            call: access.call, wave: access.wave, jury: jury, ranking: ranking, members: members, names: names,
            conflicts: conflicts)
        var lines = writing.opening() + writing.grid() + writing.dossiers() + writing.order()
        lines.append("# Fiches retenues")
        lines.append("Empreinte SHA-256 de chaque fiche au moment où elle est devenue définitive\u{202F}:")
        for sheet in sheets.sorted(by: { ($0.candidacy, $0.member) < ($1.candidacy, $1.member) }) {
            let dossier = ranking.entries.first { $0.id == sheet.candidacy }
            guard let dossier, let member = members.first(where: { $0.id == sheet.member }) else { continue }
            lines.append(
                "- \(dossier.dossier.name), \(writing.name(member))\(sheet.isAbstained ? " (abstention)" : "")\u{202F}: "
                    + sheet.commitment)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private struct Writing {
        let call: Call
        let wave: CallWave?
        let jury: Jury
        let ranking: JuryRanking
        let members: [JuryMember]
        let names: [Account.ID: String]
        let conflicts: [JuryConflict]

        func name(_ member: JuryMember) -> String {
            let name = member.account.flatMap { names[$0] } ?? "Une personne partie"
            return member.body.isEmpty ? name : "\(name) (\(member.body))"
        }

        func opening() -> [String] {
            var lines = ["Procès-verbal du jury", call.title, ""]
            if !call.settings.identity.organiser.isEmpty {
                lines.append("Organisateur\u{202F}: \(call.settings.identity.organiser)")
            }
            if let wave { lines.append("Vague\u{202F}: \(wave.name(in: call))") }
            if let held = jury.settings.heldAt { lines.append("Séance du \(JuryWords.moment(held))") }
            if !jury.settings.place.isEmpty { lines.append("Lieu\u{202F}: \(jury.settings.place)") }
            if let revealed = jury.revealedAt { lines.append("Notes ouvertes le \(JuryWords.moment(revealed))") }
            lines.append("# Composition")
            for member in members where member.leftAt == nil {
                lines.append("- \(name(member)), \(member.role.label.lowercased())\u{202F}: \(member.presence.label)")
            }
            for member in members {
                guard let left = member.leftAt else { continue }
                let counts = member.keepsNotes ? "ses fiches définitives comptent" : "ses fiches ne comptent pas"
                lines.append(
                    "- \(name(member)) ne siège plus depuis le \(JuryWords.moment(left))\u{202F}; \(counts). \(member.leftReason)"
                )
            }
            let present = members.count { $0.sits && $0.presence == .present }
            lines.append("Quorum\u{202F}: \(jury.settings.quorum). Présents\u{202F}: \(present).")
            return lines
        }

        func grid() -> [String] {
            ["# Grille"]
                + jury.settings.criteria.map {
                    "- \($0.label)\u{202F}: \($0.weight) points de 100, noté de 0 à \($0.maximum)"
                } + [
                    "Le score d’un dossier est la moyenne des fiches définitives\u{202F}; un critère non concerné sort de la fiche "
                        + "et les autres pèsent davantage. À score égal, les critères départagent dans l’ordre de la grille."
                ]
        }

        func dossiers() -> [String] {
            var lines = ["# Avis du jury"]
            for entry in ranking.entries.sorted(by: { $0.dossier.number < $1.dossier.number }) {
                let recused = JuryQuorum.of(jury, on: entry.id, members, conflicts).recused
                let kept = members.filter { recused.contains($0.id) }.map(name)
                var line = "- \(entry.dossier.name)\u{202F}: \(entry.advice?.label.lowercased() ?? "sans avis")."
                if !entry.adviceWords.isEmpty {
                    line += " " + entry.adviceWords.split(whereSeparator: \.isNewline).joined(separator: " ")
                }
                if let audition = entry.auditionAt { line += " Audition le \(JuryWords.moment(audition))." }
                if !kept.isEmpty { line += " Récusés\u{202F}: \(kept.joined(separator: ", "))." }
                lines.append(line)
            }
            return lines
        }

        func order() -> [String] {
            var lines = ["# Classement"]
            let known = Dictionary(ranking.entries.map { ($0.id, $0.dossier.name) }) { first, _ in first }
            for entry in ranking.entries {
                var line = "- \(entry.position). \(entry.dossier.name)\u{202F}: "
                line += entry.score.map { "\(JuryWords.points($0)) points sur 100" } ?? "sans note"
                line += " (\(entry.sheets) fiche\(entry.sheets > 1 ? "s" : "")"
                if entry.abstentions > 0 {
                    line += ", \(entry.abstentions) abstention\(entry.abstentions > 1 ? "s" : "")"
                }
                line += ")."
                if let low = entry.low, let high = entry.high, entry.isDispersed {
                    line += " Écart signalé\u{202F}: de \(JuryWords.points(low)) à \(JuryWords.points(high))."
                }
                if let tie = JuryWords.tie(of: entry, ranking.criteria, names: { known[$0] }) { line += " " + tie }
                if let move = entry.move {
                    line += " Placé par le jury à la position \(move.position)\u{202F}: \(move.reason)"
                }
                lines.append(line)
            }
            if ranking.isConfirmed {
                lines.append("Un second calcul, fait autrement à partir des notes seules, trouve le même classement.")
            }
            return lines
        }
    }
}
