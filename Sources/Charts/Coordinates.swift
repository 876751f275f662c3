/// The `d` of a path, with two digits after the point: enough for a screen, and the same on every machine.
struct Coordinates {
    private(set) var text = ""

    mutating func move(_ x: Double, _ y: Double) { add("M", [x, y]) }

    mutating func line(_ x: Double, _ y: Double) { add("L", [x, y]) }

    mutating func curve(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x: Double, _ y: Double) {
        add("C", [x1, y1, x2, y2, x, y])
    }

    private mutating func add(_ letter: String, _ numbers: [Double]) {
        text += letter
        for (index, number) in numbers.enumerated() {
            if index > 0 { text += " " }
            text += Self.text(number)
        }
    }

    /// A number in plain digits; « 0 » for what is not one.
    static func text(_ number: Double) -> String {
        guard number.isFinite, abs(number) < 1e12 else { return "0" }
        let hundredths = Int((number * 100).rounded())
        let sign = hundredths < 0 ? "-" : ""
        let magnitude = hundredths.magnitude
        let rest = magnitude % 100
        if rest == 0 { return sign + String(magnitude / 100) }
        let digits = rest % 10 == 0 ? String(rest / 10) : (rest < 10 ? "0\(rest)" : String(rest))
        return "\(sign)\(magnitude / 100).\(digits)"
    }
}
