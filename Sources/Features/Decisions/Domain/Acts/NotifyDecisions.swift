import Forms
import Storage

/// One press tells everybody: each decision of the wave gets its letter, frozen, and leaves by mail at the same instant. Before it,
/// no candidate sees anything (DECI-7).
public struct NotifyDecisions: Act {
    public static let right =
        "Une personne de l’équipe de l’appel, ou de la coordination, quand chaque dossier a sa décision."

    public struct Notice: Sendable, Equatable {
        public let told: Int
        /// Those that have no address here: their letters are to be printed and posted.
        public let toPost: [Candidacy.ID]
    }

    public let call: Call.ID
    public let wave: CallWave.ID
    public let head: LetterHead
    public let shelf: CandidacyFormShelf

    public init(call: Call.ID, wave: CallWave.ID, head: LetterHead, shelf: CandidacyFormShelf) {
        self.call = call
        self.wave = wave
        self.head = head
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try DecisionEditing(proceeding: proceeding).call(call)
    }

    public func perform(_ proceeding: Proceeding) throws -> Notice {
        let editing = DecisionEditing(proceeding: proceeding)
        let writer = proceeding.writer
        let call = try editing.call(call)
        _ = try editing.closed(wave, of: call)
        guard let texts = try DecisionLetterStore.texts(of: call.id, writer) else {
            throw Problems("", "Écrivez d’abord les courriers\u{202F}: leurs textes, les voies de recours, qui signe.")
        }
        let dossiers = try DecisionBoard.dossiers(of: call, wave, writer)
        let decisions = try DecisionStore.current(of: call.id, wave: wave, writer)
        let decided = Set(decisions.map(\.candidacy))
        let missing = dossiers.filter { !decided.contains($0.candidacy.id) }
        guard missing.isEmpty else {
            let numbers = missing.prefix(10).map { "n°\u{A0}\($0.deposit.number)" }.joined(separator: ", ")
            throw Problems(
                "",
                "\(missing.count) dossier\(missing.count > 1 ? "s n’ont" : " n’a") pas encore de décision\u{202F}: \(numbers)."
            )
        }
        let waiting = decisions.filter { !$0.isNotified }
        guard !waiting.isEmpty else { throw Problems("", "Tout est déjà notifié.") }
        try editing.requireRoom(call, wave)
        let candidacies = Dictionary(dossiers.map { ($0.candidacy.id, $0.candidacy) }) { first, _ in first }
        let accounts = try AccountStore.accounts(candidacies.values.compactMap(\.holder).sorted(), writer)
        let addresses = Dictionary(accounts.map { ($0.id, $0.email?.text) }) { first, _ in first }
        var labels: [CallForm.ID: [String: String]] = [:]
        var toPost: [Candidacy.ID] = []
        var told = 0
        for decision in waiting {
            // Withdrawn since: it waits for nothing.
            guard let candidacy = candidacies[decision.candidacy] else { continue }
            if labels[candidacy.form] == nil {
                labels[candidacy.form] = try DecisionBoard.questions(of: candidacy, shelf: shelf, writer)
            }
            let letter = texts.letter(decision, candidacy, call, questions: labels[candidacy.form] ?? [:])
            guard
                try DecisionStore.notify(
                    decision, letter: letter, at: proceeding.now, by: proceeding.principal.account, writer)
            else { throw Conflict(current: decision.version) }
            proceeding.changed(candidacy.id)
            told += 1
            if let address = candidacy.holder.flatMap({ addresses[$0] ?? nil }) {
                var sent = decision
                sent.letter = letter
                proceeding.send(head.decided(address, sent, candidacy, call))
            } else {
                toPost.append(candidacy.id)
            }
        }
        proceeding.about(call.id)
        proceeding.note("wave", wave.text)
        proceeding.note("told", String(told))
        return Notice(told: told, toPost: toPost)
    }
}
