import Forms
import Storage

/// The dossiers whose instruction has yet to follow what happened in Calls: the limit that passed, another deposit that counts, a
/// candidacy taken back or deposited again (INST-5).
enum InstructionArrivals {
    enum Kind: Sendable { case new, replaced, withdrawn, restored }

    /// At most `limit` of each kind, oldest first.
    static func due(_ kind: Kind, at now: Instant, limit: Int, _ reader: Reader) throws -> [Candidacy.ID] {
        try reader.all("\(statement(kind, now)) LIMIT \(limit)") { Candidacy.ID(try $0.int(0)) }
    }

    private static func statement(_ kind: Kind, _ now: Instant) -> SQL {
        switch kind {
        // A sealed wave is known once it was opened (CAND-36).
        case .new:
            """
            SELECT candidacy.id
            FROM candidacy
            JOIN call_wave ON call_wave.id = candidacy.wave_id
            JOIN call ON call.id = candidacy.call_id
            WHERE candidacy.state IN ('deposee', 'admise')
                AND call_wave.closes_at <= \(now)
                AND (call.is_sealed = 0
                    OR EXISTS (
                        SELECT 1
                        FROM call_opening
                        WHERE call_opening.wave_id = candidacy.wave_id))
                AND NOT EXISTS (
                    SELECT 1
                    FROM instruction
                    WHERE instruction.candidacy_id = candidacy.id)
            ORDER BY candidacy.id
            """
        case .replaced:
            """
            SELECT DISTINCT instruction.candidacy_id
            FROM instruction
            JOIN candidacy_deposit AS former ON former.id = instruction.deposit_id
            JOIN candidacy_deposit AS newer ON newer.candidacy_id = instruction.candidacy_id
            JOIN call_wave ON call_wave.id = newer.wave_id
            WHERE newer.number > instruction.number
                AND call_wave.closes_at <= \(now)
                AND (newer.verdict = 'on_time' OR former.verdict = 'late')
            ORDER BY instruction.candidacy_id
            """
        case .withdrawn:
            """
            SELECT instruction.candidacy_id
            FROM instruction
            JOIN candidacy ON candidacy.id = instruction.candidacy_id
            WHERE candidacy.state = 'retiree'
                AND instruction.state <> 'retiree'
            ORDER BY instruction.candidacy_id
            """
        case .restored:
            """
            SELECT instruction.candidacy_id
            FROM instruction
            JOIN candidacy ON candidacy.id = instruction.candidacy_id
            WHERE candidacy.state IN ('deposee', 'admise')
                AND instruction.state = 'retiree'
            ORDER BY instruction.candidacy_id
            """
        }
    }

    /// What the board shows of a dossier, and the words it is found by.
    static func facts(
        of candidacy: Candidacy, _ call: Call, at now: Instant, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> (instruction: Instruction, words: String)? {
        let deposits = try CandidacyDepositStore.deposits(of: candidacy.id, reader)
        guard let counting = deposits.first(where: { $0.verdict == .onTime }) ?? deposits.first else { return nil }
        let code = try commune(of: candidacy, counting, shelf, reader)
        let commune = try code.flatMap { try CommuneStore.current($0, reader) }
        let holder = try candidacy.holder.flatMap { try AccountStore.account($0, reader)?.name } ?? candidacy.depositor
        let words = Words.key(
            [
                String(counting.number), candidacy.title, candidacy.structure, candidacy.siret, commune?.name ?? "",
                holder,
            ]
            .joined(separator: " "))
        return (
            Instruction(
                candidacy: candidacy.id, call: call.id, wave: counting.wave, deposit: counting.id,
                number: counting.number, state: .underReview, openOpinions: 0, unread: 0, unreadByCandidate: 0,
                departement: commune?.departement ?? "", commune: commune?.code ?? "", title: candidacy.title,
                structure: candidacy.structure, version: 1, createdAt: now, updatedAt: now), words
        )
    }

    /// The commune that the dossier answers first, else the place's.
    private static func commune(
        of candidacy: Candidacy, _ deposit: CandidacyDeposit, _ shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> String? {
        if candidacy.channel == .online, let form = try CallFormStore.form(deposit.form, reader) {
            let answers = try CandidacySnapshot.answers(in: deposit.snapshot)
            for question in try shelf.compiled(form).form.questions {
                if case .address(let address) = answers[question.key], let code = address.communeCode { return code }
            }
        }
        let place = try candidacy.place.flatMap { try PlaceStore.place(.house, $0, reader) }
        return place?.sheet.sites.first?.commune
    }
}
