import Hummingbird
import Maillage
import Markup

/// What `make bench` compares the site with, and parts of it measured by themselves.
public enum Measures {
    /// Hummingbird with one route that says hello, built with the same compiler and flags as the site: the floor of what an
    /// answer costs. Serves until the task is cancelled.
    public static func hello(host: String, port: Int) async throws {
        let router = Router()
        router.get("/hello") { _, _ in "hello" }
        let application = Hummingbird.Application(
            router: router, configuration: .init(address: .hostname(host, port: port)))
        try await application.runService()
    }

    /// Nanoseconds to write 50 places of the list as HTML, found beforehand, alone and with all that surrounds them on their page
    /// (search, facets, map, pagination): medians of `rounds`.
    public static func listRendering(_ directory: Directory, rounds: Int = 400) -> (rows: Int, page: Int) {
        let fields = PlaceQueryFields()
        let findings = directory.find(fields.query, for: .visitor)
        let view = PlaceListView(fields: fields, findings: findings, names: PlaceFacetNames())
        let rows = PlaceRows(found: findings.found)
        func written(_ view: some View) -> Int {
            median(rounds) {
                var html = HTML(capacity: 131_072)
                html.add(view)
                return html.bytes.count
            }
        }
        return (written(rows), written(view))
    }

    /// The median of `rounds` of some work, in nanoseconds. The work returns something, so that it cannot be left out.
    public static func median(_ rounds: Int, _ work: () -> Int) -> Int {
        let clock = ContinuousClock()
        var sum = 0
        var spans: [Duration] = []
        for _ in 0..<max(rounds, 1) { spans.append(clock.measure { sum &+= work() }) }
        spans.sort()
        let middle = spans[spans.count / 2].components
        return sum == .min ? 0 : Int(middle.seconds) * 1_000_000_000 + Int(middle.attoseconds / 1_000_000_000)
    }
}
