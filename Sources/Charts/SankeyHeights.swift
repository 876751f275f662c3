/// Puts the boxes of each column at heights that keep ribbons short and never let two boxes touch.
///
/// Each box is drawn towards the mean of those it is linked to, from left to right then back, less and less; after each pass
/// a column is put in order again. A fixed number of passes, ties by the order given: nothing is left to chance.
struct SankeyHeights {
    let graph: FlowGraph
    let columns: SankeyColumns
    let goesBack: [Bool]
    let gap: Double
    let limit: Double

    private static let passes = 8

    private struct Pull {
        let neighbour: Int
        let value: Double
    }

    func settle(_ boxes: inout [SankeyLayout.Box]) {
        var before = [[Pull]](repeating: [], count: boxes.count)
        var after = before
        for (edge, back) in zip(graph.edges, goesBack) where !back {
            before[edge.target].append(Pull(neighbour: edge.source, value: edge.value))
            after[edge.source].append(Pull(neighbour: edge.target, value: edge.value))
        }
        for members in columns.members {
            var y = 0.0
            // The largest first: the eye begins at the top.
            for node in members.sorted(by: { (-graph.weight($0), $0) < (-graph.weight($1), $1) }) {
                boxes[node].y = y
                y += boxes[node].height + gap
            }
            spread(members, &boxes)
        }
        var strength = 1.0
        for _ in 0..<Self.passes {
            strength *= 0.9
            for members in columns.members.dropFirst() { draw(members, towards: before, strength, &boxes) }
            for members in columns.members.dropLast().reversed() { draw(members, towards: after, strength, &boxes) }
        }
    }

    private func draw(
        _ members: [Int], towards pulls: [[Pull]], _ strength: Double, _ boxes: inout [SankeyLayout.Box]
    ) {
        for node in members {
            var total = 0.0
            var sum = 0.0
            for pull in pulls[node] {
                total += pull.value
                sum += pull.value * boxes[pull.neighbour].middle
            }
            guard total > 0 else { continue }
            boxes[node].y += (sum / total - boxes[node].middle) * strength
        }
        spread(members, &boxes)
    }

    /// Pushes boxes down until none touches the one above, then up from the limit.
    private func spread(_ members: [Int], _ boxes: inout [SankeyLayout.Box]) {
        let order = members.sorted { (boxes[$0].middle, $0) < (boxes[$1].middle, $1) }
        var y = 0.0
        for node in order {
            boxes[node].y = max(boxes[node].y, y)
            y = boxes[node].y + boxes[node].height + gap
        }
        var floor = limit
        for node in order.reversed() {
            boxes[node].y = max(min(boxes[node].y, floor - boxes[node].height), 0)
            floor = boxes[node].y - gap
        }
        // Rounding may have pushed the first above zero and back on its neighbour.
        y = 0
        for node in order {
            boxes[node].y = max(boxes[node].y, y)
            y = boxes[node].y + boxes[node].height + gap
        }
    }
}
