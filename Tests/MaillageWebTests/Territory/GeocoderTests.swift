import Geography
import Maillage
import Synchronization
import Testing

@testable import MaillageWeb

/// The geocoder's client, against a server of this machine that behaves well, ill or not at all.
@Suite struct GeocoderTests {
    private static func geocoder(_ fake: FakeGeocoder?, seconds: Double = 1.5, clock: FixedClock? = nil) -> Geocoder {
        var settings = Settings()
        settings.geocoderURL = fake.map { $0.address + "/" }
        let standing = Instant(seconds: 1_790_000_000)
        return Geocoder(settings: settings, seconds: seconds, now: { clock?.now ?? standing })
    }

    @Test func anAddressIsAskedAsTheNationalBaseWants() async throws {
        let fake = try FakeGeocoder(.body(FakeGeocoder.collection()))
        let outcome = await Self.geocoder(fake).find("12 rue des  Lilas, Lille", postalCode: "59000")
        guard case .found(let found) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(found.label == "12 Rue des Lilas 59000 Lille")
        #expect(found.point == Point(latitude: 50.632, longitude: 3.061))
        #expect(found.commune == "59350" && found.kind == .houseNumber)
        #expect(
            fake.asked == ["GET /search/?q=12%20rue%20des%20Lilas%2C%20Lille&limit=3&postcode=59000 HTTP/1.1"])
    }

    @Test func theSameQuestionIsAskedOnce() async throws {
        let fake = try FakeGeocoder(.body(FakeGeocoder.collection()))
        let geocoder = Self.geocoder(fake)
        let first = await geocoder.find("12 rue des Lilas")
        let second = await geocoder.find(" 12  rue des Lilas ")
        #expect(first == second)
        #expect(fake.asked.count == 1)
    }

    @Test func withoutASettingNothingIsAsked() async {
        let geocoder = Self.geocoder(nil)
        #expect(!geocoder.isSet)
        #expect(await geocoder.find("12 rue des Lilas") == .unavailable)
    }

    @Test func aGuessTooFarFromTheQuestionIsNone() async throws {
        let fake = try FakeGeocoder(.body(FakeGeocoder.collection(score: "0.31")))
        #expect(await Self.geocoder(fake).find("12 rue des Lilas") == .unknown)
    }

    @Test(arguments: [
        "", "{", "[]", "{\"type\":\"FeatureCollection\"}", "<html>502</html>",
        "{\"type\":\"FeatureCollection\",\"features\":[NaN]}", FakeGeocoder.collection(latitude: "NaN"),
        String(repeating: "[", count: 60_000),
    ])
    func whatIsNoCollectionIsAFailure(_ body: String) async throws {
        let fake = try FakeGeocoder(.body(body))
        #expect(await Self.geocoder(fake).find("12 rue des Lilas") == .unavailable)
    }

    @Test(arguments: [
        FakeGeocoder.collection(latitude: "1e400"), FakeGeocoder.collection(latitude: "95"),
        FakeGeocoder.collection(longitude: "\"3.06\""), FakeGeocoder.collection(score: "1e9"),
        FakeGeocoder.collection(label: ""), FakeGeocoder.collection(type: "planet"),
        "{\"type\":\"FeatureCollection\",\"features\":[null,1,{}]}",
    ])
    func anAddressThatMakesNoSenseIsLeftOut(_ body: String) async throws {
        let fake = try FakeGeocoder(.body(body))
        #expect(await Self.geocoder(fake).find("12 rue des Lilas") == .unknown)
    }

    @Test func aLabelIsCutAndCleaned() throws {
        let long = String(repeating: "é", count: 900)
        let body = FakeGeocoder.collection(label: "A\\u202eB\\u0007\(long)", citycode: "<b>")
        let found = try #require(FoundAddress.read(Array(body.utf8))?.first)
        #expect(found.label.hasPrefix("ABé"))
        #expect(found.label.unicodeScalars.count == FoundAddress.longestText)
        #expect(found.commune.isEmpty)
    }

    @Test func aRedirectIsNotFollowed() async throws {
        let inner = try FakeGeocoder(.body(FakeGeocoder.collection()))
        for target in ["http://169.254.169.254/latest/meta-data", inner.address + "/search/"] {
            let fake = try FakeGeocoder(.body("", status: "302 Found", headers: ["Location: \(target)"]))
            #expect(await Self.geocoder(fake).find("12 rue des Lilas") == .unavailable)
            #expect(fake.asked.count == 1)
        }
        #expect(inner.asked.isEmpty)
    }

    @Test(arguments: [FakeGeocoder.Manner.silence, .drip])
    func aSlowOneIsNotWaitedFor(_ manner: FakeGeocoder.Manner) async throws {
        let fake = try FakeGeocoder(manner)
        let clock = ContinuousClock()
        let start = clock.now
        #expect(await Self.geocoder(fake, seconds: 0.5).find("12 rue des Lilas") == .unavailable)
        // Far less than the server would take, however busy the machine.
        #expect(clock.now - start < .seconds(300))
    }

    @Test func aHugeAnswerIsDropped() async throws {
        let fake = try FakeGeocoder(.flood)
        #expect(await Self.geocoder(fake).find("12 rue des Lilas") == .unavailable)
    }

    @Test func aQuestionRefusedIsNoFailureOfTheService() async throws {
        let fake = try FakeGeocoder(.body("{}", status: "400 Bad Request"))
        let geocoder = Self.geocoder(fake)
        for number in 1...5 { #expect(await geocoder.find("rue \(number)00") == .unknown) }
        #expect(fake.asked.count == 5)
    }

    @Test func oneThatFailsIsLeftAloneForAWhile() async throws {
        let (_, clock) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
        let fake = try FakeGeocoder(.body("", status: "503 Busy"))
        let geocoder = Self.geocoder(fake, clock: clock)
        for number in 1...6 { #expect(await geocoder.find("rue \(number)00") == .unavailable) }
        #expect(fake.asked.count == Geocoder.failuresBeforePause)
        fake.turn(.body(FakeGeocoder.collection()))
        clock.advance(by: Geocoder.pause)
        guard case .found = await geocoder.find("12 rue des Lilas") else {
            Issue.record("asked again after the pause")
            return
        }
    }
}
