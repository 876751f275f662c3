import Forms
import Storage

/// One dossier as a juror reads it: what was deposited, their own sheet, and the sheets of others when they may be read.
public struct JudgedDossier: Sendable {
    public let access: JuryAccess
    public let jury: Jury
    public let dossier: JuryDossier
    public let deposit: CandidacyDeposit
    /// Nil for what came on paper.
    public let content: DepositedDossier?
    /// What the candidate sent since, asked for by the instruction, in the order it came; what was deposited stays (JURY-20).
    public let complements: [PiecesRequest]
    /// The reader's own sheet; nil before the first save.
    public let own: JurySheet?
    /// Those of others that the reader may see now (JURY-7).
    public let others: [JurySheet]
    public let names: [JuryMember.ID: String]
    public let seats: [JuryMember]
    /// The dossiers of the reader before and after this one.
    public let previous: JuryDossier?
    public let next: JuryDossier?

    /// Whether the reader notes this dossier: assigned to them, and not yet open to all.
    public let isAssigned: Bool

    /// Throws `Missing` alike for what a tie keeps the reader from, what is not theirs to read and what is not there;
    /// for those who keep the call without a seat, `Denied` until the session opens the notes.
    public static func open(
        _ access: JuryAccess, _ id: Candidacy.ID, at now: Instant, shelf: CandidacyFormShelf, _ reader: Reader
    ) throws -> JudgedDossier {
        let jury = try access.existing()
        let all = try access.dossiers(at: now, reader)
        guard let dossier = all.first(where: { $0.id == id }), jury.state != .preparing else { throw Missing() }
        let seat = access.sits ? access.member : nil
        var readable = Set(all.map(\.id))
        if let seat {
            readable = try JuryAssignmentStore.readable(
                by: seat, isRevealed: jury.isRevealed, among: all.map(\.id), reader)
        } else if !jury.isRevealed {
            throw Denied("Les fiches sont scellées\u{202F}: elles se lisent quand la séance les a ouvertes.")
        }
        guard readable.contains(id), let candidacy = try CandidacyStore.any(id, reader) else { throw Missing() }
        let deposits = try CandidacyDepositStore.deposits(of: id, reader)
        guard let counting = deposits.first(where: { $0.verdict == .onTime }) ?? deposits.first else { throw Missing() }
        let sheets = try JurySheetStore.sheets(access.principal, on: id, reader)
        let seats = try JuryMemberStore.members(of: jury.id, reader)
        let names = try AccountStore.names(seats.compactMap(\.account), reader)
        let mine = all.filter { readable.contains($0.id) }
        let place = mine.firstIndex { $0.id == id } ?? 0
        let assigned = try JuryAssignmentStore.readings(of: jury.id, reader)
        return JudgedDossier(
            access: access, jury: jury, dossier: dossier, deposit: counting,
            content: try DepositedDossier.read(counting, of: candidacy, shelf: shelf, reader),
            complements: try PiecesRequestStore.requests(of: id, reader).filter { $0.state == .answered }
                .sorted { ($0.answeredAt ?? $0.askedAt, $0.id) < ($1.answeredAt ?? $1.askedAt, $1.id) },
            own: seat.flatMap { seat in sheets.first { $0.member == seat.id } },
            others: sheets.filter { $0.member != seat?.id },
            names: Dictionary(seats.map { ($0.id, $0.account.flatMap { names[$0] } ?? "Une personne partie") }) {
                first, _ in first
            }, seats: seats, previous: place > 0 ? mine[place - 1] : nil,
            next: place + 1 < mine.count ? mine[place + 1] : nil,
            isAssigned: assigned.contains { $0.member == seat?.id && $0.candidacy == id })
    }

    /// Whether the reader may still write their sheet.
    public var mayWrite: Bool {
        guard access.sits, own?.state != .locked else { return false }
        guard let revealed = jury.revealedAt else { return jury.state == .reading && isAssigned }
        return jury.state == .session && own?.reopenedAt.map { $0 >= revealed } == true
    }

    /// A document of the deposit that counts or of an answer that was sent since, for who may open the dossier.
    public func file(_ file: CandidacyFile.ID, _ reader: Reader) throws -> CandidacyFile {
        guard let found = try StandingFiles.file(file, of: dossier.id, deposit.id, reader) else { throw Missing() }
        return found
    }
}

