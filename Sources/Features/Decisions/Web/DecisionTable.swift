import Exchange
import Maillage

/// The decisions of a call as tables, for its archive.
enum DecisionTable {
    private static let columns = [
        "numero", "projet", "structure", "decision", "rang", "montant_centimes", "conditions", "instance", "date",
        "deliberation", "motifs", "notifiee_le",
    ]

    /// A file for each wave whose dossiers are open to the reader, who prepares its decisions; nothing otherwise.
    static func inArchive(_ visit: Visit, _ call: Call) async throws -> [LaterRooms.File] {
        let (principal, now) = (visit.principal, visit.now)
        var files: [LaterRooms.File] = []
        for (index, wave) in call.settings.waves.enumerated() where wave.closesAt <= now {
            do {
                let board = try await visit.scan { try DecisionBoard.of(call, wave: wave.id, principal, at: now, $0) }
                guard board.isOpen, board.lines.contains(where: { $0.decision != nil }) else { continue }
                files.append(LaterRooms.File("decisions-vague-\(index + 1).csv", csv(board)))
            } catch is Denied {
                return []
            }
        }
        return files
    }

    private static func csv(_ board: DecisionBoard) -> [UInt8] {
        var csv = CSVWriter()
        csv.record(columns)
        for line in board.lines {
            guard let decision = line.decision else { continue }
            csv.record([
                String(line.deposit.number), line.candidacy.title, line.candidacy.structure, decision.outcome.rawValue,
                decision.rank.map(String.init) ?? "", decision.amount.map(String.init) ?? "", decision.conditions,
                decision.body, decision.decidedOn.description, decision.deliberation,
                decision.reasons.map { $0.question.isEmpty ? $0.text : "\($0.question) : \($0.text)" }
                    .joined(separator: " | "),
                decision.notifiedAt.map { Format.machine($0) } ?? "",
            ])
        }
        return csv.take()
    }
}
