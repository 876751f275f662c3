/// The `url(…)` of a style sheet, turned into the names files are served under.
enum StyleReferences {
    /// `sheet` is the name of the sheet itself: references are relative to it. Those that are not files of ours stay.
    static func rewrite(_ sheet: [UInt8], in name: String, _ address: (String) -> String?) -> [UInt8] {
        let opening = Array("url(".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(sheet.count + 256)
        var index = 0
        while index < sheet.count {
            guard sheet[index] == opening[0], sheet[index...].starts(with: opening),
                let end = sheet[index...].firstIndex(of: UInt8(ascii: ")"))
            else {
                result.append(sheet[index])
                index += 1
                continue
            }
            let inside = sheet[(index + opening.count)..<end]
            let reference = String(decoding: inside.filter { !" '\"\n".utf8.contains($0) }, as: UTF8.self)
            result += opening
            if let served = address(resolve(reference, from: name)) {
                result += Array(served.utf8)
            } else {
                result += inside
            }
            result.append(UInt8(ascii: ")"))
            index = end + 1
        }
        return result
    }

    private static func resolve(_ reference: String, from sheet: String) -> String {
        var parts = sheet.split(separator: "/").dropLast().map(String.init)
        let path = reference.prefix { $0 != "?" && $0 != "#" }
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": if !parts.isEmpty { parts.removeLast() }
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}
