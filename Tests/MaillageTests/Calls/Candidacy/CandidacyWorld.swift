import Exchange
import Forms
import Foundation
import Storage
import Workbench

@testable import Maillage

/// A network with one published call, whose form has two sections, and people who may answer it.
struct CandidacyWorld: RefusingWorld {
    let calls: CallWorld
    let call: Call
    let office: DepositOffice
    let shelf = CandidacyFormShelf()

    var desk: Desk { calls.desk }
    var clock: FixedClock { calls.clock }
    var database: Database { calls.database }
    var head: LetterHead { calls.head }

    /// Closes thirty days after the start.
    static let closing = CallWorld.start + .days(30)

    static let form = Form(
        key: "dossier", title: "Dossier",
        sections: [
            FormSection(
                "projet", "Le projet",
                questions: [
                    Question("titre", "Titre du projet", .shortText(), .required),
                    Question("resume", "Résumé", .longText(maxLength: 300), .required),
                    Question("itinerant", "Est-il itinérant ?", .yesNo, .required),
                    Question(
                        "tournee", "Où passe-t-il ?", .shortText(), .required,
                        shownIf: .comparison(.reference(Reference("itinerant")), .equal, .flag(true))),
                ]),
            FormSection(
                "budget", "Le budget",
                questions: [
                    Question("montant", "Montant demandé", .money(min: 0), .required),
                    Question(
                        "exact", "Exactitude", .sworn(text: "Je certifie que c’est exact.", version: 1), .required),
                ]),
        ])

    static func on(
        _ engine: TestEngine, seed: UInt64 = 1, takesLate: Bool = true, isConsortium: Bool = false,
        isSealed: Bool = false, form: Form = CandidacyWorld.form, conditions: [EligibilityCondition] = [],
        _ body: (CandidacyWorld) async throws -> Void
    ) async throws {
        try await CallWorld.on(engine, seed: seed) { calls in
            var call = try await calls.draft(closing: closing)
            var deposit = CallDeposit()
            deposit.takesLate = takesLate
            deposit.isConsortium = isConsortium
            deposit.isByPost = true
            deposit.isSealed = isSealed
            call = try await calls.desk.perform(
                EditCall(call: call.id, version: call.version, section: .deposit(deposit)), as: .house)
            if !conditions.isEmpty {
                call = try await calls.desk.perform(
                    EditCall(call: call.id, version: call.version, section: .conditions(conditions)), as: .house)
            }
            _ = try await calls.desk.perform(
                SetCallForm(call: call.id, title: "Dossier", definition: text(form)), as: .house)
            call = try await calls.desk.perform(
                PublishCall(call: call.id, version: call.version, head: calls.head), as: .house)
            let folder = FileManager.default.temporaryDirectory.path + "/maillage-candidacies-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let keys = try ReceiptKeys.load(
                dataDirectory: folder, now: CallWorld.start, secret: { count in (0..<count).map { UInt8($0) } })
            let shelf = CandidacyFormShelf()
            try await body(
                CandidacyWorld(
                    calls: calls, call: call, office: DepositOffice(head: calls.head, keys: keys, shelf: shelf)))
        }
    }

    static func text(_ form: Form) -> String { String(decoding: FormFile.write(form), as: UTF8.self) }

    func person(_ name: String) async throws -> Principal { try await calls.person(name) }

    func start(by principal: Principal) async throws -> Candidacy {
        let begun = try await desk.perform(StartCandidacy(call: call.id, shelf: shelf), as: principal)
        return try await desk.perform(
            DescribeCandidacy(
                candidacy: begun.id, version: begun.version, title: "La Fosse", structure: "Association La Fosse",
                siret: ""), as: principal)
    }

    static let projectFields: [URLEncodedForm.Field] = [
        .init("titre", "La Fosse"), .init("resume", "Un atelier ouvert."), .init("itinerant", "non"),
    ]
    static let budgetFields: [URLEncodedForm.Field] = [.init("montant", "12 000"), .init("exact", "1")]

    @discardableResult
    func save(
        _ candidacy: Candidacy.ID, _ section: String, _ fields: [URLEncodedForm.Field], at version: Int? = nil,
        by principal: Principal
    ) async throws -> Candidacy {
        let shown: Int
        if let version { shown = version } else { shown = try await read(candidacy).version }
        return try await desk.perform(
            SaveCandidacy(candidacy: candidacy, version: shown, section: section, fields: fields, shelf: shelf),
            as: principal
        ).candidacy
    }

    /// A draft that lacks nothing.
    func complete(by principal: Principal) async throws -> Candidacy {
        let candidacy = try await start(by: principal)
        try await save(candidacy.id, "projet", Self.projectFields, by: principal)
        return try await save(candidacy.id, "budget", Self.budgetFields, by: principal)
    }

    func key(_ number: Int) -> DepositKey {
        DepositKey(text: "cle-de-depot-numero-\(number)") ?? .recorded(Candidacy.ID(0))
    }

    func deposit(
        _ candidacy: Candidacy, _ number: Int, arrival: Instant? = nil, by principal: Principal
    ) async throws -> DepositOutcome {
        try await desk.perform(
            DepositCandidacy(
                candidacy: candidacy.id, version: candidacy.version, key: key(number), arrival: arrival ?? clock.now,
                office: office), as: principal)
    }

    /// As the database has it, whoever asks.
    func read(_ id: Candidacy.ID) async throws -> Candidacy {
        guard let found = try await database.read({ try CandidacyStore.any(id, $0) }) else { throw Missing() }
        return found
    }

    func goTo(_ instant: Instant) {
        clock.advance(by: instant - clock.now)
    }

    /// Everything a refused act could have left behind.
    func traces() async throws -> [Int] {
        let tables: [SQL] = [
            "candidacy", "candidacy_save", "candidacy_partner", "candidacy_member", "candidacy_file",
            "candidacy_part_save", "candidacy_handover", "call_opening", "candidacy_deposit",
            "receipt", "candidacy_reminder", "candidacy_remark", "candidacy_assignment", "journal", "letter",
        ]
        return try await database.read { reader in
            try tables.map { try reader.count("SELECT COUNT(*) FROM \($0)") } + [
                try reader.count("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM candidacy"),
                try reader.count("SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM candidacy_partner"),
                try reader.count("SELECT COUNT(*) FROM candidacy_handover WHERE answered_at IS NULL"),
                try reader.count("SELECT COUNT(*) FROM candidacy WHERE state = 'deposee'"),
                try reader.count("SELECT COUNT(*) FROM candidacy_member WHERE left_at IS NULL"),
                try reader.count("SELECT COUNT(*) FROM candidacy_remark WHERE resolved_at IS NULL"),
            ]
        }
    }
}
