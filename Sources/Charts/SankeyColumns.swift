/// Which column each node stands in: the length of the longest way that leads to it without going back. What nothing leaves
/// stands in the last one, so that those who receive in the end are read together.
struct SankeyColumns {
    /// By node.
    let column: [Int]
    /// Nodes of each column, in the order given.
    let members: [[Int]]

    init(_ graph: FlowGraph, ranks: [Int], goesBack: [Bool]) {
        var column = [Int](repeating: 0, count: graph.nodes.count)
        let forward = zip(graph.edges, goesBack).filter { !$0.1 }.map(\.0)
            .sorted { (ranks[$0.source], ranks[$0.target]) < (ranks[$1.source], ranks[$1.target]) }
        var leaves = [Bool](repeating: false, count: graph.nodes.count)
        var arrives = leaves
        // By rank of the source: a node's column is settled before what leaves it is looked at.
        for edge in forward {
            column[edge.target] = max(column[edge.target], column[edge.source] + 1)
            leaves[edge.source] = true
            arrives[edge.target] = true
        }
        let last = column.max() ?? 0
        for node in column.indices where arrives[node] && !leaves[node] { column[node] = last }
        var members = [[Int]](repeating: [], count: graph.nodes.isEmpty ? 0 : last + 1)
        for node in column.indices { members[column[node]].append(node) }
        self.column = column
        self.members = members
    }

    /// The boxes, each column side by side, not yet at their heights.
    static func boxes(
        _ graph: FlowGraph, _ columns: SankeyColumns, scale: Double, size: SankeyLayout.Size, margin: Double
    ) -> [SankeyLayout.Box] {
        let count = columns.members.count
        let room = size.width - 2 * margin
        // Long chains have narrow boxes: two columns never touch.
        let width = min(size.boxWidth, room / Double(max(2 * count - 1, 1)))
        let step = count > 1 ? (room - width) / Double(count - 1) : 0
        return graph.nodes.indices.map { node in
            SankeyLayout.Box(
                node: graph.nodes[node], column: columns.column[node],
                x: margin + step * Double(columns.column[node]), y: 0, width: width,
                height: graph.weight(node) * scale, arriving: graph.arriving[node], leaving: graph.leaving[node])
        }
    }
}
