import Exchange
import Storage

/// Asks somebody outside the team for an opinion on a dossier, until a day; it opens that dossier to them meanwhile (INST-18).
public struct AskOpinion: Act {
    public static let right = AssignDossier.right

    public static let most = 20

    public let candidacy: Candidacy.ID
    public let kind: Opinion.Kind?
    public let email: String
    public let question: String
    /// The last day, by the clocks of Paris.
    public let day: CivilDate?
    public let head: LetterHead

    public init(
        candidacy: Candidacy.ID, kind: Opinion.Kind?, email: String, question: String, day: CivilDate?,
        head: LetterHead
    ) {
        self.candidacy = candidacy
        self.kind = kind
        self.email = email
        self.question = question
        self.day = day
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try InstructionEditing(proceeding: proceeding).found(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Opinion {
        let found = try InstructionEditing(proceeding: proceeding).found(candidacy)
        guard found.instruction.state.isOpen else {
            throw Problems("", InstructionEditing.refusal(of: .ask, in: found.instruction.state))
        }
        var problems = Problems()
        let words = CallText.long(question, "question", limit: 4_000, &problems)
        if words.isEmpty { problems.add("question", "Écrivez la question que vous posez.") }
        if kind == nil { problems.add("qualite", "Choisissez à quel titre l’avis est demandé.") }
        let end = day.map { DossierDeadline.end(of: $0) }
        if let end, end > proceeding.now, end - proceeding.now <= AskForPieces.longest {
        } else {
            problems.add("delai", "Donnez une date à venir, dans l’année.")
        }
        var address: EmailAddress?
        do {
            address = try EmailAddress(email, field: "courriel")
        } catch let wrong as Problems {
            for problem in wrong.list { problems.add(problem.field, problem.message) }
        }
        if let address { try check(address, found, &problems, proceeding) }
        try problems.throwIfAny()
        guard let kind, let end, let address else { throw Missing() }
        let opinion = Opinion(
            id: proceeding.newIdentifier(), candidacy: candidacy, kind: kind, state: .asked, email: address.text,
            question: words, askedAt: proceeding.now, askedBy: proceeding.principal.account, closesAt: end, answer: "",
            reason: "")
        try OpinionStore.insert(opinion, proceeding.writer)
        var counted = found.instruction
        counted.openOpinions += 1
        counted.updatedAt = proceeding.now
        try InstructionStore.recount(counted, proceeding.writer)
        try InstructionEventStore.add(.opinionAsked, to: candidacy, words: kind.label, proceeding)
        proceeding.about(candidacy)
        proceeding.note("opinion", opinion.id.text)
        proceeding.note("kind", kind.rawValue)
        proceeding.send(head.opinionAsked(address.text, found.instruction, found.call, opinion))
        return opinion
    }

    /// Who is asked: neither of the candidacy nor of the team, not asked already, and holding the role that the quality says.
    private func check(
        _ address: EmailAddress, _ found: InstructionEditing.Found, _ problems: inout Problems,
        _ proceeding: Proceeding
    ) throws {
        let open = try OpinionStore.opinions(of: candidacy, proceeding.writer).filter { $0.state == .asked }
        if open.count >= Self.most { problems.add("", "Un dossier attend au plus \(Self.most) avis à la fois.") }
        if open.contains(where: { $0.email == address.text }) {
            problems.add("courriel", "Un avis est déjà demandé à cette personne sur ce dossier.")
        }
        let account = try AccountStore.account(email: address, proceeding.writer)
        if let account {
            let member = try CandidacyMemberStore.own(
                Principal(account: account.id, name: "", grants: []), of: candidacy, proceeding.writer)
            if found.candidacy.holder == account.id || member != nil {
                problems.add(
                    "courriel", "Cette personne prend part à la candidature\u{202F}: elle ne peut donner d’avis.")
            }
        }
        if let role = kind?.role {
            let holds = try account.map {
                try RoleGrantStore.inForce(of: $0.id, at: proceeding.now, proceeding.writer)
                    .contains { $0.grant.role == role }
            }
            if holds != true {
                problems.add("courriel", "Personne, à cette adresse, n’a le rôle «\u{A0}\(role.label)\u{A0}».")
            }
        }
    }
}
