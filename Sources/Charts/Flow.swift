/// Who gives how much to whom: what a Sankey diagram is drawn from. Cycles are welcome: money comes back.
public struct Flow: Sendable, Equatable {
    /// One end of links: a funder, a call, a territory, a structure.
    public struct Node: Sendable, Equatable {
        /// Unique in the flow; a second node of the same identifier is left out.
        public var id: String
        public var label: String
        /// Chooses one of eight colours, by its remainder: the kind of the node.
        public var hue: Int

        public init(id: String, label: String, hue: Int = 0) {
            self.id = id
            self.label = label
            self.hue = hue
        }
    }

    /// A quantity that goes from one node to another: cents, when it is money.
    public struct Link: Sendable, Equatable {
        public var source: String
        public var target: String
        public var value: Int

        public init(from source: String, to target: String, value: Int) {
            self.source = source
            self.target = target
            self.value = value
        }
    }

    public var nodes: [Node]
    public var links: [Link]

    public init(nodes: [Node], links: [Link]) {
        self.nodes = nodes
        self.links = links
    }
}

/// A flow by numbers: nodes in the order given, links that are worth drawing, with those that come back told apart.
struct FlowGraph {
    struct Edge {
        /// Index in `Flow.links`.
        let link: Int
        let source: Int
        let target: Int
        let value: Double
    }

    let nodes: [Flow.Node]
    /// Links of a positive value between nodes that exist, in the order given.
    let edges: [Edge]
    /// What enters a node, and what leaves it.
    let arriving: [Double]
    let leaving: [Double]

    init(_ flow: Flow) {
        var indexes: [String: Int] = [:]
        var nodes: [Flow.Node] = []
        for node in flow.nodes where indexes[node.id] == nil {
            indexes[node.id] = nodes.count
            nodes.append(node)
        }
        var edges: [Edge] = []
        var arriving = [Double](repeating: 0, count: nodes.count)
        var leaving = arriving
        for (index, link) in flow.links.enumerated() where link.value > 0 {
            guard let source = indexes[link.source], let target = indexes[link.target] else { continue }
            let value = Double(link.value)
            edges.append(Edge(link: index, source: source, target: target, value: value))
            leaving[source] += value
            arriving[target] += value
        }
        self.nodes = nodes
        self.edges = edges
        self.arriving = arriving
        self.leaving = leaving
    }

    /// What a node's height stands for: the larger of its two sides.
    func weight(_ node: Int) -> Double { max(arriving[node], leaving[node]) }

    /// A rank for each node such that little goes backwards: the greedy heuristic of Eades, Lin and Smyth (1993) for feedback
    /// arc sets, weighed by the values. The same flow gives the same ranks.
    func ranks() -> [Int] {
        var inflow = arriving
        var outflow = leaving
        var outgoing = [[Int]](repeating: [], count: nodes.count)
        var incoming = outgoing
        for (index, edge) in edges.enumerated() where edge.source != edge.target {
            outgoing[edge.source].append(index)
            incoming[edge.target].append(index)
        }
        for edge in edges where edge.source == edge.target {
            inflow[edge.target] -= edge.value
            outflow[edge.source] -= edge.value
        }
        var openIn = incoming.map(\.count)
        var openOut = outgoing.map(\.count)
        var isPlaced = [Bool](repeating: false, count: nodes.count)
        var head: [Int] = []
        var tail: [Int] = []
        func place(_ node: Int) {
            isPlaced[node] = true
            for index in outgoing[node] where !isPlaced[edges[index].target] {
                inflow[edges[index].target] -= edges[index].value
                openIn[edges[index].target] -= 1
            }
            for index in incoming[node] where !isPlaced[edges[index].source] {
                outflow[edges[index].source] -= edges[index].value
                openOut[edges[index].source] -= 1
            }
        }
        while head.count + tail.count < nodes.count {
            var best: Int?
            var moved = false
            for node in nodes.indices where !isPlaced[node] {
                if openIn[node] == 0 {
                    head.append(node)
                    place(node)
                    moved = true
                } else if openOut[node] == 0 {
                    tail.append(node)
                    place(node)
                    moved = true
                } else if best.map({ outflow[node] - inflow[node] > outflow[$0] - inflow[$0] }) ?? true {
                    best = node
                }
            }
            if !moved, let best {
                head.append(best)
                place(best)
            }
        }
        var ranks = [Int](repeating: 0, count: nodes.count)
        for (rank, node) in (head + tail.reversed()).enumerated() { ranks[node] = rank }
        return ranks
    }
}
