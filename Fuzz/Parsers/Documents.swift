@testable import Exchange

extension Parser {
    /// What people attach, told by its bytes.
    static let documents = [document, picture]

    private static let document = Parser(
        "document",
        seeds: {
            let text = Array("<x/>".utf8)
            let odt = Array(DocumentKind.odt.mediaType.utf8)
            return [
                Array("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".utf8),
                Samples.zip([("mimetype", odt), ("content.xml", text), ("META-INF/manifest.xml", text)], .store),
                Samples.zip([("[Content_Types].xml", text), ("word/document.xml", text)], .deflate),
                Samples.zip(
                    [("[Content_Types].xml", text), ("xl/workbook.xml", text), ("xl/vbaProject.bin", text)], .store),
                given { try WordDocument(title: "Règlement", blocks: [], modified: 1_700_000_000).bytes() } ?? [],
                [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], Pictures.png, Pictures.jpeg, Pictures.webp,
            ]
        },
        read: { bytes in
            _ = given { try DocumentKind.detect(size: bytes.count, slices(of: bytes)) }
        })

    private static let picture = Parser(
        "picture", seeds: { [Pictures.png, Pictures.jpeg, Pictures.webp, Pictures.extendedWebP] },
        read: { bytes in
            func header(_ pieces: [[UInt8]]) -> ImageHeader? {
                given {
                    var reader = ImageHeaderReader()
                    for piece in pieces { try reader.feed(piece) }
                    return try reader.finish()
                }
            }
            let whole = header([bytes])
            mustHold(header(bytes.halves) == whole, "a picture that does not depend on how it is cut")
            mustHold(header(bytes.crumbs) == whole, "a picture that does not depend on how it is cut")
            mustHold(whole.map { $0.width > 0 && $0.height > 0 && $0.pixels > 0 } ?? true, "a picture that has a size")
            guard let bare = given({ try WebPPicture.bare(bytes) }) else { return }
            mustHold(bare.count <= bytes.count + 1, "a picture that is not longer once it is bare")
            mustHold(given { try WebPPicture.bare(bare) } == bare, "a bare picture that is bare")
        })
}

/// The beginnings of pictures: no pixel is ever read.
enum Pictures {
    static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [0, 0, 2, 0, 0, 0, 1, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + Array("IEND".utf8) + [
            0xAE, 0x42, 0x60, 0x82,
        ]

    static let jpeg: [UInt8] = [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xFE, 0, 4, 0x61,
        0x62, 0xFF, 0xC0,
        0, 17, 8, 1, 0, 2, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xDA, 0, 2, 0xFF, 0xD9,
    ]

    static let webp: [UInt8] = riff(chunk("VP8L", [0x2F, 0x3F, 0xC0, 0x0F, 0, 1, 2, 3]))

    static let extendedWebP: [UInt8] = riff(
        chunk("VP8X", [0x08, 0, 0, 0, 0x3F, 0, 0, 0x3F, 0, 0]) + chunk("EXIF", [1, 2, 3])
            + chunk("VP8 ", [0x10, 0, 0, 0x9D, 0x01, 0x2A, 0x40, 0, 0x40, 0, 0, 0]))

    private static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        let count = UInt32(truncatingIfNeeded: bytes.count)
        let length = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: count >> UInt32($0)) }
        return Array(name.utf8) + length + bytes + (bytes.count.isMultiple(of: 2) ? [] : [0])
    }

    private static func riff(_ chunks: [UInt8]) -> [UInt8] { chunk("RIFF", Array("WEBP".utf8) + chunks) }
}
