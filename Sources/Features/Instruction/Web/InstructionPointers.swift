import Maillage

/// What the pages of Calls show of Instruction.
enum InstructionPointers {
    static func onCall(_ visit: Visit, _ call: Call) async throws -> [LaterRooms.Pointer] {
        guard call.state != .draft else { return [] }
        let found = try await visit.read { try CallInstruction.of(call, $0) }
        let total = found.counts.values.reduce(0, +)
        guard total > 0 else { return [] }
        let open = (found.counts[.underReview] ?? 0) + (found.counts[.incomplete] ?? 0)
        let rest = open == 0 ? "plus rien à instruire" : "dont \(Format.number(open)) sans issue"
        return [
            .init(
                "Instruction\u{202F}: \(Format.count(total, "dossier", "dossiers")), \(rest).", "Instruire",
                Paths.callInstruction(call.slug)),
            .init(
                "Tableaux (CSV, XLSX, ODS) et documents joints, à emporter.", "Exporter",
                Paths.dossierExport(.all(of: call.id))),
        ]
    }

    static func onCandidacy(_ visit: Visit, _ candidacy: Candidacy) async throws -> [LaterRooms.Pointer] {
        let (principal, id, shelf, now) = (visit.principal, candidacy.id, visit.reception.forms, visit.now)
        let followed: FollowedInstruction
        do {
            followed = try await visit.read { try FollowedInstruction.own(principal, id, shelf: shelf, $0) }
        } catch is Missing {
            return []
        }
        var pointers = followed.requests.filter { followed.isWritable($0, at: now) }.map { request in
            LaterRooms.Pointer(
                "L’organisateur vous demande des compléments, à envoyer \(DossierDeadline.words(request.closesAt)).",
                "Compléter", Paths.pieces(request), isUrgent: true)
        }
        if followed.unread > 0 {
            pointers.append(
                .init(
                    Format.count(followed.unread, "message non lu", "messages non lus") + ".", "Lire",
                    Paths.followUp(id), isUrgent: true))
        }
        pointers.append(.init("", "Suivi par l’organisateur", Paths.followUp(id)))
        return pointers
    }

    /// What waits for the reader, for the home page.
    static func duties(_ visit: Visit) async throws -> [HomeDuty] {
        let (principal, now) = (visit.principal, visit.now)
        let (found, exists, opinions) = try await visit.read { reader in
            (
                try InstructionBoard.duties(principal, at: now, reader),
                try InstructionBoard.exists(for: principal, reader),
                try OpinionDossier.waiting(principal, at: now, reader).count
            )
        }
        var duties: [HomeDuty] = []
        if exists {
            var words =
                found.mine == 0
                ? "Aucun dossier à instruire"
                : Format.count(found.mine, "dossier à instruire", "dossiers à instruire")
            if found.late > 0 { words += ", dont \(Format.number(found.late)) en retard" }
            if found.unread > 0 { words += ", \(Format.number(found.unread)) avec un message non lu" }
            duties.append(HomeDuty(sentence: words, label: "Mon tableau d’instruction", path: Paths.instruction))
        }
        if opinions > 0 {
            duties.append(
                HomeDuty(
                    sentence: Format.count(opinions, "avis vous est demandé", "avis vous sont demandés"),
                    label: "Donner mon avis", path: Paths.opinions))
        }
        return duties
    }
}
