/// The borders of a collection of shapes, cut where more than two ways meet, so that a border common to two neighbours
/// is one arc, held once.
struct SharedArcs {
    /// Every corner once: corners closer than a millionth of a degree are one.
    private(set) var vertices: [Point] = []
    /// Each arc as indexes in `vertices`, in a direction that does not depend on who walks it.
    private(set) var arcs: [[Int]] = []
    /// Each ring as the arcs it walks, in order. None when the ring had fewer than three corners left.
    private(set) var rings: [[Use]] = []

    /// An arc as walked by a ring.
    struct Use {
        let arc: Int
        let backwards: Bool
    }

    private struct Step: Hashable {
        let from, to: Int
    }

    init(_ source: [Ring]) {
        let walks = intern(source)
        let junctions = findJunctions(walks)
        // Inside an arc a corner has only two neighbours: the first step of an arc tells which one it is.
        var known: [Step: Int] = [:]
        rings = walks.map { walk in
            guard walk.count >= 3 else { return [] }
            return cut(walk, junctions).map { piece in use(piece, &known) }
        }
    }

    private mutating func intern(_ source: [Ring]) -> [[Int]] {
        var numbers: [FixedPoint: Int] = [:]
        return source.map { ring in
            var walk: [Int] = []
            for point in ring.points {
                let fixed = FixedPoint(point)
                let number = numbers[fixed] ?? vertices.count
                if number == vertices.count {
                    numbers[fixed] = number
                    vertices.append(point)
                }
                if walk.last != number { walk.append(number) }
            }
            while walk.count > 1, walk.last == walk.first { walk.removeLast() }
            return walk
        }
    }

    /// The corners that do not always have the same two neighbours.
    private func findJunctions(_ walks: [[Int]]) -> [Bool] {
        var seen = [Step?](repeating: nil, count: vertices.count)
        var junctions = [Bool](repeating: false, count: vertices.count)
        for walk in walks where walk.count >= 3 {
            for (index, vertex) in walk.enumerated() {
                let before = walk[index == 0 ? walk.count - 1 : index - 1]
                let after = walk[index == walk.count - 1 ? 0 : index + 1]
                let sides = Step(from: min(before, after), to: max(before, after))
                if let known = seen[vertex] {
                    if known != sides { junctions[vertex] = true }
                } else {
                    seen[vertex] = sides
                }
            }
        }
        return junctions
    }

    /// The pieces of a ring between junctions, ends included; one closed piece when there is none.
    private func cut(_ walk: [Int], _ junctions: [Bool]) -> [[Int]] {
        let start: Int
        if let junction = walk.firstIndex(where: { junctions[$0] }) {
            start = junction
        } else {
            // A ring alone, or the same ring met as a hole: begin at the same corner whoever walks it.
            start = walk.indices.min { walk[$0] < walk[$1] } ?? 0
        }
        var pieces: [[Int]] = []
        var piece = [walk[start]]
        for step in 1...walk.count {
            let vertex = walk[(start + step) % walk.count]
            piece.append(vertex)
            if junctions[vertex] || step == walk.count {
                pieces.append(piece)
                piece = [vertex]
            }
        }
        return pieces
    }

    private mutating func use(_ piece: [Int], _ known: inout [Step: Int]) -> Use {
        let (first, last) = (piece[0], piece[piece.count - 1])
        let backwards = first == last ? piece[1] > piece[piece.count - 2] : first > last
        let arc = backwards ? Array(piece.reversed()) : piece
        let step = Step(from: arc[0], to: arc[1])
        if let number = known[step], arcs[number] == arc { return Use(arc: number, backwards: backwards) }
        known[step] = arcs.count
        arcs.append(arc)
        return Use(arc: arcs.count - 1, backwards: backwards)
    }
}
