import Storage
import Synchronization

/// Gives slugs to many new places with a few questions to the database, whatever their names.
final class SlugPool: Sendable {
    /// For each stem, the last number given: where to look first next time. A hint only; the database decides.
    private let numbers = Mutex<[String: Int]>([:])

    /// One free slug for each, in order, all different.
    func slugs(for records: [IncomingRecord], _ reader: Reader) throws -> [String] {
        var taken = try Self.taken(Array(Set(records.flatMap { [$0.slug, $0.longSlug] })), reader)
        var slugs = [String?](repeating: nil, count: records.count)
        for (index, record) in records.enumerated() {
            for candidate in [record.slug, record.longSlug] where !candidate.isEmpty {
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
                let stem = records[index].longSlug.isEmpty ? records[index].slug : records[index].longSlug
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
