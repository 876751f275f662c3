import Forms
import Maillage

/// One side of a dossier as its people write it: what the lead answers, or the part of one partner. The pages that save answers
/// and take documents are the same for both.
struct DossierSide: Sendable {
    var whole: CandidacyReading
    /// Nil for the lead's side.
    var part: CandidacyPart?

    var id: Candidacy.ID { whole.id }
    var state: FormState { part?.state ?? whole.dossier.review.state }
    var answers: Answers { part?.partner.answers ?? whole.candidacy.answers }
    var version: Int { part?.partner.version ?? whole.candidacy.version }
    var isEditable: Bool { whole.isEditable && part?.isPresent != false }
    /// What prevents this side from being complete.
    var missing: Int {
        let review = whole.dossier.review
        return part.map { review.shortfalls(of: $0).count } ?? review.shortfalls.count
    }

    /// Its name, under the title of its pages.
    var name: String {
        let candidacy = whole.candidacy.name
        return part.map { "\($0.partner.name), dans «\u{A0}\(candidacy)\u{A0}»" } ?? candidacy
    }

    /// Who reads what is said beside its questions.
    var listeners: String {
        part == nil
            ? "Lu par les personnes qui écrivent la candidature\u{202F}; jamais déposé."
            : "Lu par les personnes de cette part et par celle qui porte la candidature\u{202F}; jamais déposé."
    }

    /// Said once nothing is missing, after « Enregistré à 14 h 32 ; ».
    var completeWords: String { part == nil ? "rien ne manque au dossier." : "rien ne manque à cette part." }

    /// Whether the reader is one of those who write a section of it, while it may be written.
    func writes(_ section: String) -> Bool {
        guard let part else { return whole.dossier.writes(section) }
        return whole.dossier.member?.mayWrite(partOf: part.partner) == true
    }

    func mayWrite(_ section: String) -> Bool { writes(section) && isEditable }

    /// Whether the reader says who is to write what.
    func mayAssign(_ principal: Principal) -> Bool {
        CandidacyRights.mayAssign(principal, whole.candidacy, member: whole.dossier.member, in: part?.partner)
    }

    /// The side in the address: a partner's when it names one.
    static func find(_ visit: Visit) async throws -> DossierSide {
        guard visit.parameters["partner"] != nil else {
            return DossierSide(whole: try await CandidacyReading.find(visit), part: nil)
        }
        return try await PartReading.find(visit).side
    }

    /// A side of the candidacy in the address.
    static func find(_ visit: Visit, of partner: CandidacyPartner.ID?) async throws -> DossierSide {
        let reading = try await CandidacyReading.find(visit)
        guard let partner else { return DossierSide(whole: reading, part: nil) }
        guard let part = reading.dossier.review.part(of: partner) else { throw Missing() }
        return DossierSide(whole: reading, part: part)
    }

    /// Where one comes from, and goes back to.
    var path: String {
        part.map { Paths.candidacyPart(id, $0.partner.id) } ?? Paths.candidacy(id)
    }

    var pathWords: String { part.map { "Revenir à la part de \($0.partner.name)" } ?? "Revenir à la candidature" }

    func section(_ key: String) -> String {
        part.map { Paths.partSection(id, $0.partner.id, key) } ?? Paths.candidacySection(id, key)
    }

    /// The documents it is asked for.
    var files: String { Paths.candidacyFiles(id, of: part?.partner.id) }

    /// Where a document of a question is sent.
    func files(_ question: String) -> String {
        part.map { Paths.partFiles(id, $0.partner.id, question) } ?? Paths.candidacyFiles(id, question)
    }

    /// Where a document of a safe is attached to a question.
    func fromSafe(_ question: String) -> String {
        part.map { Paths.partFromSafe(id, $0.partner.id, question) } ?? Paths.candidacyFromSafe(id, question)
    }

    /// Who wrote what, or the former texts of one question.
    func history(question: String? = nil) -> String {
        page(.history, query: question.map { [("question", $0)] } ?? [])
    }

    /// A page that both sides have.
    func page(_ page: CandidacyPage, query: [(String, String?)] = []) -> String {
        part.map { Paths.part(id, $0.partner.id, page, query: query) } ?? Paths.candidacy(id, page, query: query)
    }

    /// The head of one of its pages.
    func head(_ title: String, crumb: String? = nil, hasErrors: Bool) -> PageHead {
        guard let part else { return whole.head(title, crumb: crumb ?? title, hasErrors: hasErrors) }
        return PartReading(whole: whole, part: part)
            .head("\(title)\u{202F}: \(part.partner.name)", isSection: true, hasErrors: hasErrors)
    }
}

extension PartReading {
    var side: DossierSide { DossierSide(whole: whole, part: part) }
}
