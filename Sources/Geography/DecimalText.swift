extension [UInt8] {
    /// Appends a whole number in decimal ASCII, without building a `String`.
    mutating func append(decimal value: Int) {
        var rest = value.magnitude
        if value < 0 { append(UInt8(ascii: "-")) }
        let start = count
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            append(UInt8(ascii: "0") + UInt8(digit))
            rest = quotient
        } while rest > 0
        if count - start > 1 { self[start...].reverse() }
    }

    mutating func append(text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }
}
