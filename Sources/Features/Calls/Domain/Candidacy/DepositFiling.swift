import Exchange
import Storage

/// Writes a deposit and its receipt, the same way whether a person, the program or an agent makes it.
struct DepositFiling {
    let proceeding: Proceeding
    let office: DepositOffice

    private var writer: Writer { proceeding.writer }

    /// The deposit of a key, with the receipt it got then. Refused when the key named another candidacy.
    func known(_ key: DepositKey, for candidacy: Candidacy) throws -> DepositOutcome? {
        guard let deposit = try CandidacyDepositStore.deposit(key: key, writer) else { return nil }
        guard deposit.candidacy == candidacy.id else {
            throw Problems(
                "cle_depot", "Cette clé de dépôt n’est pas celle de cette candidature\u{202F}: rouvrez la vérification."
            )
        }
        return try repeated(deposit, of: candidacy)
    }

    /// The deposit of the version that stands, under one more key: it answers to that key for ever.
    func latest(of candidacy: Candidacy, under key: DepositKey) throws -> DepositOutcome? {
        let deposits = try CandidacyDepositStore.deposits(of: candidacy.id, writer)
        guard let deposit = deposits.first(where: { $0.version == candidacy.version }) else { return nil }
        try CandidacyDepositStore.alias(key, of: deposit, writer)
        return try repeated(deposit, of: candidacy)
    }

    private func repeated(_ deposit: CandidacyDeposit, of candidacy: Candidacy) throws -> DepositOutcome {
        guard let receipt = try ReceiptStore.receipt(of: deposit.id, writer) else { throw Missing() }
        proceeding.concerns(deposit.candidacy)
        proceeding.note("deposit", deposit.id.text)
        proceeding.note("repeated", "yes")
        return DepositOutcome(
            deposit: deposit, receipt: receipt, isRepeated: true, context: DepositContext(deposit, of: candidacy))
    }

    /// Deposits a complete candidacy. Accepted or late by comparison of the arrival with the limit, here and nowhere else (CAND-8).
    func deposit(
        _ dossier: DepositPreparation, key: DepositKey, arrival: Instant, by account: Account.ID?, isConsented: Bool
    ) throws -> DepositOutcome {
        let (candidacy, call) = (dossier.review.candidacy, dossier.review.call)
        guard call.state == .published else {
            throw Problems(
                "", "Cet appel est annulé\u{202F}: il ne reçoit plus de dépôt. Votre brouillon reste lisible.")
        }
        guard let wave = candidacy.targetWave(of: call, at: arrival) else { throw Missing() }
        if let opening = wave.opensAt ?? call.publishedAt, arrival < opening {
            throw Problems("", "Les dépôts ouvrent \(CallWords.moment(opening, wave.civilZone)).")
        }
        return try record(
            Filing(
                candidacy: candidacy, call: call, wave: wave, form: dossier.review.form.id, key: key, arrival: arrival,
                account: account, isConsented: isConsented, snapshot: dossier.snapshot,
                fingerprint: dossier.fingerprint, files: dossier.files))
    }

    struct Filing {
        var candidacy: Candidacy
        var call: Call
        var wave: CallWave
        var form: CallForm.ID
        var key: DepositKey
        var arrival: Instant
        var account: Account.ID?
        var isConsented: Bool
        var snapshot: String
        /// Of the snapshot.
        var fingerprint: Fingerprint
        var files: [Receipt.File]
    }

    /// Writes the deposit, its receipt and the candidacy's new state.
    func record(_ filing: Filing) throws -> DepositOutcome {
        let (call, wave, former) = (filing.call, filing.wave, filing.candidacy)
        let isLate = filing.arrival >= wave.closesAt
        if isLate, !call.settings.deposit.takesLate {
            throw Problems(
                "", "La limite est passée et cet appel n’admet pas de dépôt hors délai. Votre brouillon reste lisible.")
        }
        guard let state = former.state.after(isLate ? .depositLate : .depositOnTime) else {
            throw Problems("", "Une décision a été prise sur votre dépôt hors délai\u{202F}: il ne se remplace plus.")
        }
        guard let rules = try CallRulesStore.printInForce(of: call.id, writer),
            let print = Fingerprint(text: rules.fingerprint)
        else { throw Missing() }
        let deposit = CandidacyDeposit(
            id: proceeding.newIdentifier(), candidacy: former.id, call: call.id, wave: wave.id,
            number: try CandidacyDepositStore.nextNumber(in: call.id, writer), version: former.version,
            key: filing.key.text, arrival: filing.arrival, closesAt: wave.closesAt, depositedBy: filing.account,
            isConsented: filing.isConsented, form: filing.form, rulesVersion: rules.version, snapshot: filing.snapshot,
            digest: filing.fingerprint.text, files: filing.files, recordedAt: proceeding.now)
        let receipt = try sign(deposit, filing, rules: rules.version, print)
        try CandidacyDepositStore.insert(deposit, writer)
        try CandidacyFileStore.freeze(deposit, writer)
        try ReceiptStore.insert(receipt, id: proceeding.newIdentifier(), of: deposit, writer)
        var candidacy = former
        candidacy.state = state
        candidacy.wave = wave.id
        candidacy.depositedVersion = former.version
        candidacy.withdrawnAt = nil
        candidacy.withdrawReason = ""
        candidacy.updatedAt = proceeding.now
        try CandidacyStore.updateStanding(candidacy, writer)
        proceeding.about(former.id)
        proceeding.note("deposit", deposit.id.text)
        proceeding.note("number", String(deposit.number))
        proceeding.note("verdict", deposit.verdict.rawValue)
        proceeding.note("sha256", deposit.digest)
        proceeding.note("receipt", receipt.fingerprint.text)
        for seal in try SaveSeal.standing(of: former.id, writer) { proceeding.note("seal", seal) }
        return DepositOutcome(
            deposit: deposit, receipt: receipt, isRepeated: false, context: DepositContext(deposit, of: candidacy))
    }

    private func sign(
        _ deposit: CandidacyDeposit, _ filing: Filing, rules: Int, _ rulesPrint: Fingerprint
    ) throws -> SignedReceipt {
        let (call, wave, candidacy) = (filing.call, filing.wave, filing.candidacy)
        let name = try filing.account.flatMap { try AccountStore.account($0, writer)?.name } ?? candidacy.depositor
        var receipt = Receipt(
            id: deposit.id.text, number: deposit.number, network: office.head.networkName, address: office.head.baseURL,
            call: Receipt.Call(
                slug: call.slug, title: call.title, rulesVersion: rules, rulesFingerprint: rulesPrint,
                wave: wave.label.isEmpty ? nil : wave.label),
            candidacy: candidacy.id.text, version: candidacy.version, depositor: name,
            structure: candidacy.structure.isEmpty ? nil : candidacy.structure, arrival: deposit.arrival,
            deadline: wave.deadline, zone: wave.civilZone, files: deposit.files,
            answersFingerprint: filing.fingerprint, issuedAt: proceeding.now)
        receipt.channel = candidacy.channel
        receipt.previousHead = try ReceiptHeadStore.latest(1, writer).first?.fingerprint
        let (identity, silence) = (call.settings.identity, call.settings.deposit.silence)
        if !silence.isEmpty {
            receipt.legal = LegalMentions(
                service: identity.service.isEmpty ? identity.organiser : identity.service,
                postalAddress: identity.serviceAddress, email: identity.email, phone: identity.phone, silence: silence)
        }
        return try office.keys.sign(receipt)
    }
}
