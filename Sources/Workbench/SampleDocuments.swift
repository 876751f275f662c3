import Exchange

/// Small documents made here, byte by byte: what people of the demo and of tests attach.
public enum SampleDocuments {
    /// A page of text that any reader opens (ISO 32000-1, 7.5). Plain ASCII only.
    public static func pdf(_ title: String, _ lines: [String] = []) -> [UInt8] {
        var text = "BT /F1 18 Tf 72 770 Td (\(escaped(title))) Tj /F1 11 Tf"
        for line in lines { text += " 0 -22 Td (\(escaped(line))) Tj" }
        text += " ET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
            "<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var file = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(file.utf8.count)
            file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            let digits = String(offset)
            file += String(repeating: "0", count: max(0, 10 - digits.count)) + digits + " 00000 n \n"
        }
        file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n"
        return Array(file.utf8)
    }

    /// A PNG of one grey pixel (PNG, third edition).
    public static let png: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
        0x00, 0x01,
        0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00, 0x00, 0x00, 0x0A, 0x49,
        0x44, 0x41,
        0x54, 0x78, 0xDA, 0x63, 0xD8, 0x02, 0x00, 0x00, 0xB6, 0x00, 0xB5, 0xB5, 0x2E, 0x5F, 0x69, 0x00, 0x00, 0x00,
        0x00, 0x49,
        0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]

    /// An OpenDocument text of one paragraph (ISO/IEC 26300-3).
    public static func odt(_ paragraph: String) throws -> [UInt8] {
        try openDocument(
            .odt,
            "<office:text><text:p xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\(paragraph)</text:p></office:text>"
        )
    }

    /// An OpenDocument spreadsheet of one cell.
    public static func ods(_ cell: String) throws -> [UInt8] {
        try openDocument(
            .ods,
            "<office:spreadsheet><table:table table:name=\"Budget\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\">"
                + "<table:table-row><table:table-cell><text:p xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">"
                + "\(cell)</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>")
    }

    private static func openDocument(_ kind: DocumentKind, _ body: String) throws -> [UInt8] {
        let office = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" office:version=\"1.2\""
        let writer = ZIPWriter()
        try writer.add("mimetype", Array(kind.mediaType.utf8), modified: 0, method: .store)
        try writer.add(
            "content.xml",
            Array(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \(office)><office:body>\(body)</office:body></office:document-content>"
                    .utf8), modified: 0)
        try writer.add(
            "META-INF/manifest.xml",
            Array(
                ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest xmlns:manifest=\""
                    + "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" "
                    + "manifest:media-type=\"\(kind.mediaType)\"/><manifest:file-entry manifest:full-path=\"content.xml\" "
                    + "manifest:media-type=\"text/xml\"/></manifest:manifest>").utf8), modified: 0)
        try writer.finish()
        return writer.take()
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { $0 += "()\\".contains($1) ? "\\\($1)" : String($1) }
    }
}
