import Foundation
import Testing

@testable import Maillage

@Suite("The shelf of backups") struct BackupShelfTests {
    private static let now = Instant(seconds: 1_795_325_200)

    private static func copy(_ age: Instant.Span) -> BackupShelf.Copy {
        let instant = now - age
        return BackupShelf.Copy(path: BackupShelf.name(instant), madeAt: instant, size: 1)
    }

    @Test func aNameSaysItsInstant() {
        #expect(BackupShelf.name(Self.now) == "maillage-20261122T052640Z.tar")
        #expect(BackupShelf.instant(of: "maillage-20261122T052640Z.tar") == Self.now)
        for other in [
            "maillage-20261122T052640Z.tar.partial", "maillage-20261322T052640Z.tar", "notes.txt", "maillage-.tar",
            "maillage-2026112\u{FF12}T05264Z.tar",
        ] {
            #expect(BackupShelf.instant(of: other) == nil, "\(other)")
        }
    }

    @Test func aNameSaysWhatItIs() {
        let name = BackupShelf.name(Self.now, isFaulty: true, isSealed: true)
        #expect(name == "maillage-20261122T052640Z.faulty.tar.age")
        #expect(BackupShelf.instant(of: name) == Self.now)
        let copy = BackupShelf.Copy(path: "/a/" + name, madeAt: Self.now, size: 1)
        #expect(copy.isFaulty && copy.isEncrypted)
        let plain = BackupShelf.Copy(path: BackupShelf.name(Self.now), madeAt: Self.now, size: 1)
        #expect(!plain.isFaulty && !plain.isEncrypted)
    }

    // BAK-2
    @Test func weeksAreKeptByTheirNumber() {
        var rule = BackupRule()
        (rule.hourly, rule.daily, rule.weekly, rule.monthly) = (0, 0, 4, 0)
        let copies = (0..<100).map { Self.copy(.days(Int64($0))) }
        let gone = Set(rule.surplus(copies, now: Self.now).map(\.path))
        let kept = copies.filter { !gone.contains($0.path) }
        // Sunday 22 November, then the Sundays before it.
        #expect(kept.map { ($0.madeAt - (Self.now - .days(28))).seconds / 86_400 } == [28, 21, 14, 7, 0])
    }

    // BAK-2
    @Test func aYearOfHoursIsKeptByTheRule() {
        let copies = (0..<(400 * 24)).map { Self.copy(.hours(Int64($0))) }
        let gone = Set(BackupRule().surplus(copies, now: Self.now).map(\.path))
        let kept = copies.filter { !gone.contains($0.path) }
        #expect(kept.first == copies.first)
        #expect(kept.count { Self.now - $0.madeAt <= .hours(24) } == 25)
        #expect(kept.count { Self.now - $0.madeAt <= .days(35) } == 25 + 34)
        let old = kept.filter { Self.now - $0.madeAt > .days(35) }
        #expect(old.count == 11)
        #expect(old.allSatisfy { Self.now - $0.madeAt <= .days(366) })
    }

    @Test func theNewestStaysHoweverOld() {
        let copies = [Self.copy(.days(900)), Self.copy(.days(901))]
        #expect(BackupRule().surplus(copies, now: Self.now).map(\.madeAt) == [Self.now - .days(901)])
    }
}
