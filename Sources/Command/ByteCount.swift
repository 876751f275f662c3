import Foundation

/// Sizes for people at a terminal.
enum ByteCount {
    /// `812 B`, `3.4 kB`, `1.2 GB`
    static func text(_ bytes: Int) -> String {
        var value = Double(bytes)
        var unit = "B"
        for next in ["kB", "MB", "GB", "TB"] where value >= 1_000 {
            value /= 1_000
            unit = next
        }
        return unit == "B" ? "\(bytes) B" : String(format: "%.1f ", value) + unit
    }
}
