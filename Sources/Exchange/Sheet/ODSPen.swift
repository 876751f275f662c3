/// The XML of ODS (OpenDocument 1.3, part 3): all the sheets in one part.
struct ODSPen: WorkbookPen {
    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private static let name = "urn:oasis:names:tc:opendocument:xmlns"

    func sheetPart(_ index: Int) -> String { "content.xml" }

    func parts(_ sheets: [WorkbookStream.Sheet]) -> [WorkbookPart] {
        [
            WorkbookPart("mimetype", WorkbookStream.Format.ods.mediaType, isStored: true),
            WorkbookPart(
                "META-INF/manifest.xml",
                Self.head + "<manifest:manifest xmlns:manifest=\"\(Self.name):manifest:1.0\" manifest:version=\"1.3\">"
                    + "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" "
                    + "manifest:media-type=\"\(WorkbookStream.Format.ods.mediaType)\"/>"
                    + "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
                    + "</manifest:manifest>"),
        ]
    }

    func opening(_ sheets: [WorkbookStream.Sheet]) -> [UInt8] {
        let spaces = [("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")].map {
            " xmlns:\($0)=\"\(Self.name):\($1):1.0\""
        }.joined()
        let text = """
            \(Self.head)<office:document-content\(spaces) xmlns:number="\(Self.name):datastyle:1.0" \
            xmlns:fo="\(Self.name):xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles>\
            <number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text>\
            <number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>\
            <number:date-style style:name="N2"><number:day number:style="long"/><number:text>/</number:text>\
            <number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>\
            <number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>\
            <number:minutes number:style="long"/></number:date-style>\
            <style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>\
            <style:style style:name="moment" style:family="table-cell" style:data-style-name="N2"/>\
            <style:style style:name="title" style:family="table-cell">\
            <style:text-properties fo:font-weight="bold"/></style:style>\
            <style:style style:name="key" style:family="table-cell">\
            <style:text-properties fo:font-size="8pt" fo:color="#666666"/></style:style>\
            </office:automatic-styles><office:body><office:spreadsheet>
            """
        return Array(text.utf8)
    }

    func beginning(of sheet: WorkbookStream.Sheet, _ index: Int) -> [UInt8] {
        let columns = max(sheet.columns.count, 1)
        return Array(
            ("<table:table table:name=\"\(WorkbookText.attribute(sheet.name))\">"
                + "<table:table-column table:number-columns-repeated=\"\(columns)\"/>").utf8)
    }

    func row(_ cells: [WorkbookCell], _ number: Int, _ style: WorkbookStyle, to bytes: inout [UInt8]) {
        let isTitle = style == .title
        bytes += Array((isTitle ? "<table:table-header-rows><table:table-row>" : "<table:table-row>").utf8)
        if cells.isEmpty { bytes += Array("<table:table-cell/>".utf8) }
        for cell in cells { self.cell(cell, style, to: &bytes) }
        bytes += Array((isTitle ? "</table:table-row></table:table-header-rows>" : "</table:table-row>").utf8)
    }

    private func cell(_ cell: WorkbookCell, _ style: WorkbookStyle, to bytes: inout [UInt8]) {
        switch cell {
        case .empty: bytes += Array("<table:table-cell/>".utf8)
        case .text(let text):
            let mark =
                switch style {
                case .plain: ""
                case .title: " table:style-name=\"title\""
                case .key: " table:style-name=\"key\""
                }
            bytes += Array("<table:table-cell\(mark) office:value-type=\"string\"><text:p>".utf8)
            WorkbookText.appendParagraphs(text, to: &bytes)
            bytes += Array("</text:p></table:table-cell>".utf8)
        case .number(let number):
            guard number.isFinite else { return self.cell(.empty, style, to: &bytes) }
            value("float", "office:value=\"\(number)\"", String(number), nil, to: &bytes)
        case .integer(let number):
            guard number.magnitude <= 9_007_199_254_740_992 else {
                return self.cell(.text(String(number)), style, to: &bytes)
            }
            value("float", "office:value=\"\(number)\"", String(number), nil, to: &bytes)
        case .flag(let flag):
            value("boolean", "office:boolean-value=\"\(flag)\"", flag ? "VRAI" : "FAUX", nil, to: &bytes)
        case .date(let date):
            value("date", "office:date-value=\"\(date.description)\"", date.description, "day", to: &bytes)
        case .time(let time):
            let second = Self.digits(time.hour) + ":" + Self.digits(time.minute) + ":" + Self.digits(time.second)
            let day = time.date.description
            value("date", "office:date-value=\"\(day)T\(second)\"", "\(day) \(second)", "moment", to: &bytes)
        }
    }

    private func value(_ type: String, _ value: String, _ text: String, _ style: String?, to bytes: inout [UInt8]) {
        let mark = style.map { " table:style-name=\"\($0)\"" } ?? ""
        let cell = "<table:table-cell\(mark) office:value-type=\"\(type)\" \(value)><text:p>\(text)</text:p>"
        bytes += Array((cell + "</table:table-cell>").utf8)
    }

    private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    func ending(of sheet: WorkbookStream.Sheet, _ index: Int) -> [UInt8] { Array("</table:table>".utf8) }

    var closing: [UInt8] {
        Array("</office:spreadsheet></office:body></office:document-content>".utf8)
    }
}
