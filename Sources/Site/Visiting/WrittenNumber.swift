import Exchange
import Maillage

/// Numbers of addresses: plain decimals, neither exponents nor names of infinities.
enum WrittenNumber {
    /// A whole number without a sign, of nine digits at most.
    static func whole(_ bytes: some Collection<UInt8>) -> Int? {
        guard !bytes.isEmpty, bytes.count <= 9 else { return nil }
        var number = 0
        for byte in bytes {
            guard byte >= 48, byte <= 57 else { return nil }
            number = number * 10 + Int(byte - 48)
        }
        return number
    }

    /// A decimal such as `-3.0588`, rounded to a millionth; a French comma is read as a point.
    static func decimal(_ bytes: some Collection<UInt8>) -> Double? {
        guard bytes.count <= 32 else { return nil }
        let isNegative = bytes.first == UInt8(ascii: "-")
        var whole = 0.0
        var scale = 0.0
        var digits = 0
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            switch byte {
            case 48...57:
                digits += 1
                if scale == 0 {
                    whole = whole * 10 + Double(byte - 48)
                } else {
                    whole += Double(byte - 48) * scale
                    scale /= 10
                }
            case UInt8(ascii: "."), UInt8(ascii: ","):
                guard scale == 0 else { return nil }
                scale = 0.1
            default: return nil
            }
        }
        guard digits > 0, whole < 1e12 else { return nil }
        return (isNegative ? -1 : 1) * (whole * 1e6).rounded() / 1e6
    }

    /// Exactly so many decimals separated by commas.
    static func list(_ text: String, count: Int) -> [Double]? {
        let parts = text.utf8.split(separator: UInt8(ascii: ","), maxSplits: count, omittingEmptySubsequences: false)
        guard parts.count == count else { return nil }
        var numbers: [Double] = []
        for part in parts {
            let bare = part.drop { $0 == 0x20 }
            guard let number = decimal(bare) else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// The shortest writing with at most so many decimals: `50.63`, `3`, `-0.5`. Magnitudes from 1e12 are written as 0.
    static func write(_ number: Double, places: Int) -> String {
        var scale = 1
        for _ in 0..<min(max(places, 0), 6) { scale *= 10 }
        guard number.isFinite, abs(number) < 1e12 else { return "0" }
        let scaled = Int((number * Double(scale)).rounded())
        let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
        var text = (scaled < 0 ? "-" : "") + String(whole)
        guard rest > 0 else { return text }
        var fraction = String(rest + UInt(scale)).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        text += "." + fraction
        return text
    }
}

/// Instants of addresses and of the machine interface (ISO 8601, profile of RFC 3339): `2026-05-31T09:00:00Z`, with seconds,
/// fraction and offset optional; a day alone is its first minute.
enum WrittenInstant {
    /// The moment; without an offset it is read on the clocks of `zone`.
    static func read(_ text: String, zone: CivilZone) -> Instant? {
        guard let (time, offset) = parts(text) else { return nil }
        guard let offset else { return Instant(microseconds: zone.utc(of: time)) }
        let utc = CivilZone.utc.utc(of: time).subtractingReportingOverflow(Int64(offset) * 60_000_000)
        return utc.overflow ? nil : Instant(microseconds: utc.partialValue)
    }

    /// The same moment on the clocks of `zone`.
    static func local(_ text: String, zone: CivilZone) -> CivilTime? {
        guard let (time, offset) = parts(text) else { return nil }
        if offset == nil { return time }
        return read(text, zone: zone).map { zone.local($0.microseconds) }
    }

    /// `2026-05-31T09:00:00Z`.
    static func write(_ instant: Instant) -> String {
        CivilZone.utc.local(instant.microseconds).description + "Z"
    }

    /// The clock time written, and minutes east of Greenwich when they are said.
    private static func parts(_ text: String) -> (time: CivilTime, offset: Int?)? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, bytes.count <= 40, let day = String(bytes: bytes[..<10]),
            let date = CivilDate(iso: day)
        else { return nil }
        guard bytes.count > 10 else { return CivilTime(date, hour: 0).map { ($0, nil) } }
        guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"), let hour = two(bytes, 11),
            bytes.count >= 16, bytes[13] == UInt8(ascii: ":"), let minute = two(bytes, 14)
        else { return nil }
        var place = 16
        var second = 0
        if place < bytes.count, bytes[place] == UInt8(ascii: ":") {
            guard let read = two(bytes, place + 1) else { return nil }
            second = read
            place += 3
            if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
                let digits = bytes[(place + 1)...].prefix { $0 >= 48 && $0 <= 57 }
                guard !digits.isEmpty else { return nil }
                place = digits.endIndex
            }
        }
        guard let time = CivilTime(date, hour: hour, minute: minute, second: second) else { return nil }
        if place == bytes.count { return (time, nil) }
        return offset(bytes, place).map { (time, $0) }
    }

    private static func offset(_ bytes: [UInt8], _ place: Int) -> Int? {
        switch bytes[place] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): return place + 1 == bytes.count ? 0 : nil
        // A plus sign typed in an address arrives as a space.
        case UInt8(ascii: "+"), UInt8(ascii: "-"), 0x20:
            guard bytes.count == place + 6, bytes[place + 3] == UInt8(ascii: ":"), let hours = two(bytes, place + 1),
                let minutes = two(bytes, place + 4), hours < 24, minutes < 60
            else { return nil }
            return (bytes[place] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
        default: return nil
        }
    }

    private static func two(_ bytes: [UInt8], _ place: Int) -> Int? {
        guard place + 2 <= bytes.count else { return nil }
        return WrittenNumber.whole(bytes[place..<place + 2])
    }
}

extension String {
    fileprivate init?(bytes: ArraySlice<UInt8>) {
        self.init(validating: bytes, as: UTF8.self)
    }
}
