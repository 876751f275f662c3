import Exchange
import Forms
import Storage

/// Attaches documents that are in the vault to a question of a draft; one may take the place of another.
public struct AttachFiles: Act {
    public static let right = SaveCandidacy.right + " Pour la part d’un partenaire, les siennes, et elles seules."

    public let candidacy: Candidacy.ID
    /// The partner whose part asks for it; nil for a question of the lead's.
    public let partner: CandidacyPartner.ID?
    /// The question's key.
    public let question: String
    public let files: [ReceivedFile]
    /// The date that the documents bear, when it is asked for.
    public let datedOn: CivilDate?
    /// The document whose place they take.
    public let replaced: CandidacyFile.ID?
    public let shelf: CandidacyFormShelf

    public struct Outcome: Sendable {
        public let candidacy: Candidacy
        public let added: [CandidacyFile]
        /// Documents that were attached to this question already, byte for byte.
        public let known: [String]
    }

    public init(
        candidacy: Candidacy.ID, part partner: CandidacyPartner.ID? = nil, question: String, files: [ReceivedFile],
        datedOn: CivilDate? = nil, replacing replaced: CandidacyFile.ID? = nil, shelf: CandidacyFormShelf
    ) {
        self.candidacy = candidacy
        self.partner = partner
        self.question = question
        self.files = files
        self.datedOn = datedOn
        self.replaced = replaced
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try AttachmentEditing(proceeding, candidacy, part: partner, shelf).requireWriter(of: question)
    }

    /// Throws `Problems` under the question's key.
    public func perform(_ proceeding: Proceeding) throws -> Outcome {
        let editing = try AttachmentEditing(proceeding, candidacy, part: partner, shelf)
        try editing.requireEditable()
        let asked = try editing.asked(question)
        let replaced = try replaced.map { try editing.attached($0) }
        guard replaced?.question ?? question == question else { throw Missing() }
        guard !files.isEmpty else { throw Problems(question, "Choisissez un document.") }
        for file in files where !asked.rules.accepted.contains(file.family) {
            throw Problems(question, AttachmentWords.notAccepted(file.name, file.family, asked.rules.accepted))
        }
        for file in files where file.size > asked.rules.maxBytes {
            throw Problems(question, AttachmentWords.tooLong(file.name, limit: asked.rules.maxBytes))
        }
        let present = try CandidacyFileStore.files(of: candidacy, proceeding.writer)
        let here = Set(present.filter { editing.holds($0, for: question) && $0.id != replaced?.id }.map(\.digest))
        var (fresh, seen) = ([ReceivedFile](), here)
        for file in files where seen.insert(file.digest).inserted { fresh.append(file) }
        let known = files.filter { here.contains($0.digest) }.map(\.name)
        guard !fresh.isEmpty else {
            proceeding.concerns(editing.candidacy.id)
            return Outcome(candidacy: editing.candidacy, added: [], known: known)
        }
        try requireRoom(for: fresh, beside: present.filter { $0.id != replaced?.id }, asked, editing)
        try takeToll(fresh.count, proceeding)
        return try write(fresh, replacing: replaced, asked, editing, known)
    }

    private func write(
        _ fresh: [ReceivedFile], replacing replaced: CandidacyFile?, _ asked: AttachmentEditing.Asked,
        _ editing: AttachmentEditing, _ known: [String]
    ) throws -> Outcome {
        let proceeding = editing.proceeding
        let added = fresh.map { file in
            CandidacyFile(
                id: proceeding.newIdentifier(), candidacy: candidacy, partner: partner, question: question,
                name: file.name, family: file.family, size: file.size, digest: file.digest, addedAt: proceeding.now,
                addedBy: proceeding.principal.account, removedAt: nil)
        }
        for file in added { try CandidacyFileStore.insert(file, proceeding.writer) }
        var answer = editing.answered(question)
        let place = replaced.flatMap { former in answer.firstIndex { $0.id == former.id.text } } ?? answer.count
        if let replaced {
            try CandidacyFileStore.remove(replaced.id, at: proceeding.now, proceeding.writer)
            answer.removeAll { $0.id == replaced.id.text }
        }
        answer.insert(contentsOf: added.map { $0.answer(datedOn: datedOn) }, at: min(place, answer.count))
        let saved = try editing.save(answer, to: asked)
        proceeding.note("question", question)
        for file in added { proceeding.note("file", "\(file.id.text) \(file.digest.text) \(file.size)") }
        if let replaced { proceeding.note("replaced", replaced.id.text) }
        return Outcome(candidacy: saved, added: added, known: known)
    }

    /// ATT-5: how many for the question, how much for the candidacy, how much for the one who leads it.
    private func requireRoom(
        for fresh: [ReceivedFile], beside present: [CandidacyFile], _ asked: AttachmentEditing.Asked,
        _ editing: AttachmentEditing
    ) throws {
        let rules = asked.rules
        let here = present.count { editing.holds($0, for: question) }
        guard here + fresh.count <= rules.maxCount else {
            throw Problems(
                question,
                rules.maxCount == 1
                    ? "Un seul document est attendu ici\u{202F}: remplacez celui qui s’y trouve."
                    : "Au plus \(rules.maxCount) documents ici, et il y en a \(here)\u{202F}: retirez-en, ou remplacez-en un."
            )
        }
        guard present.count + fresh.count <= AttachmentLimits.mostFiles else {
            throw Problems(
                question, "Une candidature porte au plus \(AttachmentLimits.mostFiles) documents\u{202F}: réunissez-en."
            )
        }
        let coming = fresh.reduce(0) { $0 + $1.size }
        let held = present.reduce(0) { $0 + $1.size }
        guard held + coming <= AttachmentLimits.mostBytes else {
            throw Problems(
                question,
                "Les documents d’une candidature font au plus \(AttachmentWords.size(AttachmentLimits.mostBytes)) en tout, et il "
                    + "reste \(AttachmentWords.size(max(0, AttachmentLimits.mostBytes - held)))\u{202F}: allégez-en un."
            )
        }
        guard let holder = editing.candidacy.holder else { return }
        let account = try CandidacyFileStore.bytes(ledBy: holder, editing.proceeding.writer)
        guard account + coming <= AttachmentLimits.mostBytesOfAccount else {
            throw Problems(
                question,
                "Les candidatures d’une personne portent au plus "
                    + "\(AttachmentWords.size(AttachmentLimits.mostBytesOfAccount)) de documents\u{202F}: retirez ceux de vos "
                    + "anciens brouillons.")
        }
    }

    private func takeToll(_ count: Int, _ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { return }
        for _ in 0..<count {
            try Throttle.take(
                [Throttle.Toll("document by account", Array(account.text.utf8), AttachmentLimits.allowance)],
                at: proceeding.now, proceeding.writer)
        }
    }
}
