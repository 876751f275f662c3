import Storage
import Synchronization

/// Gives slugs to many new places with a few questions to the database, whatever their names.
final class SlugPool: Sendable {
    /// For each stem, the last number given: where to look first next time. A hint only; the database decides.
    private let numbers = Mutex<[String: Int]>([:])

    /// One free slug for each, in order, all different.
    func slugs(for names: [(name: String, commune: String)], _ reader: Reader) throws -> [String] {
        let bases = names.map { PlaceSlug.slug(of: $0.name) }
        let longer = names.map { $0.commune.isEmpty ? "" : PlaceSlug.slug(of: $0.name + " " + $0.commune) }
        var taken = try Self.taken(Array(Set(bases + longer)), reader)
        var slugs = [String?](repeating: nil, count: names.count)
        for index in names.indices {
            for candidate in [bases[index], longer[index]] where !candidate.isEmpty {
                if taken.insert(candidate).inserted {
                    slugs[index] = candidate
                    break
                }
            }
        }
        var waiting = slugs.indices.filter { slugs[$0] == nil }
        var step = 1
        while !waiting.isEmpty {
            let asked = waiting.map { index in
                let stem = longer[index].isEmpty ? bases[index] : longer[index]
                return (index: index, slug: "\(stem)-\(next(stem, step))")
            }
            taken.formUnion(try Self.taken(asked.map(\.slug), reader))
            for (index, slug) in asked where taken.insert(slug).inserted { slugs[index] = slug }
            waiting = slugs.indices.filter { slugs[$0] == nil }
            // A register that already holds thousands of one name is passed by leaps.
            step = min(step * 2, 1_024)
        }
        return slugs.map { $0 ?? "" }
    }

    private func next(_ stem: String, _ step: Int) -> Int {
        numbers.withLock { numbers in
            let next = (numbers[stem] ?? 1) + step
            numbers[stem] = next
            return next
        }
    }

    private static func taken(_ slugs: [String], _ reader: Reader) throws -> Set<String> {
        Set(
            try reader.all(
                """
                SELECT slug FROM place WHERE slug IN \(list: slugs)
                UNION ALL
                SELECT slug FROM place_slug WHERE slug IN \(list: slugs)
                """
            ) { try $0.text(0) })
    }
}
