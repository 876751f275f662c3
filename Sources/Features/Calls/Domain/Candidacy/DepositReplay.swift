import Exchange
import Forms
import Storage

/// A deposit of the journal as rows again. What the entry does not say itself comes from the candidacy, when it is still there.
struct DepositReplay {
    let entry: DepositEntry
    let signed: SignedReceipt
    /// The candidacy as the database has it; nil when it is lost with its deposits.
    let former: Candidacy?
    private let proceeding: Proceeding
    private let call: Call
    private let wave: CallWave
    private let snapshot: JSONValue

    private var receipt: Receipt { signed.receipt }
    private var reader: Reader { proceeding.writer }

    /// Throws `DepositAside` when the database lacks what the deposit stands on.
    init(entry: DepositEntry, signed: SignedReceipt, _ proceeding: Proceeding) throws {
        let (reader, receipt, context) = (proceeding.writer, signed.receipt, entry.context)
        guard let id = Candidacy.ID(text: receipt.candidacy),
            let snapshot = try? JSONValue.parse(entry.snapshot), let limit = receipt.limit
        else { throw DepositAside(entry, .altered("no candidacy, no limit or no answers")) }
        let former = try CandidacyStore.any(id, reader)
        let callID = context.flatMap { Call.ID(text: $0.call) } ?? former?.call
        guard let callID, let call = try CallStore.any(callID, reader), call.slug == receipt.call.slug else {
            throw DepositAside(entry, .missing("call \(receipt.call.slug)"))
        }
        if let former, former.call != call.id { throw DepositAside(entry, .altered("another call's candidacy")) }
        let named = context.flatMap { CallWave.ID(text: $0.wave) }.flatMap(call.wave)
        let alike = call.settings.calendar.waves.filter { $0.label == receipt.call.wave ?? "" }
        let nearest = alike.first { $0.closesAt == limit.instant } ?? former.flatMap { call.wave($0.wave) }
        guard let wave = named ?? nearest else {
            throw DepositAside(entry, .missing("limit \(limit.words) of call \(call.slug)"))
        }
        self.entry = entry
        self.signed = signed
        self.former = former
        self.proceeding = proceeding
        self.call = call
        self.wave = wave
        self.snapshot = snapshot
    }

    func deposit() throws -> CandidacyDeposit {
        guard let id = CandidacyDeposit.ID(text: receipt.id), let limit = receipt.limit,
            let candidacy = Candidacy.ID(text: receipt.candidacy)
        else { throw DepositAside(entry, .altered("no identifier")) }
        guard try CandidacyDepositStore.any(id, reader) == nil,
            try !CandidacyDepositStore.isTaken(receipt.number, in: call.id, reader)
        else { throw DepositAside(entry, .numberTaken) }
        guard try CallRulesStore.rules(of: call.id, version: receipt.call.rulesVersion, reader) != nil else {
            throw DepositAside(entry, .missing("version \(receipt.call.rulesVersion) of the rules of \(call.slug)"))
        }
        let text = String(decoding: entry.snapshot, as: UTF8.self)
        return CandidacyDeposit(
            id: id, candidacy: candidacy, call: call.id, wave: wave.id, number: receipt.number,
            version: receipt.version,
            key: entry.key, arrival: receipt.arrival, closesAt: limit.instant, depositedBy: try depositor(),
            isConsented: entry.context?.isConsented ?? entry.key.hasPrefix("consent."), form: try form().id,
            rulesVersion: receipt.call.rulesVersion, snapshot: text, digest: RulesText.fingerprint(text),
            files: receipt.files, recordedAt: receipt.issuedAt)
    }

