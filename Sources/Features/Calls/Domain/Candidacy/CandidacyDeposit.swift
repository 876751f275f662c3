/// One deposit of a candidacy: evidence, written once and never changed.
public struct CandidacyDeposit: Sendable, Equatable {
    public typealias ID = Identifier<CandidacyDeposit>

    public enum Verdict: String, Sendable, CaseIterable {
        case onTime = "on_time"
        case late

        public var label: String {
            switch self {
            case .onTime: "Dans les délais"
            case .late: "Hors délai"
            }
        }
    }

    public let id: ID
    public let candidacy: Candidacy.ID
    public let call: Call.ID
    public let wave: CallWave.ID
    /// Within the call, without gaps, from 1.
    public let number: Int
    /// The version of the draft that was deposited.
    public let version: Int
    public let key: String
    /// When the last byte of the request had been read.
    public let arrival: Instant
    /// The limit as it stood then.
    public let closesAt: Instant
    public let depositedBy: Account.ID?
    /// Made by the program just before the limit, as its lead had agreed.
    public let isConsented: Bool
    public let form: CallForm.ID
    public let rulesVersion: Int
    /// Canonical JSON of what was deposited: see `CandidacySnapshot`.
    public let snapshot: String
    /// SHA-256 of the snapshot, in hexadecimal.
    public let digest: String
    public let files: [Receipt.File]
    public let recordedAt: Instant

    /// CAND-8: a comparison of instants, nothing else.
    public var verdict: Verdict { arrival < closesAt ? .onTime : .late }
}

/// What names one attempt to deposit, for ever: the same key gives the same receipt, however often it is sent (CAND-7).
public struct DepositKey: Sendable, Hashable {
    public let text: String

    /// Nil unless it is 20 to 120 letters, digits, `-`, `_` or `.`.
    public init?(text: String) {
        guard (20...120).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                byte == 0x2D || byte == 0x2E || byte == 0x5F || 0x30...0x39 ~= byte || 0x41...0x5A ~= byte
                    || 0x61...0x7A ~= byte
            })
        else { return nil }
        self.text = text
    }

    private init(known text: String) { self.text = text }

    /// The key of what the program deposits by consent: a version is deposited once only.
    static func consented(_ candidacy: Candidacy) -> DepositKey {
        DepositKey(known: "consent.\(candidacy.id.text).\(candidacy.version)")
    }

    /// The key of what an agent records.
    static func recorded(_ candidacy: Candidacy.ID) -> DepositKey {
        DepositKey(known: "recorded.\(candidacy.text)")
    }
}

/// What a deposit hands back.
public struct DepositOutcome: Sendable {
    public let deposit: CandidacyDeposit
    public let receipt: SignedReceipt
    /// The deposit had been made already: this is the receipt it got then.
    public let isRepeated: Bool
    /// What the second volume keeps beside the receipt and the snapshot.
    public let context: DepositContext

    /// As the second volume keeps it; nil when it is too long for it.
    public var entry: DepositEntry? {
        DepositEntry(
            key: deposit.key, receipt: receipt.fileBytes, snapshot: Array(deposit.snapshot.utf8), context: context)
    }
}
