import Exchange

/// Signs one named version of an agreement, for one side. The second signature puts it in force, with its schedule; the funder
/// signs after the beneficiary, and nobody signs for both (FUND-10).
public struct SignAgreement: Act {
    public static let right =
        "Pour le bénéficiaire, qui porte la candidature ou répond du lieu ; pour le financeur, qui tient la ligne."

    public let agreement: Agreement.ID
    /// The version that was read.
    public let version: Int
    public let side: AgreementSide
    /// « Présidente », « directeur général des services »…
    public let quality: String

    public init(agreement: Agreement.ID, version: Int, side: AgreementSide, quality: String) {
        self.agreement = agreement
        self.version = version
        self.side = side
        self.quality = quality
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = AgreementEditing(proceeding: proceeding)
        let (_, line, ties) = try editing.shared(agreement)
        let principal = proceeding.principal
        let may =
            side == .funder
            ? FundingRights.mayKeep(principal, ties) : FundingRights.benefits(principal, ties, line.state)
        guard may else { throw Denied("Vous ne pouvez pas signer pour cette partie.") }
        _ = try editing.person()
    }

    public func perform(_ proceeding: Proceeding) throws -> Agreement {
        let editing = AgreementEditing(proceeding: proceeding)
        let writer = proceeding.writer
        let account = try editing.person()
        var (found, line, _) = try editing.shared(agreement)
        guard version == found.version else {
            throw Problems(
                "version",
                "Vous avez lu la version \(version)\u{202F}; la version \(found.version) a été écrite depuis, et c’est elle qui se "
                    + "signe. Relisez-la avant de signer.")
        }
        guard let next = found.state.after(side == .beneficiary ? .signAsBeneficiary : .signAsFunder) else {
            throw Problems(
                "",
                "Cette convention est «\u{A0}\(found.state.label)\u{A0}»\u{202F}: cette signature n’est pas attendue.")
        }
        var problems = Problems()
        let capacity = FundingText.line(quality, "qualite", limit: 120, &problems)
        if capacity.isEmpty { problems.add("qualite", "Dites en quelle qualité vous signez.") }
        let others = try AgreementStore.signatures(of: agreement, writer).filter { $0.version == version }
        if others.contains(where: { $0.account == account }) {
            problems.add(
                "", "Vous avez déjà signé pour l’autre partie\u{202F}: une autre personne doit signer pour celle-ci.")
        }
        try problems.throwIfAny()
        let text = try editing.version(found)
        try AgreementStore.sign(
            AgreementSignature(
                version: version, side: side, account: account, quality: capacity, fingerprint: text.fingerprint,
                signedAt: proceeding.now), of: agreement, writer)
        let edition = found.edition
        found.state = next
        line = try editing.funding.tell(
            "signature", words: "\(side.label.lowercasedFirst), version \(version)", of: line)
        if next == .active { try activate(&found, line, text, editing) }
        try AgreementStore.update(found, at: edition, writer)
        found.edition += 1
        return found
    }

    private func activate(
        _ found: inout Agreement, _ financed: FundingLine, _ text: AgreementVersion, _ editing: AgreementEditing
    ) throws {
        let (proceeding, writer) = (editing.proceeding, editing.proceeding.writer)
        let all = try InstalmentStore.instalments(of: found.id, writer)
        let planned = all.filter { $0.version == version }.reduce(0) { $0 + $1.amount }
        guard planned == text.amount - financed.fold.paid else {
            throw Problems(
                "version",
                "Un versement a été fait depuis que l’échéancier a été écrit\u{202F}: réécrivez-le avant de signer.")
        }
        for var instalment in all where instalment.version != version {
            guard instalment.state != .ordered else {
                throw Problems(
                    "", "Une échéance est mandatée\u{202F}: la signature attend son paiement ou sa suspension.")
            }
            let former = instalment.state
            guard let next = former.after(.cancel) else { continue }
            instalment.state = next
            try InstalmentStore.update(instalment, from: former, at: proceeding.now, writer)
        }
        if found.activeVersion == 0 {
            _ = try editing.funding.take(.agree, on: editing.today, words: found.number, of: financed)
            found.activatedOn = editing.today
        } else if text.amount != financed.fold.granted {
            _ = try editing.funding.take(
                .amend, amount: text.amount, on: editing.today, words: "avenant, version \(version)", of: financed)
        }
        found.activeVersion = version
        try FundingReportStore.expectFinal(
            of: found.id, by: AgreementDays.later(text.endsOn, months: 6), id: proceeding.newIdentifier(), writer)
    }
}
