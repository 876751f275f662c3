import Exchange
import Forms
import Markup
import Testing

@testable import Maillage
@testable import MaillageWeb

/// What a candidacy says there is left to do.
@Suite struct CandidacyDeadlineTests {
    private static let now = CallViewTests.now

    private static func text(_ state: CandidacyState, version: Int = 2, deposited: Int = 2, after: Bool = false)
        -> String
    {
        let call = CallViewTests.call()
        let view = CandidacyDeadline(
            call: call, wave: call.wave(CallWave.ID(7)), now: after ? now + .days(4) : now, state: state,
            hasNewerDraft: deposited > 0 && version > deposited)
        return String(decoding: view.rendered(), as: UTF8.self)
    }

    // CAND-11
    @Test func whatIsDepositedIsNotToDeposit() {
        #expect(Self.text(.draft, deposited: 0).contains("À déposer "))
        let deposited = Self.text(.deposited)
        #expect(!deposited.contains("À déposer") && deposited.contains("la remplacer ou la retirer"))
        #expect(Self.text(.deposited, version: 3).contains("à déposer à nouveau"))
        #expect(Self.text(.withdrawn).contains("déposer à nouveau"))
        for state in CandidacyState.allCases {
            let over = Self.text(state, after: true)
            #expect(over.contains("La limite est passée") && !over.contains("À déposer"))
        }
    }
}
