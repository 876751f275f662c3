import ArgumentParser
import Charts
import Selection

/// A selection among 1,000 dossiers under ten rules, its explanation, and a Sankey of 200 nodes and 1,000 links: the slowest of
/// several, in nanoseconds; and how many of the selections were proven.
struct BenchSelection: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "selection")

    @Option var dossiers = 1_000
    @Option var tries = 8

    func run() async throws {
        var slowest = Duration.zero
        var explained = Duration.zero
        var proven = 0
        let clock = ContinuousClock()
        for seed in 1...max(tries, 1) {
            let question = Self.question(UInt64(seed), max(dossiers, 1))
            let search = SelectionSearch()
            var outcome = SelectionOutcome.undecided
            slowest = max(slowest, clock.measure { outcome = search.choose(question) })
            guard case .chosen(let proposal) = outcome else { continue }
            if proposal.proof == .optimal { proven += 1 }
            explained = max(
                explained, clock.measure { _ = search.explain(proposal, of: question, money: 5_000_000) })
        }
        let flow = Self.flow(200, 1_000)
        var drawn = Duration.seconds(60)
        for _ in 0..<20 { drawn = min(drawn, clock.measure { _ = SankeyLayout(flow) }) }
        print("selection \(Self.nanoseconds(slowest))")
        print("explained \(Self.nanoseconds(explained))")
        print("proven \(proven)")
        print("tries \(max(tries, 1))")
        print("sankey \(Self.nanoseconds(drawn))")
    }

    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, fraction) = duration.components
        return seconds * 1_000_000_000 + fraction / 1_000_000_000
    }

    /// Numbers that look random and are the same each time.
    private struct Numbers {
        var state: UInt64

        mutating func next(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(below, 1)))
        }
    }

    private static func question(_ seed: UInt64, _ count: Int) -> SelectionQuestion {
        var numbers = Numbers(state: seed &* 7_919)
        let contenders = (0..<count).map { index in
            let amount = (75_000 + numbers.next(76) * 1_000) * 100
            var tags: Set<String> = [numbers.next(2) == 0 ? "creation" : "developpement"]
            if numbers.next(10) < 3 { tags.insert("qpv") }
            if numbers.next(10) < 4 { tags.insert("rural") }
            if numbers.next(10) < 1 { tags.insert("outre-mer") }
            return Contender(
                id: "dossier-\(index)", score: ExactScore(600 + numbers.next(1_400), over: 100) ?? .zero,
                minimum: amount, maximum: amount, tags: tags, territory: "\(numbers.next(101))")
        }
        return SelectionQuestion(
            contenders: contenders,
            rules: [
                .init("envelope", .envelope(count * 30_000 * 100, .everyone)),
                .init("count", .atMost(count * 3 / 10, .everyone)),
                .init("qpv", .share(1, of: 2, .tagged("qpv"))), .init("rural", .share(1, of: 3, .tagged("rural"))),
                .init("territories", .perTerritory(4)), .init("overseas", .atLeast(count / 40, .tagged("outre-mer"))),
                .init("creation", .shareAtMost(3, of: 5, .tagged("creation"))),
                .init("rural-money", .envelope(count * 12_000 * 100, .tagged("rural"))),
                .init("threshold", .threshold(ExactScore(8) ?? .zero)), .init("forced", .include(["dossier-7"])),
            ], reserve: count / 20)
    }

    private static func flow(_ nodes: Int, _ links: Int) -> Flow {
        var numbers = Numbers(state: 11)
        return Flow(
            nodes: (0..<nodes).map { Flow.Node(id: "n\($0)", label: "Nœud \($0)", hue: $0) },
            links: (0..<links).map { _ in
                let (first, second) = (numbers.next(nodes), numbers.next(nodes))
                let goesBack = numbers.next(20) == 0
                return Flow.Link(
                    from: "n\(goesBack ? max(first, second) : min(first, second))",
                    to: "n\(goesBack ? min(first, second) : max(first, second))", value: 1 + numbers.next(90_000))
            })
    }
}
