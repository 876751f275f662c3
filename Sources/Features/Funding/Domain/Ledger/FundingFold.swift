/// What a financing line amounts to: the fold of its steps, in cents. Pure.
///
/// Whatever the order of the steps: `returned ≤ paid ≤ granted` and `committed ≤ granted` (FUND-2).
public struct FundingFold: Sendable, Equatable {
    public private(set) var state = FundingState.envisaged
    public private(set) var asked = 0
    public private(set) var granted = 0
    public private(set) var paid = 0
    public private(set) var returned = 0

    /// The most a line may hold: a hundred billion euros. Beyond, a zero too many.
    public static let most = 10_000_000_000_000

    public init() {}

    init(state: FundingState, asked: Int, granted: Int, paid: Int, returned: Int) {
        self.state = state
        self.asked = asked
        self.granted = granted
        self.paid = paid
        self.returned = returned
    }

    /// What an envelope owes for the line: what was granted, until it is settled; then what was paid.
    public var committed: Int {
        switch state {
        case .granted, .agreed, .paid: granted
        case .settled, .returned: paid
        case .envisaged, .asked, .refused: 0
        }
    }

    /// What may still be paid.
    public var left: Int { granted - paid }

    /// Why a step is refused.
    public enum Refusal: Error, Sendable, Equatable {
        case step(FundingStep, FundingState)
        case amount
        /// More than what may be, by so many cents.
        case over(by: Int)
        /// Less than what was already paid, by so many cents.
        case under(by: Int)
    }

    /// Takes one more step. `amount` is what the step says: the whole granted for `amend`, what moves for `pay` and `repay`.
    public mutating func take(_ step: FundingStep, amount: Int?) throws(Refusal) {
        guard let next = state.after(step) else { throw .step(step, state) }
        let cents = amount ?? 0
        if step.hasAmount, !(1...Self.most).contains(cents) { throw .amount }
        switch step {
        case .ask: asked = cents
        case .grant: granted = cents
        case .amend:
            guard cents >= paid else { throw .under(by: paid - cents) }
            granted = cents
        case .pay:
            guard cents <= left else { throw .over(by: cents - left) }
            paid += cents
        case .repay:
            guard cents <= paid - returned else { throw .over(by: cents - (paid - returned)) }
            returned += cents
        case .agree, .settle, .refuse: break
        }
        state = next
        if step == .repay, returned == paid { state = .returned }
    }
}
