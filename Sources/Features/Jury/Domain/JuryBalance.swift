/// Who reads what: so many readings for each dossier, none under a tie, the most loaded juror as little as can be. Pure, and the
/// same answer each time for the same facts (JURY-13).
struct JuryBalance: Sendable, Equatable {
    /// Jurors by dossier, as indices; those given at the start come first.
    private(set) var readers: [[Int]]
    /// The dossiers for which readers lack, and how many.
    let lacking: [(dossier: Int, missing: Int)]

    /// - Parameters:
    ///   - jurors: how many there are.
    ///   - given: the readers that each dossier has already and keeps.
    ///   - barred: the jurors that a tie keeps from each dossier.
    init(jurors: Int, readings: Int, given: [[Int]], barred: [Set<Int>]) {
        var wanted: [Int] = []
        var lacking: [(dossier: Int, missing: Int)] = []
        for (dossier, known) in given.enumerated() {
            let free = (0..<jurors).count { !barred[dossier].contains($0) && !known.contains($0) }
            let missing = max(readings - known.count, 0)
            wanted.append(min(missing, free))
            if missing > free { lacking.append((dossier, missing - free)) }
        }
        self.lacking = lacking
        var start = Array(repeating: 0, count: jurors)
        for known in given { for juror in known where juror < jurors { start[juror] += 1 } }
        readers = given
        // The least limit under which everything that can be read is: an even share at first, then one more at a time.
        let total = start.reduce(0, +) + wanted.reduce(0, +)
        var limit = jurors == 0 ? 0 : (total + jurors - 1) / jurors
        while jurors > 0 {
            if let found = Self.filled(given, wanted, barred, start, limit) {
                readers = found
                break
            }
            limit += 1
        }
    }

    static func == (left: JuryBalance, right: JuryBalance) -> Bool {
        left.readers == right.readers && left.lacking.elementsEqual(right.lacking) { $0 == $1 }
    }

    /// One reading after another; when no juror is free under the limit, readings are passed on from one to the next.
    private static func filled(
        _ given: [[Int]], _ wanted: [Int], _ barred: [Set<Int>], _ start: [Int], _ limit: Int
    ) -> [[Int]]? {
        var (added, load) = (given.map { _ in [Int]() }, start)
        for dossier in given.indices {
            for _ in 0..<wanted[dossier] {
                var tried: Set<Int> = []
                guard place(dossier, given, barred, limit, &added, &load, &tried) else { return nil }
            }
        }
        return zip(given, added).map { $0 + $1.sorted() }
    }

    /// Finds a reader for the dossier, moving other readings if it must.
    private static func place(
        _ dossier: Int, _ given: [[Int]], _ barred: [Set<Int>], _ limit: Int, _ added: inout [[Int]],
        _ load: inout [Int], _ tried: inout Set<Int>
    ) -> Bool {
        let free = load.indices.filter {
            !barred[dossier].contains($0) && !given[dossier].contains($0) && !added[dossier].contains($0)
        }.sorted { load[$0] != load[$1] ? load[$0] < load[$1] : $0 < $1 }
        if let juror = free.first(where: { !tried.contains($0) && load[$0] < limit }) {
            added[dossier].append(juror)
            load[juror] += 1
            return true
        }
        for juror in free where tried.insert(juror).inserted {
            for other in added.indices where other != dossier {
                guard let held = added[other].firstIndex(of: juror) else { continue }
                added[other].remove(at: held)
                load[juror] -= 1
                if place(other, given, barred, limit, &added, &load, &tried) {
                    added[dossier].append(juror)
                    load[juror] += 1
                    return true
                }
                added[other].insert(juror, at: held)
                load[juror] += 1
            }
        }
        return false
    }
}
