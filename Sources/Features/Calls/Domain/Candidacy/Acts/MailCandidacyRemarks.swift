import Forms
import Storage

/// Tells those concerned what was said beside the questions, one letter an hour and a candidacy at most: the lead, who is to
/// write the question, and those who spoke of it (CAND-20).
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
            guard let candidacy = try CandidacyStore.any(id, writer),
                let form = try CallFormStore.form(candidacy.form, writer).map({ try shelf.compiled($0).form })
            else { continue }
            let writers = try CandidacyWriters.of(candidacy, writer)
            let assignments = try CandidacyAssignmentStore.assignments(of: [id], [id: writers], writer)
            let remarks = try CandidacyRemarkStore.remarks(of: id, writer)
            let last = try CandidacyDigestStore.last(of: id, writer)
            for account in writers.all {
                let since = last[account] ?? now - Self.memory
                guard last[account] == nil || now - since >= Self.pause else { continue }
                let news = remarks.filter { remark in
                    remark.isOpen && remark.at > since && remark.author != account
                        && concerns(remark, account, candidacy, form, assignments, remarks)
                }
                guard !news.isEmpty, let address = try AccountStore.account(account, writer)?.email?.text else {
                    continue
                }
                let names = try AccountStore.names(Array(Set(news.map(\.author))), writer)
                proceeding.send(
                    head.candidacyRemarks(
                        address, candidacy,
                        news.map { (form.question($0.question)?.label ?? $0.question, names[$0.author] ?? "", $0.text) }
                    ))
                try CandidacyDigestStore.note(account, of: id, at: now, writer)
                count += 1
            }
        }
        proceeding.note("letters", String(count))
        return count
    }

    private func concerns(
        _ remark: CandidacyRemark, _ account: Account.ID, _ candidacy: Candidacy, _ form: Form,
        _ assignments: [CandidacyAssignment], _ remarks: [CandidacyRemark]
    ) -> Bool {
        if candidacy.holder == account { return true }
        if remarks.contains(where: { $0.question == remark.question && $0.author == account }) { return true }
        let section = form.sections.first { $0.questions.contains { $0.key == remark.question } }?.key ?? ""
        return CandidacyAssignment.person(for: remark.question, in: section, assignments) == account
    }
}
