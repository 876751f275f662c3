import Exchange
import Forms
import Foundation
import Storage
import Workbench

@testable import Maillage

/// A call whose form asks for documents, a vault, and people who answer.
struct AttachmentWorld {
    let calls: CandidacyWorld
    let vault: FileVault
    let folder: String

    var desk: Desk { calls.desk }
    var clock: FixedClock { calls.clock }
    var database: Database { calls.database }
    var intake: AttachmentIntake { AttachmentIntake(vault: vault) }

    func goTo(_ instant: Instant) { calls.goTo(instant) }

    static let form = Form(
        key: "dossier", title: "Dossier",
        sections: [
            FormSection(
                "projet", "Le projet", questions: [Question("titre", "Titre du projet", .shortText(), .required)]),
            FormSection(
                "pieces", "Les pièces",
                questions: [
                    Question(
                        "statuts", "Statuts", .attachment(AttachmentRules([.pdf, .odt], maxBytes: 5_000)), .required),
                    Question("lettres", "Lettres", .attachment(AttachmentRules([.pdf, .png], maxCount: 3))),
                    Question("rib", "RIB", .attachment(AttachmentRules([.pdf], validMonths: 3))),
                ]),
        ])

    static func on(_ engine: TestEngine, _ body: (AttachmentWorld) async throws -> Void) async throws {
        try await CandidacyWorld.on(engine, form: form) { calls in
            let folder = FileManager.default.temporaryDirectory.path + "/maillage-attachments-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try await body(
                AttachmentWorld(calls: calls, vault: FileVault(directory: folder + "/vault"), folder: folder))
        }
    }

    /// Bytes as the vault takes them in.
    func receive(
        _ bytes: [UInt8], named name: String = "statuts.pdf", accepted: [FileFamily] = FileFamily.allCases
    ) async throws -> ReceivedFile {
        let file = try await intake.receive(limit: 1 << 20)
        try await file.write(bytes)
        return try await intake.keep(file, named: name, accepted: accepted)
    }

    func pdf(_ title: String) async throws -> ReceivedFile {
        try await receive(SampleDocuments.pdf(title), named: title + ".pdf")
    }

    /// A file that no vault holds, for the acts that only name it.
    static func invented(_ number: Int, size: Int = 1_000, family: FileFamily = .pdf) -> ReceivedFile {
        ReceivedFile(
            name: "document-\(number).\(family.rawValue)", family: family, size: size,
            digest: FileDigest(of: Array("document \(number)".utf8)))
    }

    @discardableResult
    func attach(
        _ files: [ReceivedFile], to question: String, of candidacy: Candidacy.ID, replacing: CandidacyFile.ID? = nil,
        by principal: Principal
    ) async throws -> AttachFiles.Outcome {
        try await desk.perform(attaching(files, to: question, of: candidacy, replacing: replacing), as: principal)
    }

    func attaching(
        _ files: [ReceivedFile], to question: String, of candidacy: Candidacy.ID, replacing: CandidacyFile.ID? = nil
    ) -> AttachFiles {
        AttachFiles(
            candidacy: candidacy, question: question, files: files, replacing: replacing, shelf: calls.shelf)
    }

    func files(of candidacy: Candidacy.ID) async throws -> [CandidacyFile] {
        try await database.read { try CandidacyFileStore.files(of: candidacy, $0) }
    }

    func answered(_ candidacy: Candidacy.ID, _ question: String) async throws -> [AnswerFile] {
        if case .files(let files) = try await calls.read(candidacy).answers[question] { files } else { [] }
    }

    /// A person who takes part in a candidacy in a role, for some sections.
    func member(
        _ name: String, of candidacy: Candidacy.ID, _ role: CandidacyMember.Role, sections: [String] = [],
        invitedBy lead: Principal
    ) async throws -> Principal {
        let principal = try await calls.person(name)
        _ = try await desk.perform(
            InviteToCandidacy(
                candidacy: candidacy, email: "\(name)@exemple.fr", role: role, sections: sections, head: calls.head,
                shelf: calls.shelf), as: lead)
        let letter = try await calls.calls.letters(to: "\(name)@exemple.fr").last
        guard let letter, let secret = CandidacyDraftTests.secret(in: letter.text) else { throw Missing() }
        _ = try await desk.perform(AcceptCandidacyInvitation(secret), as: principal)
        return principal
    }
}
