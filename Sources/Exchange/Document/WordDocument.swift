/// A text to fill in a word processor, as Office Open XML (ECMA-376, DOCX): headings, paragraphs, lists and room to write.
///
/// Written by hand because a blank form needs four small parts: no converter has to be installed. Headings are real styles, so that
/// screen readers and tables of contents find them.
public struct WordDocument: Sendable {
    public enum Block: Sendable, Equatable {
        /// Level 1 to 3.
        case heading(Int, String)
        case paragraph(String)
        case item(String)
        /// A help, in smaller grey letters.
        case note(String)
        /// An empty frame to write in, so many lines high.
        case answer(lines: Int)
    }

    public static let mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    public var title: String
    public var blocks: [Block]
    /// Seconds since 1970, UTC: the same document always gives the same bytes.
    public var modified: Int64

    public init(title: String, blocks: [Block], modified: Int64) {
        self.title = title
        self.blocks = blocks
        self.modified = modified
    }

    /// The file. Throws `ZIPProblem` beyond what a ZIP file holds.
    public func bytes() throws -> [UInt8] {
        let zip = ZIPWriter()
        try zip.add("[Content_Types].xml", Array(Self.contentTypes.utf8), modified: modified)
        try zip.add("_rels/.rels", Array(Self.relations.utf8), modified: modified)
        try zip.add("docProps/core.xml", properties, modified: modified)
        try zip.add("word/_rels/document.xml.rels", Array(Self.documentRelations.utf8), modified: modified)
        try zip.add("word/styles.xml", Array(Self.styles.utf8), modified: modified)
        try zip.add("word/document.xml", document, modified: modified)
        try zip.finish()
        return zip.take()
    }

    private var document: [UInt8] {
        var xml = Array((Self.head + "<w:document xmlns:w=\"\(Self.space)\"><w:body>").utf8)
        for block in blocks { Self.append(block, to: &xml) }
        xml += Array(
            ("<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
                + "<w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>"
                + "</w:sectPr></w:body></w:document>").utf8)
        return xml
    }

    private var properties: [UInt8] {
        var xml = Array(
            (Self.head
                + "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
                + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>").utf8)
        XMLText.append(title, to: &xml)
        xml += Array("</dc:title><dc:language>fr-FR</dc:language></cp:coreProperties>".utf8)
        return xml
    }

    private static func append(_ block: Block, to xml: inout [UInt8]) {
        switch block {
        case .heading(let level, let text): paragraph("Heading\(min(max(level, 1), 3))", text, to: &xml)
        case .paragraph(let text): paragraph(nil, text, to: &xml)
        case .item(let text): paragraph("ListBullet", "•\u{A0}" + text, to: &xml)
        case .note(let text): paragraph("Note", text, to: &xml)
        case .answer(let lines):
            xml += Array(
                ("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>" + border("top") + border("left")
                    + border("bottom") + border("right")
                    + "</w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w=\"9638\"/></w:tblGrid>"
                    + "<w:tr><w:trPr><w:trHeight w:val=\"\(min(max(lines, 1), 60) * 340)\" w:hRule=\"atLeast\"/></w:trPr>"
                    + "<w:tc><w:tcPr><w:tcW w:w=\"9638\" w:type=\"dxa\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:p/>")
                    .utf8)
        }
    }

    private static func border(_ side: String) -> String {
        "<w:\(side) w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"767676\"/>"
    }

    private static func paragraph(_ style: String?, _ text: String, to xml: inout [UInt8]) {
        xml += Array("<w:p>".utf8)
        if let style { xml += Array("<w:pPr><w:pStyle w:val=\"\(style)\"/></w:pPr>".utf8) }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            xml += Array("<w:r>\(index > 0 ? "<w:br/>" : "")<w:t xml:space=\"preserve\">".utf8)
            XMLText.append(line, to: &xml)
            xml += Array("</w:t></w:r>".utf8)
        }
        xml += Array("</w:p>".utf8)
    }

    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    private static let contentTypes =
        head + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        + "<Override PartName=\"/word/document.xml\" ContentType=\"\(mediaType).main+xml\"/>"
        + "<Override PartName=\"/word/styles.xml\" "
        + "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
        + "<Override PartName=\"/docProps/core.xml\" "
        + "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"

    private static let relations =
        head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + "<Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\" Target=\"word/document.xml\"/>"
        + "<Relationship Id=\"rId2\" "
        + "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
        + "Target=\"docProps/core.xml\"/></Relationships>"

    private static let documentRelations =
        head + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + "<Relationship Id=\"rId1\" Type=\"\(office)/styles\" Target=\"styles.xml\"/></Relationships>"

    private static let styles =
        head + "<w:styles xmlns:w=\"\(space)\"><w:docDefaults><w:rPrDefault><w:rPr>"
        + "<w:rFonts w:ascii=\"Liberation Sans\" w:hAnsi=\"Liberation Sans\" w:cs=\"Liberation Sans\"/>"
        + "<w:sz w:val=\"22\"/><w:lang w:val=\"fr-FR\"/></w:rPr></w:rPrDefault>"
        + "<w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
        + "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
        + heading(1, size: 36) + heading(2, size: 28) + heading(3, size: 24)
        + "<w:style w:type=\"paragraph\" w:styleId=\"ListBullet\"><w:name w:val=\"List Bullet\"/><w:basedOn w:val=\"Normal\"/>"
        + "<w:pPr><w:ind w:left=\"360\" w:hanging=\"240\"/></w:pPr></w:style>"
        + "<w:style w:type=\"paragraph\" w:styleId=\"Note\"><w:name w:val=\"Note\"/><w:basedOn w:val=\"Normal\"/>"
        + "<w:rPr><w:color w:val=\"595959\"/><w:sz w:val=\"20\"/></w:rPr></w:style></w:styles>"

    private static func heading(_ level: Int, size: Int) -> String {
        "<w:style w:type=\"paragraph\" w:styleId=\"Heading\(level)\"><w:name w:val=\"heading \(level)\"/>"
            + "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing w:before=\"240\"/>"
            + "<w:outlineLvl w:val=\"\(level - 1)\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"\(size)\"/></w:rPr></w:style>"
    }
}
