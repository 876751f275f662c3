import Exchange

extension Instant {
    /// Reads what `iso` writes, `2026-11-21T23:26:06Z`, and nothing else.
    public init?(iso text: String) {
        guard text.utf8.count == 20, text.utf8.last == UInt8(ascii: "Z"),
            let time = Self.time(Array(text.utf8.dropLast())), text.utf8.dropFirst(10).first == UInt8(ascii: "T")
        else { return nil }
        self.init(microseconds: CivilZone.utc.utc(of: time))
    }

    /// Reads what a person types for a moment: `2026-11-22 18:30`, with or without seconds, by the clocks of Paris; or the same
    /// with a `T` for the space, followed by `Z` or an offset such as `+01:00`.
    ///
    /// Nil when it is none, when clocks skip that hour in spring, and when they show it twice in autumn: an offset tells them apart.
    public init?(typed text: String) {
        var bytes = Array(text.utf8.prefix(40))
        var offset: Int?
        if bytes.last == UInt8(ascii: "Z") {
            bytes.removeLast()
            offset = 0
        } else if bytes.count > 16, let sign = bytes.suffix(6).first,
            sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        {
            let digits = Array(bytes.suffix(5))
            guard digits[2] == UInt8(ascii: ":"), let hours = Self.number(digits[0..<2]),
                let minutes = Self.number(digits[3..<5]), hours < 19, minutes < 60
            else { return nil }
            bytes.removeLast(6)
            offset = (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
        }
        if bytes.count == 16 { bytes += Array(":00".utf8) }
        guard let time = Self.time(bytes) else { return nil }
        if let offset {
            self.init(microseconds: CivilZone.utc.utc(of: time) - Int64(offset) * 60_000_000)
            return
        }
        guard case .one(let microseconds) = CivilZone.paris.instants(of: time) else { return nil }
        self.init(microseconds: microseconds)
    }

    /// `2026-11-21T23:26:06`, or with a space.
    private static func time(_ bytes: [UInt8]) -> CivilTime? {
        guard bytes.count == 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let date = CivilDate(iso: String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19])
        else { return nil }
        return CivilTime(date, hour: hour, minute: minute, second: second)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(0 as Int?) { sum, byte in
            sum.flatMap { (48...57).contains(byte) ? $0 * 10 + Int(byte - 48) : nil }
        }
    }
}