    /// The candidacy after the deposit: as it is, with the deposited answers when its draft is older, or made again.
    func candidacy(with deposit: CandidacyDeposit) throws -> Candidacy {
        var candidacy = try former ?? begun()
        if candidacy.version < deposit.version || former == nil {
            candidacy.answers = try CandidacySnapshot.answers(in: deposit.snapshot)
            candidacy.title = snapshot["title"]?.string ?? candidacy.title
            candidacy.structure = snapshot["structure"]?.string ?? candidacy.structure
            candidacy.siret = snapshot["siret"]?.string ?? candidacy.siret
            candidacy.form = deposit.form
            candidacy.version = deposit.version
        }
        candidacy.depositedVersion = max(candidacy.depositedVersion, deposit.version)
        candidacy.updatedAt = max(candidacy.updatedAt, deposit.recordedAt)
        // What was decided after it stands: a withdrawal, a decision on a late deposit.
        if let withdrawn = candidacy.withdrawnAt, withdrawn >= deposit.recordedAt { return candidacy }
        if let state = candidacy.state.after(deposit.verdict == .late ? .depositLate : .depositOnTime) {
            candidacy.state = state
            candidacy.wave = deposit.wave
            candidacy.withdrawnAt = nil
            candidacy.withdrawReason = ""
        }
        return candidacy
    }

    private func begun() throws -> Candidacy {
        guard let id = Candidacy.ID(text: receipt.candidacy) else {
            throw DepositAside(entry, .altered("no candidacy"))
        }
        let holder = entry.context?.holder.flatMap { Account.ID(text: $0) }
        let isKnown = try holder.map { try AccountStore.account($0, reader) != nil } ?? false
        guard receipt.channel != .online || isKnown else { throw DepositAside(entry, .noHolder) }
        let place = try entry.context?.place.flatMap { Place.ID(text: $0) }
            .flatMap { try PlaceStore.place(.house, $0, reader)?.id }
        let start = entry.context.map { Instant(microseconds: Int64($0.startedAt)) } ?? receipt.issuedAt
        return Candidacy(
            id: id, call: call.id, wave: wave.id, form: try form().id,
            maturity: entry.context?.maturity ?? snapshot["maturity"]?.string ?? "", place: place, title: "",
            structure: receipt.structure ?? "", siret: "", channel: receipt.channel,
            holder: receipt.channel == .online ? holder : nil,
            depositor: receipt.channel == .online ? "" : receipt.depositor, state: .draft, version: receipt.version,
            depositedVersion: 0, answers: Answers(), consentedAt: nil, createdAt: start, updatedAt: start,
            withdrawnAt: nil, withdrawReason: "", decision: nil)
    }

    /// The partners of the snapshot, for a candidacy that is made again: their parts and commitments. The people who answered for
    /// them are to be invited again.
    func restorePartners(_ writer: Writer) throws {
        guard let candidacy = Candidacy.ID(text: receipt.candidacy) else { return }
        for item in snapshot["partners"]?.array ?? [] {
            guard let id = item["id"]?.string.flatMap({ CandidacyPartner.ID(text: $0) }),
                let name = item["name"]?.string, !name.isEmpty, try CandidacyPartnerStore.any(id, writer) == nil,
                let state = item["state"]?.string.flatMap(CandidacyPartner.State.init(rawValue:)), state != .left
            else { continue }
            let answers = try item["answers"].map { try Answers(document: JSONWriter.bytes(of: $0)) } ?? Answers()
            var partner = CandidacyPartner(
                id: id, candidacy: candidacy, name: name, state: .invited, version: 1, answers: answers)
            try CandidacyPartnerStore.insert(partner, writer)
            partner.state = state
            partner.committedAt = state == .committed ? receipt.arrival : nil
            try CandidacyPartnerStore.update(partner, at: 1, writer)
        }
    }

    private func form() throws -> CallForm {
        let named = (entry.context?.form ?? snapshot["form"]?["id"]?.string).flatMap { CallForm.ID(text: $0) }
        guard let id = named ?? former?.form, let form = try CallFormStore.form(id, reader) else {
            throw DepositAside(entry, .missing("form that it answers"))
        }
        return form
    }

    /// Who deposited, when their account is there; entries of version 1 do not say, and only the lead deposits.
    private func depositor() throws -> Account.ID? {
        guard receipt.channel == .online else { return nil }
        let named = entry.context.map { $0.account.flatMap { Account.ID(text: $0) } } ?? former?.holder
        guard let named, try AccountStore.account(named, reader) != nil else { return nil }
        return named
    }
}
