import Charts

enum RandomFlows {
    /// Flows of `nodes` in four kinds, mostly forward, some back and some to themselves.
    static func flow(_ seed: UInt64, nodes: Int, links: Int) -> Flow {
        var state = seed
        func roll(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(below))
        }
        let boxes = (0..<nodes).map { Flow.Node(id: "n\($0)", label: "Nœud \($0) & cie", hue: $0 % 4) }
        let ties = (0..<links).map { _ in
            let first = roll(nodes)
            let second = roll(nodes)
            let back = roll(20) == 0
            return Flow.Link(
                from: "n\(back ? max(first, second) : min(first, second))",
                to: "n\(back ? min(first, second) : max(first, second))", value: 1 + roll(90_000) * 100)
        }
        return Flow(nodes: boxes, links: ties)
    }
}
