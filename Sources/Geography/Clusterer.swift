/// Groups the points of a tile for drawing: a cell of about 64 pixels with several points becomes one cluster, a cell
/// with one point gives the point, and points at exactly the same place make a stack that lists them. From
/// `singlesFromZoom` on, every place is given, except in a cell with more than `cellCap` of them.
public struct Clusterer: Sendable {
    public let index: MortonIndex
    /// From this zoom on, cells are no longer clustered.
    public let singlesFromZoom: Int
    /// How many slots a stack lists at most; its count is always whole.
    public let stackCap: Int
    /// Past this number of points a cell stays a cluster at any zoom, so that no answer grows without end.
    public let cellCap: Int

    /// Cells per tile: 2^2 × 2^2, each of 64 pixels when tiles are drawn at 256.
    static let cellDepth = 2

    public init(index: MortonIndex, singlesFromZoom: Int = 17, stackCap: Int = 50, cellCap: Int = 500) {
        self.index = index
        self.singlesFromZoom = singlesFromZoom
        self.stackCap = max(1, stackCap)
        self.cellCap = max(1, cellCap)
    }

    /// The groups of a tile; with a filter, of its points that are in the filter. Unfiltered, the cost does not
    /// depend on how many points the tile holds below `singlesFromZoom`.
    public func answer(for tile: Tile, filter: Bitset? = nil) -> TileAnswer {
        var answer = TileAnswer(tile: tile)
        index.forEachCell(of: tile, depth: Clusterer.cellDepth) { x, y, positions in
            let summary = filter.map { index.summary(of: positions, filter: $0) } ?? index.summary(of: positions)
            guard summary.count > 0 else { return }
            if summary.box.isPoint {
                heap(positions, filter, count: summary.count, into: &answer)
            } else if tile.z >= singlesFromZoom, summary.count <= cellCap {
                spread(positions, filter, into: &answer)
            } else {
                answer.clusters.append(Cluster(summary: summary, tile: tile, cellX: x, cellY: y))
            }
        }
        return answer
    }

    /// Adds the only place of a range, reading no more of it than a stack lists.
    private func heap(_ positions: Range<Int>, _ filter: Bitset?, count: Int, into answer: inout TileAnswer) {
        let columns = index.columns
        var stack: Stack?
        for position in positions {
            let slot = Int(columns.slots[position])
            guard filter?.test(slot) ?? true else { continue }
            stack?.add(slot, cap: stackCap)
            stack = stack ?? Stack(columns, at: position)
            if (stack?.count ?? 0) >= min(stackCap, count) { break }
        }
        stack?.count(upTo: count)
        if let stack { answer.add(stack) }
    }

    /// Adds each place of a range: one point or one stack.
    private func spread(_ positions: Range<Int>, _ filter: Bitset?, into answer: inout TileAnswer) {
        let columns = index.columns
        var stack: Stack?
        for position in positions {
            let slot = Int(columns.slots[position])
            guard filter?.test(slot) ?? true else { continue }
            if let last = stack, last.latitude == columns.latitudes[position],
                last.longitude == columns.longitudes[position]
            {
                stack?.add(slot, cap: stackCap)
                continue
            }
            if let stack { answer.add(stack) }
            stack = Stack(columns, at: position)
        }
        if let stack { answer.add(stack) }
    }
}

/// What a range of positions amounts to.
struct CellSummary {
    var count = 0
    var sumX: UInt64 = 0
    var sumY: UInt64 = 0
    var box = FixedBox()
    /// One slot of the range: the first along the curve.
    var member = 0
}

extension MortonIndex {
    /// In constant time but for the box, which reads one stored box per 64 positions.
    func summary(of range: Range<Int>) -> CellSummary {
        guard !range.isEmpty else { return CellSummary() }
        return CellSummary(
            count: range.count, sumX: columns.sumX[range.upperBound] - columns.sumX[range.lowerBound],
            sumY: columns.sumY[range.upperBound] - columns.sumY[range.lowerBound], box: box(of: range),
            member: Int(columns.slots[range.lowerBound]))
    }

    /// Reads every position of the range.
    func summary(of range: Range<Int>, filter: Bitset) -> CellSummary {
        var summary = CellSummary()
        for position in range {
            let slot = Int(columns.slots[position])
            guard filter.test(slot) else { continue }
            if summary.count == 0 { summary.member = slot }
            summary.count += 1
            summary.sumX += columns.sumX[position + 1] - columns.sumX[position]
            summary.sumY += columns.sumY[position + 1] - columns.sumY[position]
            summary.box.add(latitude: columns.latitudes[position], longitude: columns.longitudes[position])
        }
        return summary
    }

    private func box(of range: Range<Int>) -> FixedBox {
        var box = FixedBox()
        var position = range.lowerBound
        while position < range.upperBound {
            if position % FixedBox.run == 0, position + FixedBox.run <= range.upperBound {
                box.add(columns.boxes[position / FixedBox.run])
                position += FixedBox.run
            } else {
                box.add(latitude: columns.latitudes[position], longitude: columns.longitudes[position])
                position += 1
            }
        }
        return box
    }
}
