/// Where ribbons leave and reach the sides of boxes: stacked without overlap, in the order of the boxes they lead to.
enum SankeyRibbons {
    static func ribbons(
        _ graph: FlowGraph, goesBack: [Bool], _ boxes: [SankeyLayout.Box], scale: Double
    ) -> [SankeyLayout.Ribbon] {
        var ribbons = zip(graph.edges, goesBack).map { edge, back in
            SankeyLayout.Ribbon(
                link: edge.link, source: edge.source, target: edge.target,
                startX: boxes[edge.source].x + boxes[edge.source].width, startY: 0, endX: boxes[edge.target].x, endY: 0,
                thickness: edge.value * scale, lane: back ? 0 : nil)
        }
        var leaving = [[Int]](repeating: [], count: boxes.count)
        var arriving = leaving
        for (index, ribbon) in ribbons.enumerated() {
            leaving[ribbon.source].append(index)
            arriving[ribbon.target].append(index)
        }
        // What goes back leaves and arrives at the foot of the boxes, next to the lanes.
        for node in boxes.indices {
            var y = boxes[node].y
            for index in leaving[node].sorted(by: {
                key(ribbons[$0], boxes[ribbons[$0].target], $0) < key(ribbons[$1], boxes[ribbons[$1].target], $1)
            }) {
                ribbons[index].startY = y + ribbons[index].thickness / 2
                y += ribbons[index].thickness
            }
            y = boxes[node].y
            for index in arriving[node].sorted(by: {
                key(ribbons[$0], boxes[ribbons[$0].source], $0) < key(ribbons[$1], boxes[ribbons[$1].source], $1)
            }) {
                ribbons[index].endY = y + ribbons[index].thickness / 2
                y += ribbons[index].thickness
            }
        }
        return ribbons
    }

    private static func key(
        _ ribbon: SankeyLayout.Ribbon, _ other: SankeyLayout.Box, _ index: Int
    ) -> (Int, Double, Int) {
        (ribbon.goesBack ? 1 : 0, other.middle, index)
    }
}

/// The lanes of what goes back, under the boxes: one each, the shortest way nearest to them.
enum SankeyLanes {
    /// How far out of a box a link bends before it goes down.
    static let bend = 12.0
    private static let gap = 4.0

    /// Gives each its lane; answers the lowest point of all.
    static func dig(_ ribbons: inout [SankeyLayout.Ribbon], under height: Double) -> Double {
        var y = height
        let back = ribbons.indices.filter { ribbons[$0].goesBack }
            .sorted { (length(ribbons[$0]), $0) < (length(ribbons[$1]), $1) }
        for index in back {
            y += gap
            ribbons[index].lane = y + ribbons[index].thickness / 2
            y += ribbons[index].thickness
        }
        return y
    }

    private static func length(_ ribbon: SankeyLayout.Ribbon) -> Double { ribbon.startX - ribbon.endX }
}
