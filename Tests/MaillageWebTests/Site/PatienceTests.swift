import NIOCore
import Testing

@testable import MaillageWeb

/// Who is waited for, and for how long, by the handler's own clock: `PaceTests` tells the same on a real connection.
@Suite struct PatienceTests {
    private func looks(_ handler: PaceHandler, from start: NIODeadline, at seconds: [Int64]) -> [Bool] {
        seconds.map { handler.isOver(at: start + .seconds($0)) }
    }

    @Test func aHeadThatDoesNotComeIsWaitedForUntilTheLimit() {
        let handler = PaceHandler(limits: Limits())
        #expect(looks(handler, from: .now(), at: [2, 4, 6, 8, 10, 13]) == [false, false, false, false, false, true])
    }

    // a request that waits in the system's queue while the machine is paused is not turned away when it wakes.
    @Test func theSiteThatStalledWaitsAsLongAgain() {
        let handler = PaceHandler(limits: Limits())
        #expect(
            looks(handler, from: .now(), at: [2, 60, 62, 64, 66, 69]) == [false, false, false, false, false, true])
    }

    // whoever takes a byte now and then keeps a place no longer than whoever takes none.
    @Test(arguments: [(bytes: 10, isKept: false), (bytes: 0, isKept: false), (bytes: 2_000, isKept: true)])
    func anAnswerIsTakenAtAPace(bytes: Int, isKept: Bool) {
        let handler = PaceHandler(limits: Limits())
        let start = NIODeadline.now()
        let ends = (1...100).contains { look in
            handler.isOver(at: start + .seconds(Int64(look) * 2), left: 1_000_000 - look * bytes)
        }
        #expect(ends != isKept)
    }
}