/// What the page of a jury shows to one person: the same number of statements for one dossier as for a thousand.
public struct JuryBoard: Sendable {
    public let access: JuryAccess
    /// Nil while there is none.
    public let jury: Jury?
    public let members: [JuryMember]
    public let names: [Account.ID: String]
    public let dossiers: [JuryDossier]
    public let readings: [JuryReading]
    public let progress: [SheetProgress]
    /// All for those who settle them, one's own for a plain member.
    public let conflicts: [JuryConflict]
    /// The dossiers that the reader may open; all of them for those who keep the call without a seat.
    public let readable: Set<Candidacy.ID>
    public let items: [JuryItem]

    public static func of(_ access: JuryAccess, at now: Instant, _ reader: Reader) throws -> JuryBoard {
        guard let jury = access.jury else {
            return JuryBoard(
                access: access, jury: nil, members: [], names: [:], dossiers: [], readings: [], progress: [],
                conflicts: [], readable: [], items: [])
        }
        let members = try JuryMemberStore.members(of: jury.id, reader)
        let dossiers = try access.dossiers(at: now, reader)
        let seat = access.sits ? access.member : nil
        let all = try JuryConflictStore.conflicts(of: jury.id, reader)
        let progress = try JurySheetStore.progress(of: jury.id, reader)
        let readings = try JuryAssignmentStore.readings(of: jury.id, reader)
        let isLeading = access.keeps || access.chairs
        return JuryBoard(
            access: access, jury: jury, members: members,
            names: try AccountStore.names(members.compactMap(\.account), reader), dossiers: dossiers,
            readings: isLeading ? readings : readings.filter { $0.member == seat?.id },
            progress: isLeading ? progress : progress.filter { $0.member == seat?.id },
            conflicts: isLeading ? all : all.filter { $0.member == seat?.id },
            readable: try seat.map {
                try JuryAssignmentStore.readable(
                    by: $0, isRevealed: jury.isRevealed, among: dossiers.map(\.id), reader)
            } ?? Set(dossiers.map(\.id)), items: try JuryItemStore.items(of: jury.id, reader))
    }

    /// How a member is called, with whom they sit for.
    public func name(of member: JuryMember) -> String {
        let name = member.account.flatMap { names[$0] } ?? member.email
        return member.body.isEmpty ? name : "\(name) (\(member.body))"
    }

    public func name(of id: JuryMember.ID) -> String {
        members.first { $0.id == id }.map(name) ?? "Une personne partie"
    }

    public func dossier(_ id: Candidacy.ID) -> JuryDossier? { dossiers.first { $0.id == id } }

    public func state(of member: JuryMember.ID, on candidacy: Candidacy.ID) -> SheetState? {
        progress.first { $0.member == member && $0.candidacy == candidacy }?.state
    }
}

/// A jury in which somebody sits, for the list of what they have to do.
public struct OwnJury: Sendable {
    public let call: Call
    public let jury: Jury
    public let role: JuryMember.Role
    /// Sheets that wait for them.
    public let waiting: Int

    /// Those that are not signed: the same number of statements for one as for ten.
    public static func all(_ principal: Principal, _ reader: Reader) throws -> [OwnJury] {
        guard let account = principal.account else { return [] }
        let seats = try JuryMemberStore.all(of: account, reader).filter(\.sits)
        guard !seats.isEmpty else { return [] }
        let juries = try JuryStore.juries(seats.map(\.jury), reader)
        let calls = try CallStore.calls(
            "call.id IN \(list: Set(juries.map(\.call.number)).sorted())", order: "call.id", limit: 200, reader)
        var waiting: [JuryMember.ID: Int] = [:]
        try reader.each(
            """
            SELECT jury_assignment.member_id, COUNT(*)
            FROM jury_assignment
            WHERE jury_assignment.member_id IN \(list: seats.map(\.id.number))
                AND jury_assignment.ended_at IS NULL
                AND NOT EXISTS (
                    SELECT 1
                    FROM jury_sheet
                    WHERE jury_sheet.member_id = jury_assignment.member_id
                        AND jury_sheet.candidacy_id = jury_assignment.candidacy_id
                        AND jury_sheet.state = 'definitive')
            GROUP BY jury_assignment.member_id
            ORDER BY jury_assignment.member_id
            """
        ) { row in
            waiting[JuryMember.ID(try row.int(0))] = Int(try row.int(1))
            return true
        }
        return seats.compactMap { seat in
            guard let jury = juries.first(where: { $0.id == seat.jury }), jury.state != .signed,
                let call = calls.first(where: { $0.id == jury.call })
            else { return nil }
            return OwnJury(
                call: call, jury: jury, role: seat.role, waiting: jury.state == .reading ? waiting[seat.id] ?? 0 : 0)
        }
    }
}
