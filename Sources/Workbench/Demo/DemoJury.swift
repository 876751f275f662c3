import Exchange
import Maillage

/// The jury of the call of Lens-Liévin: five who sit, one recused, sealed notes, a dossier on which they disagree, a session in
/// December 2020 and its signed minutes. People and what they say are invented.
struct DemoJury {
    let writer: DemoWriter
    let call: Call
    let coordinator: Principal
    let chair: Principal

    private struct Seat {
        let name: String
        let email: String
        let body: String
    }

    private static let others = [
        Seat(name: "Hanane Benali", email: "h.benali@agglo.example", body: "Communauté d’agglomération"),
        Seat(name: "Yves Cordonnier", email: "y.cordonnier@caf.example", body: "Caisse d’allocations familiales"),
        Seat(name: "Mireille Sauvage", email: "m.sauvage@reseau.example", body: "Réseau régional des tiers-lieux"),
        Seat(name: "Théo Wacquez", email: "theo@velo.example", body: "Association Roue libre"),
    ]

    /// Notes of 5 on the three criteria, by title and in the order of the seats; nil abstains or is recused.
    private static let notes: [String: [[Int]?]] = [
        "L’Établi des Corons": [[5, 5, 4], [4, 5, 4], [5, 4, 4], [5, 5, 5], [4, 4, 4]],
        "Une cantine au pied du terril": [[3, 5, 2], [5, 5, 4], [1, 1, 1], [4, 4, 3], [3, 3, 3]],
        "La Halle aux vélos": [[4, 4, 3], [4, 3, 4], [3, 4, 3], nil, nil],
    ]

    private static let advice: [String: (JuryAdvice, String)] = [
        "L’Établi des Corons": (.favourable, "Un projet mûr, porté par son quartier."),
        "Une cantine au pied du terril": (
            .reserved, "Le jury était partagé\u{202F}: l’accord des jardins voisins est à joindre avant la convention."
        ),
        "La Halle aux vélos": (.favourable, ""),
    ]

    func build() async throws {
        var settings = JurySettings(of: call)
        settings.readings = 4
        settings.quorum = 3
        settings.place = "Salle du conseil, 21 rue Marcel-Sembat, Lens"
        settings.heldAt = Self.instant(17, 14, 0)
        for place in settings.criteria.indices {
            settings.criteria[place].guide =
                "0\u{202F}: rien ne le montre. 3\u{202F}: engagé. 5\u{202F}: fait et prouvé."
        }
        let composed = try await on(2, 9, 0).desk.perform(
            ComposeJury(call: call.id, version: nil, settings: settings), as: coordinator)
        let jurors = try await seats()
        _ = try await on(5, 9, 0).desk.perform(OpenJury(call: call.id, version: composed.version), as: coordinator)
        try await settle()
        _ = try await on(5, 11, 0).desk.perform(
            AssignReadings(call: call.id, head: writer.office.head), as: coordinator)
        try await read(jurors)
        try await hold(jurors)
    }

    private static func instant(_ day: Int, _ hour: Int, _ minute: Int) -> Instant {
        let date = CivilDate(year: 2020, month: 12, day: day) ?? CivilDate(daysSince1970: 18_580)
        return Instant(microseconds: CivilZone.paris.utc(of: CivilTime(date, minuteOfDay: hour * 60 + minute)))
    }

    /// A moment of December 2020 by the clocks of Paris.
    private func on(_ day: Int, _ hour: Int, _ minute: Int) -> DemoWriter { writer.at(Self.instant(day, hour, minute)) }

    /// The chair, then the others, each invited and seated.
    private func seats() async throws -> [Principal] {
        try await sit(chair, "financeur@demo.example", .chair, "Préfecture de région")
        var jurors = [chair]
        for seat in Self.others {
            let account = try await on(2, 9, 30).desk.perform(
                AddAccount(email: EmailAddress(seat.email), name: PersonName(seat.name)), as: .house)
            let juror = Principal(account: account, name: seat.name, grants: [])
            try await sit(juror, seat.email, .juror, seat.body)
            jurors.append(juror)
        }
        return jurors
    }

