/// Where each box and each ribbon of a Sankey diagram stands, in the units of its `viewBox`.
///
/// Widths of ribbons and heights of boxes share one scale, so a box is as tall as the larger of what enters and leaves it.
/// Links that go back (cycles, or a node to itself) run in lanes under the boxes, from right to left. The same flow and size
/// give the same picture, to the last digit.
public struct SankeyLayout: Sendable, Equatable {
    public struct Size: Sendable, Equatable {
        public var width: Double
        /// Of the boxes; lanes come under them. Nil: enough for the fullest column.
        public var height: Double?
        /// Between two boxes of a column.
        public var gap: Double
        public var boxWidth: Double
        /// Kept on the left and on the right for labels.
        public var margin: Double

        public init(
            width: Double = 960, height: Double? = nil, gap: Double = 16, boxWidth: Double = 14, margin: Double = 8
        ) {
            self.width = max(width, 100)
            self.height = height.map { max($0, 40) }
            self.gap = max(gap, 0)
            self.boxWidth = max(boxWidth, 1)
            self.margin = max(margin, 0)
        }
    }

    public struct Box: Sendable, Equatable {
        public let node: Flow.Node
        public let column: Int
        public let x: Double
        public internal(set) var y: Double
        public let width: Double
        public let height: Double
        /// What enters and what leaves, in the unit of the links.
        public let arriving: Double
        public let leaving: Double

        var middle: Double { y + height / 2 }
    }

    public struct Ribbon: Sendable, Equatable {
        /// Index in `Flow.links`.
        public let link: Int
        /// Indexes in `boxes`.
        public let source: Int
        public let target: Int
        /// The middle of the ribbon where it leaves and where it arrives.
        public internal(set) var startX, startY, endX, endY: Double
        public let thickness: Double
        /// The middle of the lane of a link that goes back; nil for one that goes forward.
        public internal(set) var lane: Double?

        public var goesBack: Bool { lane != nil }
    }

    public let width: Double
    public let height: Double
    public let columns: Int
    /// Units of drawing for one unit of value.
    public let scale: Double
    public let boxes: [Box]
    /// In the order of `Flow.links`, without those that cannot be drawn (no value, an end that does not exist).
    public let ribbons: [Ribbon]

    public init(_ flow: Flow, size: Size = Size()) {
        let graph = FlowGraph(flow)
        let ranks = graph.ranks()
        let goesBack = graph.edges.map { ranks[$0.target] <= ranks[$0.source] }
        let columns = SankeyColumns(graph, ranks: ranks, goesBack: goesBack)
        let fullest = columns.members.map(\.count).max() ?? 0
        let boxesHeight = size.height ?? max(360, Double(fullest) * (size.gap + 12))
        let gap = fullest > 1 ? min(size.gap, boxesHeight / 2 / Double(fullest - 1)) : size.gap
        let scale = Self.scale(graph, columns, height: boxesHeight, gap: gap)
        let thickest = zip(graph.edges, goesBack).filter(\.1).map { $0.0.value * scale }.max()
        let margin = size.margin + (thickest.map { $0 + SankeyLanes.bend } ?? 0)
        var boxes = SankeyColumns.boxes(
            graph, columns, scale: scale, size: size, margin: min(margin, size.width / 4))
        SankeyHeights(graph: graph, columns: columns, goesBack: goesBack, gap: gap, limit: boxesHeight).settle(&boxes)
        var ribbons = SankeyRibbons.ribbons(graph, goesBack: goesBack, boxes, scale: scale)
        height = SankeyLanes.dig(&ribbons, under: boxesHeight) + size.margin
        width = size.width
        self.columns = columns.members.count
        self.scale = scale
        self.boxes = boxes
        self.ribbons = ribbons
    }

    /// The largest scale at which every column fits.
    private static func scale(
        _ graph: FlowGraph, _ columns: SankeyColumns, height: Double, gap: Double
    ) -> Double {
        var scale = Double.infinity
        for members in columns.members {
            let total = members.reduce(0) { $0 + graph.weight($1) }
            guard total > 0 else { continue }
            scale = min(scale, (height - gap * Double(members.count - 1)) / total)
        }
        return scale.isFinite ? scale : 0
    }
}
