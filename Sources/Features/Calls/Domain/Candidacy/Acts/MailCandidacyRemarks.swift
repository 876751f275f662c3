import Forms
import Storage

/// Tells those concerned what was said beside the questions, one letter an hour and a candidacy at most: the lead, who commits the
/// partner whose part it is, who is to write the question, and those who spoke of it (CAND-20).
public struct MailCandidacyRemarks: Act {
    public static let right = "Le programme lui-même, toutes les minutes."

    /// How long somebody is left in peace between two letters.
    public static let pause = Instant.Span.hours(1)
    /// Remarks older than this are told no more.
    static let memory = Instant.Span.days(2)
    /// Candidacies of one run; the next run does the rest.
    static let most = 200

    public let head: LetterHead
    public let shelf: CandidacyFormShelf

    public init(head: LetterHead, shelf: CandidacyFormShelf) {
        self.head = head
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    /// Whether there is anything to look at, so that a quiet minute writes nothing.
    public static func isDue(at now: Instant, _ reader: Reader) throws -> Bool {
        try !CandidacyRemarkStore.touched(after: now - memory, until: now, limit: 1, reader).isEmpty
    }

    /// Answers how many letters were put in the outbox.
    public func perform(_ proceeding: Proceeding) throws -> Int {
        let (now, writer) = (proceeding.now, proceeding.writer)
        var count = 0
        for id in try CandidacyRemarkStore.touched(after: now - Self.memory, until: now, limit: Self.most, writer) {
            guard let candidacy = try CandidacyStore.any(id, writer) else { continue }
            let sides = try sides(of: candidacy, writer)
            let last = try CandidacyDigestStore.last(of: id, writer)
            for account in Set(sides.flatMap(\.speakers)).sorted() {
                let since = last[account] ?? now - Self.memory
                guard last[account] == nil || now - since >= Self.pause else { continue }
                let news = sides.flatMap { side in
                    side.news(for: account, after: since).map { (side: side, remark: $0) }
                }
                guard !news.isEmpty, let address = try AccountStore.account(account, writer)?.email?.text else {
                    continue
                }
                let names = try AccountStore.names(Array(Set(news.map { $0.remark.author })), writer)
                proceeding.send(
                    head.candidacyRemarks(
                        address, candidacy,
                        news.map { side, remark in
                            (side.label(of: remark.question), names[remark.author] ?? "", remark.text)
                        }, parts: Set(news.compactMap { $0.side.partner?.id }).sorted()))
                try CandidacyDigestStore.note(account, of: id, at: now, writer)
                count += 1
            }
        }
        proceeding.note("letters", String(count))
        return count
    }

    /// The sides of a candidacy where something is said: the lead's, then the partners'.
    private func sides(of candidacy: Candidacy, _ reader: Reader) throws -> [Side] {
        guard let kept = try CallFormStore.form(candidacy.form, reader) else { return [] }
        let members = try CandidacyMemberStore.members(of: candidacy.id, reader)
        let partners = try CandidacyPartnerStore.partners(of: candidacy.id, reader).filter { $0.state != .left }
        let assignments = try CandidacyAssignmentStore.assignments(of: [candidacy.id], reader)
        let everybody: [CandidacyPartner?] = [nil] + partners.map(Optional.some)
        return try everybody.compactMap { partner in
            let remarks = try CandidacyRemarkStore.remarks(of: candidacy.id, part: partner?.id, reader)
            guard !remarks.isEmpty,
                let form = partner == nil ? try shelf.compiled(kept).form : try shelf.part(kept)?.form
            else { return nil }
            let writers = CandidacyWriters.of(candidacy, part: partner, among: members)
            let leads = partner == nil ? [] : writers.members.filter(\.commits).compactMap(\.account)
            return Side(
                partner: partner, form: form, remarks: remarks, assignments: assignments.filter(writers.holds),
                leads: Set(leads + [candidacy.holder].compactMap(\.self)),
                speakers: Set(writers.all + [candidacy.holder].compactMap(\.self)))
        }
    }

    /// What is said on one side of a candidacy, and who speaks there.
    private struct Side {
        let partner: CandidacyPartner?
        let form: Form
        let remarks: [CandidacyRemark]
        let assignments: [CandidacyAssignment]
        /// Those whom all of it concerns: the lead, and those who commit the partner.
        let leads: Set<Account.ID>
        let speakers: Set<Account.ID>

        /// What others said since that concerns somebody who speaks here; nothing for anybody else.
        func news(for account: Account.ID, after since: Instant) -> [CandidacyRemark] {
            guard speakers.contains(account) else { return [] }
            return remarks.filter { remark in
                remark.isOpen && remark.at > since && remark.author != account && concerns(remark, account)
            }
        }

        private func concerns(_ remark: CandidacyRemark, _ account: Account.ID) -> Bool {
            if leads.contains(account) { return true }
            if remarks.contains(where: { $0.question == remark.question && $0.author == account }) { return true }
            let section = form.sections.first { $0.questions.contains { $0.key == remark.question } }?.key ?? ""
            return CandidacyAssignment.person(for: remark.question, in: section, assignments) == account
        }

        func label(of question: String) -> String {
            let label = form.question(question)?.label ?? question
            return partner.map { "\($0.name), \(label)" } ?? label
        }
    }
}
