import Foundation

@testable import Maillage

/// Pictures made for tests, by `vips` and by hand.
enum Pictures {
    /// A JPEG or PNG of this size: left half red, right half blue.
    static func make(_ width: Int, _ height: Int, _ kind: String = "jpg") async throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.path + "/pictures-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let svg =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\"><rect width=\"\(width / 2)\" "
            + "height=\"\(height)\" fill=\"#f00\"/><rect x=\"\(width / 2)\" width=\"\(width)\" height=\"\(height)\" "
            + "fill=\"#00f\"/></svg>"
        try Data(svg.utf8).write(to: URL(fileURLWithPath: folder + "/dessin.svg"))
        try await TestPrograms().run(
            OutsideProgram("vips", ["flatten", "dessin.svg", "image." + kind], in: folder))
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/image." + kind)))
    }

    /// What a telephone writes in a JPEG: which way up it was held, its name, and where it was (EXIF 2.3, GPS).
    static func withMetadata(_ jpeg: [UInt8], orientation: UInt8) -> [UInt8] {
        func entry(_ tag: UInt16, _ type: UInt16, _ count: UInt32, _ value: [UInt8]) -> [UInt8] {
            big(UInt64(tag), 2) + big(UInt64(type), 2) + big(UInt64(count), 4) + value
        }
        let model = Array("TelephoneCanari\0".utf8)
        // The header (8), the first directory (2 + 3 × 12 + 4), then its values, then the GPS directory.
        let valuesAt = 8 + 2 + 36 + 4
        let placeAt = valuesAt + model.count
        let degreesAt = placeAt + 2 + 24 + 4
        var tiff: [UInt8] = Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 3]
        tiff += entry(0x0110, 2, UInt32(model.count), big(UInt64(valuesAt), 4))
        tiff += entry(0x0112, 3, 1, [0, orientation, 0, 0])
        tiff += entry(0x8825, 4, 1, big(UInt64(placeAt), 4)) + [0, 0, 0, 0]
        tiff += model + [0, 2]
        tiff += entry(0x0001, 2, 2, Array("N\0\0\0".utf8))
        tiff += entry(0x0002, 5, 3, big(UInt64(degreesAt), 4)) + [0, 0, 0, 0]
        for (number, divisor) in [(50, 1), (25, 1), (5_172, 100)] {
            tiff += big(UInt64(number), 4) + big(UInt64(divisor), 4)
        }
        let content = Array("Exif\0\0".utf8) + tiff
        let xmp = Array("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>CanariXMP</x:xmpmeta>".utf8)
        let segments =
            [0xFF, 0xE1] + big(UInt64(content.count + 2), 2) + content + [0xFF, 0xE1] + big(UInt64(xmp.count + 2), 2)
            + xmp
        return Array(jpeg[..<2]) + segments + Array(jpeg[2...])
    }

    private static func big(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64($0 * 8)) }
    }
}

/// A form with files, as a browser writes it.
struct MultipartForm {
    static let type = "multipart/form-data; boundary=frontiere"
    private var bytes: [UInt8] = []

    mutating func field(_ name: String, _ value: String) {
        bytes += Array("--frontiere\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }

    mutating func file(_ name: String, _ fileName: String, _ type: String, _ content: [UInt8]) {
        bytes += Array(
            "--frontiere\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\nContent-Type: \(type)\r\n\r\n"
                .utf8)
        bytes += content + Array("\r\n".utf8)
    }

    var body: [UInt8] { bytes + Array("--frontiere--\r\n".utf8) }
}
