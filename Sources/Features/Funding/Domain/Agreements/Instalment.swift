import Exchange

/// A payment that an agreement plans: so much, when this happened.
public struct Instalment: Sendable, Equatable {
    public typealias ID = Identifier<Instalment>

    /// What makes it payable.
    public enum Trigger: String, Sendable, CaseIterable {
        case signature
        case date
        case report = "bilan"
        case balance = "solde"

        public var label: String {
            switch self {
            case .signature: "À la signature"
            case .date: "À une date"
            case .report: "Un bilan accepté"
            case .balance: "Solde, sur le bilan final accepté"
            }
        }
    }

    /// What people did of it; that it may be paid is never stored: see `wait`.
    public enum State: String, Sendable, CaseIterable {
        case planned = "prevue"
        case checked = "controlee"
        case ordered = "mandatee"
        case paid = "payee"
        case suspended = "suspendue"
        case cancelled = "annulee"

        public enum Event: String, Sendable, CaseIterable { case check, order, pay, suspend, resume, cancel }

        public func after(_ event: Event) -> State? {
            switch (self, event) {
            case (.planned, .check): .checked
            case (.checked, .order): .ordered
            case (.ordered, .pay): .paid
            case (.planned, .suspend), (.checked, .suspend), (.ordered, .suspend): .suspended
            case (.suspended, .resume): .planned
            case (.planned, .cancel), (.checked, .cancel), (.suspended, .cancel): .cancelled
            default: nil
            }
        }

        public var label: String {
            switch self {
            case .planned: "Prévue"
            case .checked: "Contrôlée"
            case .ordered: "Mandatée"
            case .paid: "Payée"
            case .suspended: "Suspendue"
            case .cancelled: "Annulée"
            }
        }
    }

    public let id: ID
    public let agreement: Agreement.ID
    public let version: Int
    public let rank: Int
    public let label: String
    public let amount: Int
    public let trigger: Trigger
    public let dueOn: CivilDate?
    public var state: State
    /// Why it is suspended.
    public var reason = ""
    public var checkedBy: Account.ID?
    public var bankAccount: BankAccount.ID?
    public var orderedBy: Account.ID?
    public var orderNumber = ""
    public var paidOn: CivilDate?
    public var proof = ""

    /// What it still waits for, in words; nil when it may be paid (FUND-12).
    ///
    /// - Parameter accepted: the kinds of the reports that were accepted.
    public func wait(activatedOn: CivilDate?, accepted: [FundingReport.Kind], today: CivilDate) -> String? {
        guard activatedOn != nil else { return "la convention n’est pas signée" }
        if let dueOn, today < dueOn { return "sa date n’est pas venue" }
        switch trigger {
        case .signature, .date: return nil
        case .report: return accepted.isEmpty ? "aucun bilan n’est accepté" : nil
        case .balance: return accepted.contains(.final) ? nil : "le bilan final n’est pas accepté"
        }
    }
}

/// A line of a schedule as it is written: a share or an amount.
public struct InstalmentPlan: Sendable, Equatable {
    public var label: String
    public var amount: Int
    public var trigger: Instalment.Trigger
    public var dueOn: CivilDate?

    public init(label: String, amount: Int, trigger: Instalment.Trigger, dueOn: CivilDate? = nil) {
        self.label = label
        self.amount = amount
        self.trigger = trigger
        self.dueOn = dueOn
    }
}

/// Money shared without losing a cent.
public enum Apportionment {
    /// Shares an amount by weights: floors first, then a cent each to the largest remainders, the last ones first when they are equal.
    /// The sum is the amount, always; nil when no weight counts or one is negative (FUND-11).
    public static func shares(of amount: Int, weights: [Int]) -> [Int]? {
        guard amount >= 0, weights.allSatisfy({ $0 >= 0 }) else { return nil }
        var total = 0
        for weight in weights {
            let (sum, overflow) = total.addingReportingOverflow(weight)
            guard !overflow else { return nil }
            total = sum
        }
        guard total > 0 else { return nil }
        var shares: [Int] = []
        var rests: [(rest: UInt, index: Int)] = []
        for (index, weight) in weights.enumerated() {
            let product = amount.magnitude.multipliedFullWidth(by: weight.magnitude)
            let (quotient, rest) = total.magnitude.dividingFullWidth(product)
            shares.append(Int(quotient))
            rests.append((rest, index))
        }
        let missing = amount - shares.reduce(0, +)
        let order = rests.sorted { $0.rest == $1.rest ? $0.index > $1.index : $0.rest > $1.rest }
        for place in order.prefix(max(missing, 0)) { shares[place.index] += 1 }
        return shares
    }

    /// What is owed back when only some of the days were used, to the cent, half a cent up.
    public static func unused(of amount: Int, usedDays: Int, allDays: Int) -> Int? {
        guard amount >= 0, allDays > 0, (0...allDays).contains(usedDays) else { return nil }
        let product = amount.magnitude.multipliedFullWidth(by: (allDays - usedDays).magnitude)
        let (quotient, rest) = allDays.magnitude.dividingFullWidth(product)
        return Int(quotient) + (rest * 2 >= allDays.magnitude ? 1 : 0)
    }
}
