import Storage

/// The ranking of a wave by its jury: exact scores, ranks, ties with what separated them, what the jury put elsewhere and why, and
/// its advice on each dossier. It is itself an opinion, not the decision.
public struct JuryRanking: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public let dossier: JuryDossier
        /// From 1, after the moves of the jury: the order to follow.
        public let position: Int
        /// The rank that the notes give; those ex æquo share it; nil without a counted sheet.
        public let rank: Int?
        /// Of 1; `scaled(by: 10_000)` are hundredths of points of 100.
        public let score: ExactShare?
        public let tie: JuryTie?
        /// The mean note on each criterion, in the order of the grid; nil where none was given.
        public let means: [ExactShare?]
        public let low: ExactShare?
        public let high: ExactShare?
        /// Two sheets are further apart than the jury said (JURY-15).
        public let isDispersed: Bool
        /// Sheets that count, abstentions left out.
        public let sheets: Int
        public let abstentions: Int
        /// The move that put it here.
        public let move: JuryMove?
        public let advice: JuryAdvice?
        public let adviceWords: String
        public let auditionAt: Instant?

        public var id: Candidacy.ID { dossier.id }
    }

    public let entries: [Entry]
    public let criteria: [JuryCriterion]
    /// The jury signed its minutes: nothing here changes any more.
    public let isSigned: Bool
    /// The second computation found the same ranks from the same notes (JURY-14).
    public let isConfirmed: Bool

    /// The ranking, for those who keep the call or sit, once the session opened the notes. Throws `Denied` before, and for others;
    /// `Missing` when the call is not to be known of or has no jury.
    public static func of(
        _ principal: Principal, _ call: Call.ID, wave: CallWave.ID? = nil, at now: Instant, _ reader: Reader
    ) throws -> JuryRanking {
        try of(try JuryAccess.of(principal, call, wave: wave, reader), at: now, reader)
    }

    public static func of(_ access: JuryAccess, at now: Instant, _ reader: Reader) throws -> JuryRanking {
        let jury = try access.existing()
        guard jury.isRevealed else {
            throw Denied("Les notes sont scellées\u{202F}: le classement se lit quand la séance les a ouvertes.")
        }
        let all = try computed(access.call, jury, at: now, reader)
        guard access.sits, let member = access.member else { return all }
        // A juror reads nothing of what a tie keeps them from, not even its score (JURY-8).
        let readable = try JuryAssignmentStore.readable(
            by: member, isRevealed: true, among: all.entries.map(\.id), reader)
        return JuryRanking(
            entries: all.entries.filter { readable.contains($0.id) }, criteria: all.criteria, isSigned: all.isSigned,
            isConfirmed: all.isConfirmed)
    }

    /// The whole ranking, for what has asked whether it may be read.
    static func computed(_ call: Call, _ jury: Jury, at now: Instant, _ reader: Reader) throws -> JuryRanking {
        let dossiers = try JuryDossier.all(of: call, by: jury, at: now, reader)
        let sheets = Dictionary(grouping: try JurySheetStore.counted(of: jury.id, reader), by: \.candidacy)
        let items = try JuryItemStore.items(of: jury.id, reader)
        let moves = try JuryItemStore.moves(of: jury.id, reader)
        let criteria = jury.settings.criteria
        let judged = dossiers.map { dossier in
            JuryOrder.Dossier(
                id: dossier.id, sheets: (sheets[dossier.id] ?? []).compactMap { $0.counted(on: criteria) })
        }
        let order = JuryOrder(judged, on: criteria)
        let places = Dictionary(order.places.map { ($0.id, $0) }) { first, _ in first }
        let ordered = moved(order.places.map(\.id) + order.unscored, by: moves)
        let known = Dictionary(dossiers.map { ($0.id, $0) }) { first, _ in first }
        let counted = Dictionary(judged.map { ($0.id, $0.sheets) }) { first, _ in first }
        let entries = ordered.enumerated().compactMap { offset, id -> Entry? in
            guard let dossier = known[id] else { return nil }
            let own = counted[id] ?? []
            let range = JuryScore.range(of: own, on: criteria)
            let item = items.first { $0.candidacy == id }
            return Entry(
                dossier: dossier, position: offset + 1, rank: places[id]?.rank, score: places[id]?.score,
                tie: places[id]?.tie, means: criteria.map { JuryScore.mean(on: $0, of: own) }, low: range?.low,
                high: range?.high,
                isDispersed: JuryScore.isDispersed(own, on: criteria, beyond: jury.settings.dispersion),
                sheets: own.count, abstentions: (sheets[id] ?? []).count { $0.isAbstained },
                move: moves.last { $0.candidacy == id }, advice: item?.advice, adviceWords: item?.words ?? "",
                auditionAt: item?.auditionAt)
        }
        return JuryRanking(
            entries: entries, criteria: criteria, isSigned: jury.state == .signed,
            isConfirmed: agrees(order, judged, criteria))
    }

    /// The order of the scores, then each move in the order it was decided.
    static func moved(_ order: [Candidacy.ID], by moves: [JuryMove]) -> [Candidacy.ID] {
        var order = order
        for move in moves {
            guard let place = order.firstIndex(of: move.candidacy) else { continue }
            order.remove(at: place)
            order.insert(move.candidacy, at: min(max(move.position - 1, 0), order.count))
        }
        return order
    }

    /// JURY-14: whether the recount from raw notes finds the same groups in the same order.
    static func agrees(_ order: JuryOrder, _ dossiers: [JuryOrder.Dossier], _ criteria: [JuryCriterion]) -> Bool {
        var jurors: [JuryMember.ID: Int] = [:]
        var notes: [JuryRecount.Note] = []
        for (place, dossier) in dossiers.enumerated() {
            for sheet in dossier.sheets {
                let juror = jurors[sheet.member] ?? jurors.count
                jurors[sheet.member] = juror
                for (rank, criterion) in criteria.enumerated() {
                    guard let note = sheet.notes[criterion.code] else { continue }
                    notes.append(.init(dossier: place, juror: juror, criterion: rank, note: note))
                }
            }
        }
        let groups = JuryRecount.groups(
            dossiers: dossiers.count, grid: criteria.map { ($0.weight, $0.maximum) }, notes: notes)
        let mine = Dictionary(grouping: order.places, by: \.rank).sorted { $0.key < $1.key }.map { $0.value.map(\.id) }
        return mine.map(Set.init) == groups.map { Set($0.map { dossiers[$0].id }) }
    }
}

extension JurySheet {
    /// As it counts: nil for an abstention (JURY-10).
    func counted(on criteria: [JuryCriterion]) -> JuryScore.Sheet? {
        guard state == .locked, !isAbstained else { return nil }
        var given: [String: Int] = [:]
        for criterion in criteria {
            if let note = note(on: criterion.code), note.isConcerned, let value = note.note {
                given[criterion.code] = value
            }
        }
        return JuryScore.Sheet(member: member, notes: given)
    }
}
