/// A growing run of bytes with one owner.
///
/// `[UInt8]` checks on every append whether somebody shares it; a page makes thousands of appends of a few bytes, and that
/// check was a third of its cost. Having one owner is enforced by `~Copyable`, so the memory is freed exactly once.
struct ByteBuilder: ~Copyable, @unchecked Sendable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit {
        start.deallocate()
    }

    /// The bytes written so far, lent for the time of a call.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        body(UnsafeBufferPointer(start: start, count: count))
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        start[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ source: UnsafePointer<UInt8>, count length: Int) {
        if length > capacity - count { grow(by: length) }
        (start + count).update(from: source, count: length)
        count += length
    }

    @inline(never)
    private mutating func grow(by length: Int) {
        let room = max(capacity * 2, count + length)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
        larger.update(from: start, count: count)
        start.deallocate()
        start = larger
        capacity = room
    }
}
