import Exchange

/// Writes a version of the agreement of a line: the first, another before it is in force, or an amendment after. What was signed of
/// a version not in force is void; the version in force stays so until both have signed the new one (FUND-10).
public struct WriteAgreement: Act {
    public static let right =
        "La coordination, les agents du financeur et l’équipe de l’appel dont la ligne relève."

    public let line: FundingLine.ID
    /// What the page was read in; 0 for the first version.
    public let edition: Int
    /// Given once, with the first version.
    public let number: String
    public let amount: Int
    public let startsOn: CivilDate
    public let months: Int
    public let articles: [AgreementArticle: String]
    /// What is still to be paid, in order.
    public let schedule: [InstalmentPlan]
    /// Why, once a version is in force.
    public let reason: String

    public init(
        line: FundingLine.ID, edition: Int = 0, number: String = "", amount: Int, startsOn: CivilDate, months: Int,
        articles: [AgreementArticle: String], schedule: [InstalmentPlan], reason: String = ""
    ) {
        self.line = line
        self.edition = edition
        self.number = number
        self.amount = amount
        self.startsOn = startsOn
        self.months = months
        self.articles = articles
        self.schedule = schedule
        self.reason = reason
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try FundingEditing(proceeding: proceeding).kept(line)
    }

    public func perform(_ proceeding: Proceeding) throws -> Agreement {
        let editing = AgreementEditing(proceeding: proceeding)
        let writer = proceeding.writer
        let financed = try editing.funding.kept(line)
        let known = try AgreementStore.agreement(of: line, writer)
        guard known?.edition ?? 0 == edition else { throw Conflict(current: known?.edition ?? 0) }
        var problems = Problems()
        let plan = checked(financed, known, &problems)
        let texts = checkedArticles(&problems)
        let why = FundingText.line(reason, "motif", limit: 500, &problems)
        if let known, known.activeVersion > 0, why.isEmpty {
            problems.add("motif", "Dites pourquoi la convention change\u{202F}: l’avenant le rappelle.")
        }
        let name = known?.number ?? FundingText.line(number, "numero", limit: 60, &problems)
        if name.isEmpty { problems.add("numero", "Donnez un numéro à la convention.") }
        if known == nil, try AgreementStore.isTaken(name, writer) {
            problems.add("numero", "Une autre convention porte ce numéro.")
        }
        if let known {
            let ordered = try InstalmentStore.instalments(of: known.id, writer).contains { $0.state == .ordered }
            if ordered {
                problems.add("", "Une échéance est mandatée\u{202F}: l’avenant attend son paiement ou sa suspension.")
            }
        }
        try problems.throwIfAny()
        return try write(
            financed, known, number: name, plan, texts, why, editing)
    }

    private func checked(
        _ financed: FundingLine, _ known: Agreement?, _ problems: inout Problems
    ) -> [InstalmentPlan] {
        if let known, known.state.after(.write) == nil {
            problems.add("", "Cette convention est «\u{A0}\(known.state.label)\u{A0}»\u{202F}: elle ne change plus.")
        }
        if known == nil, financed.state != .granted {
            problems.add("", "Une convention se rédige quand l’aide est accordée et que rien n’en est versé.")
        }
        if !(1...120).contains(months) { problems.add("duree", "La durée va de 1 à 120 mois.") }
        if !(1...FundingFold.most).contains(amount) { problems.add("montant", "Ce montant n’est pas possible.") }
        if known?.activeVersion ?? 0 == 0, amount != financed.fold.granted {
            problems.add(
                "montant",
                "L’aide accordée est de \(FundingText.euros(financed.fold.granted))\u{202F}: la convention porte ce montant."
            )
        }
        if amount < financed.fold.paid {
            problems.add("montant", "Il a déjà été versé \(FundingText.euros(financed.fold.paid)).")
        }
        if schedule.count > 60 { problems.add("echeances", "L’échéancier compte plus de 60 échéances.") }
        var plan: [InstalmentPlan] = []
        var sum = 0
        for instalment in schedule.prefix(60) {
            var clean = instalment
            clean.label = FundingText.line(instalment.label, "echeances", limit: 120, &problems)
            if clean.label.isEmpty {
                problems.add("echeances", "Nommez chaque échéance\u{202F}: avance, acompte, solde…")
            }
            if !(1...FundingFold.most).contains(clean.amount) {
                problems.add("echeances", "Chaque échéance a un montant d’au moins un centime.")
            } else {
                sum += clean.amount
            }
            if clean.trigger == .date, clean.dueOn == nil {
                problems.add("echeances", "Donnez la date de «\u{A0}\(clean.label)\u{A0}».")
            }
            plan.append(clean)
        }
        let left = amount - financed.fold.paid
        if problems.isEmpty, sum != left {
            let gap = FundingText.euros(abs(sum - left))
            problems.add(
                "echeances",
                "Les échéances font \(FundingText.euros(sum)), il reste \(FundingText.euros(left)) à verser\u{202F}: "
                    + (sum > left ? "\(gap) de trop." : "il manque \(gap)."))
        }
        return plan
    }

    private func checkedArticles(_ problems: inout Problems) -> [AgreementArticle: String] {
        var texts: [AgreementArticle: String] = [:]
        for (article, text) in articles {
            texts[article] = FundingText.long(text, "article-" + article.rawValue, &problems)
        }
        return texts
    }

    private func write(
        _ financed: FundingLine, _ known: Agreement?, number name: String, _ plan: [InstalmentPlan],
        _ texts: [AgreementArticle: String], _ why: String, _ editing: AgreementEditing
    ) throws -> Agreement {
        let (proceeding, writer) = (editing.proceeding, editing.proceeding.writer)
        var agreement =
            known
            ?? Agreement(
                id: proceeding.newIdentifier(), line: line, number: name, state: .draft, version: 0, activeVersion: 0,
                activatedOn: nil, endedOn: nil, endReason: "", edition: 1)
        agreement.version += 1
        agreement.state = .draft
        let version = AgreementVersion(
            number: agreement.version, amount: amount, startsOn: startsOn, months: months, articles: texts, reason: why,
            fingerprint: AgreementVersion.fingerprint(
                agreement: agreement.number, number: agreement.version, amount: amount, startsOn: startsOn,
                months: months, articles: texts, schedule: plan), writtenAt: proceeding.now)
        if known == nil {
            try AgreementStore.insert(agreement, by: proceeding.principal.account, at: proceeding.now, writer)
        } else {
            try AgreementStore.update(agreement, at: edition, writer)
            agreement.edition += 1
        }
        try AgreementStore.insert(version, of: agreement.id, by: proceeding.principal.account, writer)
        for (index, instalment) in plan.enumerated() {
            try InstalmentStore.insert(
                Instalment(
                    id: proceeding.newIdentifier(), agreement: agreement.id, version: version.number, rank: index + 1,
                    label: instalment.label, amount: instalment.amount, trigger: instalment.trigger,
                    dueOn: instalment.dueOn, state: .planned), writer)
        }
        try editing.funding.tell(
            agreement.activeVersion > 0 ? "projet_avenant" : "redaction", amount: amount,
            words: "\(agreement.number), version \(version.number)", of: financed)
        return agreement
    }
}
