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

/// Answers an opinion one was asked for; it no longer opens the dossier (INST-18).
public struct GiveOpinion: Act {
    public static let right = "La personne à qui l’avis est demandé, jusqu’à la date donnée."

    public let opinion: Opinion.ID
    public let position: Opinion.Position?
    public let answer: String
    public let head: LetterHead

    public init(opinion: Opinion.ID, position: Opinion.Position?, answer: String, head: LetterHead) {
        self.opinion = opinion
        self.position = position
        self.answer = answer
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try OpinionDossier.asked(proceeding.principal, opinion, at: proceeding.now, proceeding.writer)
    }

    public func perform(_ proceeding: Proceeding) throws -> Opinion {
        var given = try OpinionDossier.asked(proceeding.principal, opinion, at: proceeding.now, proceeding.writer)
        var problems = Problems()
        let words = CallText.long(answer, "avis", limit: 20_000, &problems)
        if position == nil { problems.add("position", "Choisissez votre position.") }
        if words.isEmpty, position != Opinion.Position.none { problems.add("avis", "Écrivez votre avis.") }
        try problems.throwIfAny()
        given.state = .given
        given.account = proceeding.principal.account
        given.position = position
        given.answer = words
        given.answeredAt = proceeding.now
        given.closedAt = proceeding.now
        let dossier = try OpinionClosing.close(given, .opinionGiven, proceeding)
        if let address = try OpinionClosing.asker(given, dossier, proceeding) {
            proceeding.send(head.opinionGiven(address, dossier))
        }
        return given
    }
}

/// Takes back an opinion that was asked: the dossier closes to whom it was asked (INST-18).
public struct WithdrawOpinion: Act {
    public static let right = AssignDossier.right

    public let opinion: Opinion.ID
    public let reason: String
    public let head: LetterHead

    public init(opinion: Opinion.ID, reason: String = "", head: LetterHead) {
        self.opinion = opinion
        self.reason = reason
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let opinion = try OpinionStore.opinion(opinion, proceeding.writer) else { throw Missing() }
        _ = try InstructionEditing(proceeding: proceeding).found(opinion.candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard var withdrawn = try OpinionStore.opinion(opinion, proceeding.writer) else { throw Missing() }
        guard withdrawn.state == .asked else { throw Problems("", "Cet avis n’est plus attendu.") }
        var problems = Problems()
        withdrawn.reason = CallText.line(reason, "raison", limit: 1_000, &problems)
        try problems.throwIfAny()
        withdrawn.state = .withdrawn
        withdrawn.closedAt = proceeding.now
        let dossier = try OpinionClosing.close(withdrawn, .opinionWithdrawn, proceeding)
        if !withdrawn.email.isEmpty { proceeding.send(head.opinionWithdrawn(withdrawn.email, dossier)) }
    }
}

/// What ends an opinion, whichever way.
enum OpinionClosing {
    /// Writes it, counts it no more among those that wait, and adds it to the dossier's history.
    @discardableResult
    static func close(_ opinion: Opinion, _ kind: InstructionEvent.Kind, _ proceeding: Proceeding) throws -> Instruction
    {
        guard var dossier = try InstructionStore.any(opinion.candidacy, proceeding.writer) else { throw Missing() }
        try OpinionStore.update(opinion, proceeding.writer)
        dossier.openOpinions = max(0, dossier.openOpinions - 1)
        dossier.updatedAt = proceeding.now
        try InstructionStore.recount(dossier, proceeding.writer)
        try InstructionEventStore.add(kind, to: opinion.candidacy, words: opinion.kind.label, proceeding)
        proceeding.about(opinion.candidacy)
        proceeding.note("opinion", opinion.id.text)
        return dossier
    }

    /// The address of who is to be told: who has the dossier, else who asked.
    static func asker(_ opinion: Opinion, _ dossier: Instruction, _ proceeding: Proceeding) throws -> String? {
        guard let account = dossier.instructor ?? opinion.askedBy else { return nil }
        return try AccountStore.account(account, proceeding.writer)?.email?.text
    }
}
