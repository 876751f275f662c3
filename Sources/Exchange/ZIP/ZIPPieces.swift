/// Where the content of a `ZIPPlan` comes from.
public protocol ZIPSource: Sendable {
    associatedtype Content: ZIPContent

    /// The CRC-32 of an item, by its index in the plan. Asked for each time the header or the directory is sent.
    func checksum(of item: Int) async throws -> UInt32

    /// The content of an item from one of its bytes on.
    func content(of item: Int, from offset: Int) async throws -> Content
}

/// The bytes of one item, piece by piece; nil at the end.
public protocol ZIPContent: Sendable {
    func next() async throws -> [UInt8]?
}

/// A part of the file that a `ZIPPlan` describes, piece by piece. One piece and one open content are in memory at a time.
public struct ZIPPieces<Source: ZIPSource>: Sendable {
    private let plan: ZIPPlan
    private let source: Source
    private let end: Int
    private var place: Int
    private var content: Source.Content?

    init(_ plan: ZIPPlan, _ range: Range<Int>, _ source: Source) {
        self.plan = plan
        self.source = source
        place = range.lowerBound
        end = range.upperBound
    }

    /// The next bytes, never none; nil at the end.
    ///
    /// - Throws: what the source throws; `ZIPProblem.changed` when a content is shorter than the plan says.
    public mutating func next() async throws -> [UInt8]? {
        guard place < end else { return nil }
        var piece = try await piece()
        if piece.count > end - place { piece.removeLast(piece.count - (end - place)) }
        place += piece.count
        return piece
    }

    private mutating func piece() async throws -> [UInt8] {
        let count = plan.items.count
        if place >= plan.records[count] { return Array(plan.tail.dropFirst(place - plan.records[count])) }
        if place >= plan.starts[count] { return try await records() }
        let item = Self.last(of: plan.starts, upTo: place)
        let inside = place - plan.starts[item]
        let header = ZIPPlan.headerLength(plan.items[item])
        guard inside >= header else {
            content = nil
            return Array(plan.header(of: item, checksum: try await source.checksum(of: item)).dropFirst(inside))
        }
        let open: Source.Content
        if let content { open = content } else { open = try await source.content(of: item, from: inside - header) }
        content = open
        guard var bytes = try await open.next(), !bytes.isEmpty else { throw ZIPProblem.changed(plan.items[item].name) }
        // What is longer than it was said to be is cut: the plan holds.
        let rest = plan.starts[item + 1] - place
        if bytes.count > rest { bytes.removeLast(bytes.count - rest) }
        return bytes
    }

    /// Some records of the directory, from the place on.
    private func records() async throws -> [UInt8] {
        var index = Self.last(of: plan.records, upTo: place)
        var bytes = Array(
            plan.record(of: index, checksum: try await source.checksum(of: index)).dropFirst(
                place - plan.records[index]))
        index += 1
        while index < plan.items.count, bytes.count < 60_000, plan.records[index] < end {
            bytes += plan.record(of: index, checksum: try await source.checksum(of: index))
            index += 1
        }
        return bytes
    }

    /// The last index whose offset is not beyond a place; the first offset is not.
    private static func last(of offsets: [Int], upTo place: Int) -> Int {
        var (low, high) = (0, offsets.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if offsets[middle] <= place { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
