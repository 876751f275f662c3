import Exchange
import Forms
import Foundation
import Storage

@testable import Maillage
@testable import MaillageWeb

/// What the trial network knows of calls: one that is published and one that is not, a candidacy that is being written and one
/// that was deposited. Each holds a word that nothing else does.
struct TrialCalls: Sendable {
    enum Word: String, CaseIterable, Sendable {
        case published = "Sphalerite"
        case hidden = "Cinabre"
        case draft = "Lazurite"
        case deposited = "Rhodonite"
        /// An answer that was deposited: read by nobody of the call before its limit.
        case answer = "Smaragdite"
    }

    /// Open, kept by the funder and a coordinator. Closes two hours after it was published.
    let published: Call
    /// A draft of the coordination.
    let hidden: Call
    /// A draft of the plain account, which the editor writes too.
    let draft: Candidacy.ID
    /// Deposited by the manager.
    let deposited: Candidacy.ID
    let question: CallQuestion.ID
    /// The editor's part in the draft.
    let member: CandidacyMember.ID
    let closing: Instant

    static let form = Form(
        key: "dossier", title: "Dossier",
        sections: [
            FormSection(
                "projet", "Le projet",
                questions: [
                    Question("titre", "Titre du projet", .shortText(), .required),
                    Question("resume", "Résumé", .longText(maxLength: 300), .required),
                ])
        ])

    /// Keys that sign, made for one test.
    static func keys(at now: Instant) throws -> ReceiptKeys {
        let folder = FileManager.default.temporaryDirectory.path + "/maillage-trial-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try ReceiptKeys.load(
            dataDirectory: folder, now: now, secret: { count in (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) } })
    }

    /// - Parameter people: the account, the editor, the manager and the funder of the trial network.
    init(_ site: LiveSite, people: [TrialNetwork.Person: (account: Principal.ID, session: String)]) async throws {
        func principal(_ person: TrialNetwork.Person, _ grants: [Grant] = []) throws -> Principal {
            guard let found = people[person] else { throw Missing() }
            return Principal(account: found.account, name: person.rawValue, grants: grants)
        }
        let (account, editor) = (try principal(.account), try principal(.editor))
        let (manager, funder) = (try principal(.manager), try principal(.funder, [Grant(.funder, on: .network)]))
        let head = LetterHead(site.reception.settings)
        let now = Instant(seconds: site.reception.surroundings.now().microseconds / 1_000_000)
        closing = now + .hours(2)
        published = try await Self.call(site, .published, closing: closing, by: funder, publishing: head)
        hidden = try await Self.call(site, .hidden, closing: now + .days(9), by: .house, publishing: nil)
        let shelf = CandidacyFormShelf()
        draft = try await Self.candidacy(site, published, .draft, summary: Word.draft, by: account, shelf)
        deposited = try await Self.candidacy(site, published, .deposited, summary: Word.answer, by: manager, shelf)
        let keys = try site.reception.receiptKeys ?? Self.keys(at: now)
        guard let key = DepositKey(text: "cle-de-depot-des-essais") else { throw Missing() }
        _ = try await site.desk.perform(
            DepositCandidacy(
                candidacy: deposited, version: 3, key: key, arrival: site.reception.surroundings.now(),
                office: DepositOffice(head: head, keys: keys, shelf: shelf)), as: manager)
        member = try await site.desk.perform(
            InviteToCandidacy(
                candidacy: draft, email: "editor@exemple.fr", role: .writer, head: head, shelf: shelf), as: account)
        let letter = try await SecurityJourneys.lastLink(to: "editor@exemple.fr", site)
        guard let secret = Secret(text: String(letter.split(separator: "/").last ?? "")) else { throw Missing() }
        _ = try await site.desk.perform(AcceptCandidacyInvitation(secret), as: editor)
        question = try await site.desk.perform(
            AskCallQuestion(call: published.id, question: "Qui peut répondre à cet appel ?"), as: account)
    }

    private static func call(
        _ site: LiveSite, _ word: Word, closing: Instant, by principal: Principal, publishing head: LetterHead?
    ) async throws -> Call {
        var call = try await site.desk.perform(
            CreateCall(title: "Appel \(word.rawValue)", nature: .interest), as: principal)
        var calendar = CallCalendar()
        calendar.waves = [
            CallWave(id: site.desk.surroundings.identifier(), closesAt: closing, words: "dans quelques heures")
        ]
        let identity = CallIdentity(
            title: "Appel \(word.rawValue)", nature: .interest, organiser: "Organisateur \(word.rawValue)",
            service: "Service numérique", email: "\(word.rawValue.lowercased())@agglo.example",
            summary: "Un appel dit \(word.rawValue).")
        for section: CallSection in [
            .identity(identity), .calendar(calendar), .criteria([CallCriterion("", "Ancrage", weight: 1)]),
        ] {
            call = try await site.desk.perform(
                EditCall(call: call.id, version: call.version, section: section), as: principal)
        }
        _ = try await site.desk.perform(
            SetCallForm(
                call: call.id, title: "Dossier", definition: String(decoding: FormFile.write(form), as: UTF8.self)),
            as: principal)
        _ = try await site.desk.perform(OpenFormDraft(call: call.id), as: principal)
        guard let head else { return call }
        return try await site.desk.perform(
            PublishCall(call: call.id, version: call.version, head: head), as: principal)
    }

    private static func candidacy(
        _ site: LiveSite, _ call: Call, _ word: Word, summary: Word, by principal: Principal,
        _ shelf: CandidacyFormShelf
    ) async throws -> Candidacy.ID {
        let begun = try await site.desk.perform(StartCandidacy(call: call.id, shelf: shelf), as: principal)
        let named = try await site.desk.perform(
            DescribeCandidacy(
                candidacy: begun.id, version: begun.version, title: "Projet \(word.rawValue)",
                structure: "Association \(word.rawValue)", siret: ""), as: principal)
        _ = try await site.desk.perform(
            SaveCandidacy(
                candidacy: begun.id, version: named.version, section: "projet",
                fields: [
                    .init("titre", "Titre \(summary.rawValue)"), .init("resume", "Un résumé dit \(summary.rawValue)."),
                ], shelf: shelf), as: principal)
        return begun.id
    }
}
