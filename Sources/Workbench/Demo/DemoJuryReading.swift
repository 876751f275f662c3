import Exchange
import Maillage

/// The jury of the first wave of the permanent call, while it reads: who signs in as the coordination or as the technical
/// administration has two dossiers to note.
struct DemoJuryReading {
    let writer: DemoWriter
    let call: Call
    let keeper: Principal
    let chair: Principal
    let juror: Principal

    func build() async throws {
        var settings = JurySettings(of: call)
        settings.readings = 2
        settings.quorum = 2
        settings.heldAt = writer.desk.surroundings.now() + .days(12)
        settings.place = "En visioconférence"
        let jury = try await writer.desk.perform(
            ComposeJury(call: call.id, version: nil, settings: settings), as: keeper)
        try await sit(chair, "coordination@demo.example", .chair, "Réseau des tiers-lieux")
        try await sit(juror, "technique@demo.example", .juror, "Atelier coopératif d’essai")
        _ = try await writer.desk.perform(OpenJury(call: call.id, version: jury.version), as: keeper)
        let id = call.id
        for tie in try await writer.desk.database.read({ try JuryConflictStore.conflicts(of: jury.id, $0) }) {
            _ = try await writer.desk.perform(
                SettleConflict(
                    call: id, conflict: tie.id, isConflict: false,
                    reason: "Une adresse que beaucoup partagent\u{202F}: elle ne lie personne à ce projet."), as: keeper
            )
        }
        _ = try await writer.desk.perform(AssignReadings(call: call.id, head: writer.office.head), as: keeper)
    }

    private func sit(_ seated: Principal, _ email: String, _ role: JuryMember.Role, _ body: String) async throws {
        _ = try await writer.desk.perform(
            InviteJuror(call: call.id, email: email, role: role, body: body, head: writer.office.head), as: keeper)
        try await writer.sit(email, as: seated)
    }
}

extension DemoWriter {
    /// Takes the seat that the last invitation to an address offers.
    func sit(_ address: String, as principal: Principal, at later: DemoWriter? = nil) async throws {
        let now = desk.surroundings.now()
        let letters = try await desk.database.read { try Outbox.due(at: now, limit: 10_000, $0) }
        let lines = letters.map(\.letter).filter { $0.recipient == address }.flatMap { $0.text.split(separator: "\n") }
        let link = lines.last { $0.contains("/jury/invitations/") }
        guard let secret = Secret(text: String(link?.split(separator: "/").last ?? "")) else { throw Missing() }
        _ = try await (later ?? self).desk.perform(JoinJury(secret), as: principal)
    }
}
