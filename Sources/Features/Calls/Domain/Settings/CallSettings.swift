/// Everything that is decided of a call before candidacies come, section by section. The règlement is generated from it.
public struct CallSettings: Sendable, Equatable {
    public var identity: CallIdentity
    public var presentation = CallPresentation()
    public var territory = CallTerritory()
    public var calendar = CallCalendar()
    public var envelope = CallEnvelope()
    public var conditions: [EligibilityCondition] = []
    public var attachments: [CallAttachment] = []
    public var criteria: [CallCriterion] = []
    public var committee: [CallJuror] = []
    public var deposit = CallDeposit()

    public init(identity: CallIdentity) {
        self.identity = identity
    }

    public var waves: [CallWave] { calendar.waves }

    /// What a candidate is checked on, in the order of the règlement: the territory first, then the conditions.
    public var allConditions: [EligibilityCondition] {
        (territory.areas.isEmpty ? [] : [territory.condition]) + conditions
    }

    /// The stages of maturity the call admits, nil when it says nothing of them.
    public var maturities: [String]? {
        conditions.lazy.compactMap { condition -> [String]? in
            if case .maturity(let codes) = condition.predicate { codes } else { nil }
        }.first
    }

    /// The legal forms the call admits, nil when it says nothing of them.
    public var legalForms: [String]? {
        conditions.lazy.compactMap { condition -> [String]? in
            if case .legalForm(let codes) = condition.predicate { codes } else { nil }
        }.first
    }
}

/// What the call is and who answers for it. The contact is public and printed on each receipt (R112-11-1 of the code
/// des relations entre le public et l'administration).
public struct CallIdentity: Sendable, Equatable {
    public var title: String
    public var nature: CallNature
    public var organiser: String
    /// The service that receives and instructs.
    public var service: String
    public var serviceAddress: String
    public var email: String
    public var phone: String
    /// One or two sentences for lists.
    public var summary: String

    public init(
        title: String, nature: CallNature, organiser: String = "", service: String = "", serviceAddress: String = "",
        email: String = "", phone: String = "", summary: String = ""
    ) {
        self.title = title
        self.nature = nature
        self.organiser = organiser
        self.service = service
        self.serviceAddress = serviceAddress
        self.email = email
        self.phone = phone
        self.summary = summary
    }
}

/// The texts of a call: paragraphs in plain text, each an article of the règlement when it is not empty.
public struct CallPresentation: Sendable, Equatable {
    public var context = ""
    public var objectives = ""
    public var definitions = ""
    public var exclusions = ""
    public var payment = ""
    public var provisions = ""
    /// Codes of `ReferenceList.sectors`.
    public var sectors: [String] = []

    public init() {}
}

/// How candidacies come in, and what the receipt says.
public struct CallDeposit: Sendable, Equatable {
    public var isOnline = true
    public var isByEmail = false
    public var isByPost = false
    /// Late candidacies are kept and shown as late, for a written decision; otherwise they are refused by the règlement.
    public var takesLate = true
    /// Several structures may apply together behind one.
    public var isConsortium = false
    /// Nobody of the organiser reads what was deposited, not even who deposited, before it is opened after the limit (CAND-36).
    public var isSealed = false
    /// What the administration's silence means, when it must be said (R112-11-1); empty otherwise.
    public var silence = ""

    public init() {}
}

/// The money and the time. Amounts in cents, rates in basis points (8,000 is 80 %).
public struct CallEnvelope: Sendable, Equatable {
    public var floor: Int?
    public var ceiling: Int?
    public var envelope: Int?
    public var months: Int?
    /// The most the organiser pays of the eligible expenses.
    public var aidRate: Int?
    /// The most that all public aids together may reach.
    public var publicAidRate: Int?
    /// The number of projects expected to be chosen.
    public var winners: Int?
    public var remark = ""

    public init() {}
}

/// A document asked for.
public struct CallAttachment: Sendable, Equatable {
    /// Stable within the call: `statuts`, `rib`…
    public var code: String
    public var label: String
    public var isRequired: Bool
    /// In words: « si la structure est une association ».
    public var requiredIf: String
    /// Extensions accepted: `pdf`, `odt`, `docx`, `xlsx`, `jpg`, `png`…
    public var kinds: [String]

    public init(
        _ code: String, _ label: String, isRequired: Bool = true, requiredIf: String = "", kinds: [String] = ["pdf"]
    ) {
        self.code = code
        self.label = label
        self.isRequired = isRequired
        self.requiredIf = requiredIf
        self.kinds = kinds
    }

    /// The kinds of file that may be asked for.
    public static let allKinds = ["pdf", "odt", "docx", "ods", "xlsx", "jpg", "png", "zip"]
}

/// What candidacies are judged on.
public struct CallCriterion: Sendable, Equatable {
    public var code: String
    public var label: String
    public var guide: String
    /// Its share among the sum of weights.
    public var weight: Int
    /// The highest mark.
    public var maximum: Int

    public init(_ code: String, _ label: String, guide: String = "", weight: Int, maximum: Int = 5) {
        self.code = code
        self.label = label
        self.guide = guide
        self.weight = weight
        self.maximum = maximum
    }
}

/// A seat of the committee: a body and what it does there. Never a person's name.
public struct CallJuror: Sendable, Equatable {
    public var body: String
    public var role: String

    public init(_ body: String, role: String = "") {
        self.body = body
        self.role = role
    }
}