    private func sit(_ juror: Principal, _ email: String, _ role: JuryMember.Role, _ body: String) async throws {
        let then = on(2, 10, 0)
        _ = try await then.desk.perform(
            InviteJuror(call: call.id, email: email, role: role, body: body, head: writer.office.head), as: coordinator)
        try await then.sit(email, as: juror, at: on(3, 18, 0))
    }

    /// What was found: a structure is a conflict; an address that the whole demo shares is none.
    private func settle() async throws {
        let id = call.id
        for tie in try await board(coordinator).conflicts {
            let isConflict = tie.nature != .domain
            _ = try await on(5, 10, 0).desk.perform(
                SettleConflict(
                    call: id, conflict: tie.id, isConflict: isConflict,
                    reason: isConflict
                        ? "Il siège pour l’association qui candidate."
                        : "Une adresse que beaucoup partagent\u{202F}: elle ne lie personne à ce projet."),
                as: coordinator)
        }
    }

    private func titled(_ dossier: JuryDossier) -> String { dossier.title.replacing(" (démo)", with: "") }

    private func board(_ principal: Principal) async throws -> JuryBoard {
        let (id, now) = (call.id, Self.instant(17, 14, 0))
        return try await writer.desk.database.read {
            try JuryBoard.of(try JuryAccess.of(principal, id, $0), at: now, $0)
        }
    }

    /// Each notes what was given to them; one abstains.
    private func read(_ jurors: [Principal]) async throws {
        for (place, juror) in jurors.enumerated() {
            let board = try await board(juror)
            guard let jury = board.jury, let seat = board.access.member else { throw Missing() }
            for reading in board.readings where reading.member == seat.id {
                guard let dossier = board.dossier(reading.candidacy), let given = Self.notes[titled(dossier)] else {
                    continue
                }
                let notes = given[place]
                let entry = SheetEntry(
                    notes: zip(jury.settings.criteria, notes ?? [0, 0, 0]).map { criterion, note in
                        JuryNote(criterion.code, notes == nil ? nil : note)
                    }, isAbstained: notes == nil,
                    comment: notes == nil ? "Je connais trop mal ce secteur pour juger." : "Lu en entier.")
                let then = on(6 + place, 20, 5)
                let draft = try await then.desk.perform(
                    SaveSheet(call: call.id, candidacy: dossier.id, version: 0, entry: entry), as: juror)
                _ = try await on(9 + place, 21, 0).desk.perform(
                    FinishSheet(call: call.id, candidacy: dossier.id, version: draft.version, entry: entry), as: juror)
            }
        }
    }

    /// The afternoon of the 17th: notes open, each dossier spoken of, minutes signed.
    private func hold(_ jurors: [Principal]) async throws {
        guard let jury = try await board(chair).jury else { throw Missing() }
        _ = try await on(17, 14, 2).desk.perform(OpenJurySession(call: call.id, version: jury.version), as: chair)
        let session = try await board(coordinator)
        var presences: [JuryMember.ID: JuryMember.Presence] = [:]
        for member in session.members where member.sits { presences[member.id] = .present }
        _ = try await on(17, 14, 5).desk.perform(MarkAttendance(call: call.id, presences: presences), as: chair)
        for (place, dossier) in session.dossiers.enumerated() {
            let (advice, words) = Self.advice[titled(dossier)] ?? (.postponed, "À revoir.")
            try await on(17, 14, 10 + place * 20).desk.perform(
                BeginDossier(call: call.id, candidacy: dossier.id), as: chair)
            let item = try await board(chair).items.first { $0.candidacy == dossier.id }
            try await on(17, 14, 25 + place * 20).desk.perform(
                GiveAdvice(
                    call: call.id, candidacy: dossier.id, version: item?.version ?? 0, advice: advice, words: words),
                as: chair)
        }
        let (id, then, chair) = (call.id, on(17, 17, 30), chair)
        let text = try await then.desk.database.read { reader in
            try JuryMinutesText.draft(
                try JuryAccess.of(chair, id, reader), at: then.desk.surroundings.now(), reader)
        }
        _ = try await then.desk.perform(
            SignMinutes(call: id, fingerprint: Fingerprint(of: Array(text.utf8)).text), as: chair)
    }
}
