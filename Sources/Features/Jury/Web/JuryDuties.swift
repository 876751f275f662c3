import Maillage

/// What a jury puts on the pages of other rooms: the home page of who sits, the page of the call of who keeps it.
enum JuryDuties {
    /// The juries in which the visitor sits, those that wait for sheets first.
    static func of(_ visit: Visit) async throws -> [HomeDuty] {
        let principal = visit.principal
        let own = try await visit.read { try OwnJury.all(principal, $0) }
        return own.sorted { $0.waiting > $1.waiting }.map { own in
            let title = Format.excerpt(own.call.title, limit: 60)
            return HomeDuty(
                sentence: "Jury «\u{A0}\(title)\u{A0}»\(name(own.call, own.jury.wave))\u{202F}: \(state(own)).",
                label: own.role == .chair ? "Présider le jury" : "Siéger au jury",
                path: Paths.jury(JuryAddress(own.call, own.jury.wave)))
        }
    }

    private static func state(_ own: OwnJury) -> String {
        let held = own.jury.settings.heldAt.map { ", séance le \(Format.moment($0))" } ?? ""
        switch own.jury.state {
        case .preparing: return "il se prépare" + held
        case .reading:
            return
                (own.waiting == 0
                ? "toutes vos fiches sont rendues" : Format.count(own.waiting, "fiche à rendre", "fiches à rendre"))
                + held
        case .session: return "la séance est ouverte"
        case .signed: return "le procès-verbal est signé"
        }
    }

    /// `, vague 2` for a call that has several.
    private static func name(_ call: Call, _ wave: CallWave.ID?) -> String {
        guard call.settings.waves.count > 1, let wave = wave.flatMap({ call.wave($0) }) else { return "" }
        return " (\(wave.name(in: call)))"
    }

    /// For those who keep the call: the jury of the wave under way.
    static func onCall(_ visit: Visit, _ call: Call) async throws -> [LaterRooms.Pointer] {
        guard call.state == .published else { return [] }
        let wave = call.wave(at: visit.now)?.id
        let jury = try await visit.read { try JuryStore.jury(of: call, wave: wave, $0) }
        let name = name(call, wave)
        return [
            .init(
                jury.map { "Jury\(name)\u{202F}: \($0.state.label.lowercased())." } ?? "Pas encore de jury\(name).",
                jury == nil ? "Composer le jury" : "Le jury", Paths.jury(JuryAddress(call, wave)))
        ]
    }
}
