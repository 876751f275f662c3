/// The XML of XLSX (ECMA-376, part 1), texts in the cells themselves.
struct XLSXPen: WorkbookPen {
    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"

    func sheetPart(_ index: Int) -> String { "xl/worksheets/sheet\(index + 1).xml" }

    func parts(_ sheets: [WorkbookStream.Sheet]) -> [WorkbookPart] {
        let numbers = sheets.indices.map { $0 + 1 }
        let types = numbers.map {
            "<Override PartName=\"/xl/worksheets/sheet\($0).xml\" ContentType=\"\(Self.type).worksheet+xml\"/>"
        }.joined()
        let entries = zip(sheets, numbers).map { sheet, number in
            "<sheet name=\"\(WorkbookText.attribute(sheet.name))\" sheetId=\"\(number)\" r:id=\"rId\(number)\"/>"
        }.joined()
        let links = numbers.map {
            "<Relationship Id=\"rId\($0)\" Type=\"\(Self.relation)/worksheet\" Target=\"worksheets/sheet\($0).xml\"/>"
        }.joined()
        let styles =
            "<Relationship Id=\"rId\(sheets.count + 1)\" Type=\"\(Self.relation)/styles\" Target=\"styles.xml\"/>"
        return [
            WorkbookPart(
                "[Content_Types].xml",
                Self.head + "<Types xmlns=\"\(Self.package)/content-types\">"
                    + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                    + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(Self.type).sheet.main+xml\"/>"
                    + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(Self.type).styles+xml\"/>\(types)</Types>"),
            WorkbookPart(
                "_rels/.rels",
                Self.head + "<Relationships xmlns=\"\(Self.package)/relationships\"><Relationship Id=\"rId1\" "
                    + "Type=\"\(Self.relation)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
            WorkbookPart(
                "xl/workbook.xml",
                Self.head + "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.relation)\">"
                    + "<sheets>\(entries)</sheets></workbook>"),
            WorkbookPart(
                "xl/_rels/workbook.xml.rels",
                Self.head + "<Relationships xmlns=\"\(Self.package)/relationships\">\(links)\(styles)</Relationships>"),
            WorkbookPart("xl/styles.xml", Self.head + Self.styles),
        ]
    }

    /// 0 plain, 1 title, 2 day, 3 day and hour, 4 key.
    private static let styles = """
        <styleSheet xmlns="\(main)"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>\
        <numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/></numFmts>\
        <fonts count="3"><font><sz val="11"/><name val="Calibri"/></font>\
        <font><b/><sz val="11"/><name val="Calibri"/></font>\
        <font><sz val="9"/><color rgb="FF666666"/><name val="Calibri"/></font></fonts>\
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>\
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
        <cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
        <xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>\
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
        <xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
        <xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>\
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """

    func opening(_ sheets: [WorkbookStream.Sheet]) -> [UInt8] { [] }

    func beginning(of sheet: WorkbookStream.Sheet, _ index: Int) -> [UInt8] {
        let columns = sheet.columns.enumerated().map { number, column in
            let width = column.width.isFinite ? min(max(column.width, 1), 255) : 18
            return "<col min=\"\(number + 1)\" max=\"\(number + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
        }.joined()
        let text =
            Self.head + "<worksheet xmlns=\"\(Self.main)\"><sheetViews><sheetView workbookViewId=\"0\">"
            + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
            + (columns.isEmpty ? "" : "<cols>\(columns)</cols>") + "<sheetData>"
        return Array(text.utf8)
    }

    func row(_ cells: [WorkbookCell], _ number: Int, _ style: WorkbookStyle, to bytes: inout [UInt8]) {
        let row = Array(String(number).utf8)
        bytes += Array("<row r=\"".utf8) + row + Array("\">".utf8)
        for (index, cell) in cells.enumerated() {
            if case .empty = cell { continue }
            bytes += Array("<c r=\"".utf8)
            Self.letters(index, to: &bytes)
            bytes += row
            bytes.append(UInt8(ascii: "\""))
            self.cell(cell, style, to: &bytes)
        }
        bytes += Array("</row>".utf8)
    }

    private func cell(_ cell: WorkbookCell, _ style: WorkbookStyle, to bytes: inout [UInt8]) {
        switch cell {
        case .empty: bytes += Array("/>".utf8)
        case .text(let text):
            let mark =
                switch style {
                case .plain: ""
                case .title: " s=\"1\""
                case .key: " s=\"4\""
                }
            bytes += Array("\(mark) t=\"inlineStr\"><is><t xml:space=\"preserve\">".utf8)
            WorkbookText.append(text, escapesHexadecimal: true, to: &bytes)
            bytes += Array("</t></is></c>".utf8)
        case .number(let number):
            bytes += Array((number.isFinite ? "><v>\(number)</v></c>" : "/>").utf8)
        case .integer(let number):
            guard number.magnitude <= 9_007_199_254_740_992 else {
                return self.cell(.text(String(number)), style, to: &bytes)
            }
            bytes += Array("><v>\(number)</v></c>".utf8)
        case .flag(let flag): bytes += Array(" t=\"b\"><v>\(flag ? 1 : 0)</v></c>".utf8)
        case .date(let date): self.date(date, nil, style, to: &bytes)
        case .time(let time): self.date(time.date, time, style, to: &bytes)
        }
    }

    /// Days since 30 December 1899; a day that spreadsheets cannot hold, before March 1900 or after 9999, stays a text.
    private func date(_ date: CivilDate, _ time: CivilTime?, _ style: WorkbookStyle, to bytes: inout [UInt8]) {
        let serial = date.daysSince1970 + 25_569
        guard serial > 60, date.year <= 9_999 else {
            return cell(.text(time?.description ?? date.description), style, to: &bytes)
        }
        guard let time else {
            bytes += Array(" s=\"2\"><v>\(serial)</v></c>".utf8)
            return
        }
        let part = Double(time.microsecondOfDay / 1_000_000) / 86_400
        bytes += Array(" s=\"3\"><v>\(Double(serial) + part)</v></c>".utf8)
    }

    /// A, B … Z, AA …
    private static func letters(_ index: Int, to bytes: inout [UInt8]) {
        if index >= 26 { letters(index / 26 - 1, to: &bytes) }
        bytes.append(UInt8(ascii: "A") + UInt8(index % 26))
    }

    func ending(of sheet: WorkbookStream.Sheet, _ index: Int) -> [UInt8] { Array("</sheetData></worksheet>".utf8) }

    var closing: [UInt8] { [] }
}
