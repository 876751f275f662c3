import Storage

/// To whom the letters of a line go: the lead of its candidacy, the managers of its place.
enum FundingLetters {
    static func beneficiaries(of line: FundingLine, _ reader: Reader) throws -> [String] {
        var addresses: [String] = []
        if let id = line.facts.candidacy, let holder = try CandidacyStore.any(id, reader)?.holder,
            let email = try AccountStore.account(holder, reader)?.email
        {
            addresses.append(email.text)
        }
        return addresses
    }
}

extension LetterHead {
    static func fundingPath(_ line: FundingLine.ID) -> String { "/financements/" + line.text }

    func agreementToSign(_ recipient: String, _ agreement: Agreement, _ line: FundingLine) -> Letter {
        letter(
            to: recipient, subject: "Une convention attend votre signature",
            [
                "La convention \(agreement.number) («\u{A0}\(line.facts.object)\u{A0}», \(FundingText.euros(line.fold.granted))) est prête. "
                    + "Relisez sa version \(agreement.version), puis signez-la ici\u{202F}:",
                address(Self.fundingPath(line.id) + "/convention"),
            ])
    }

    func reportReminder(_ recipient: String, _ report: FundingReport, _ line: FundingLine, isLate: Bool) -> Letter {
        letter(
            to: recipient,
            subject: isLate ? "Votre bilan est en retard" : "Un bilan vous sera bientôt demandé",
            [
                "\(report.kind.label) de «\u{A0}\(line.facts.object)\u{A0}», attendu pour le \(DeadlineClock.day(report.dueOn)).",
                isLate ? "Aucun versement qui en dépend ne partira avant qu’il soit accepté." : "",
                address(Self.fundingPath(line.id) + "/bilans"),
            ].filter { !$0.isEmpty })
    }

    func reportReturned(_ recipient: String, _ report: FundingReport, _ line: FundingLine) -> Letter {
        letter(
            to: recipient, subject: "Votre bilan vous est retourné",
            [
                "\(report.kind.label) de «\u{A0}\(line.facts.object)\u{A0}». Motif\u{202F}: \(report.reason)",
                address(Self.fundingPath(line.id) + "/bilans"),
            ])
    }
}
