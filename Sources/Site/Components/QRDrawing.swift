import Exchange
import Markup

/// A QR code drawn in the page; nothing when the text is too long for one.
struct QRDrawing: View {
    private let code: QRCode?
    private let label: String

    init(_ text: String, label: String) {
        code = try? QRCode(text)
        self.label = label
    }

    func render(into html: inout HTML) {
        guard let code else { return }
        // Four modules of quiet around the code, as readers need.
        let size = code.side + 8
        html.element(
            "svg", .role("img"), .aria("label", label), .viewBox("0 0 \(size) \(size)"), .class("qr"), .width(180),
            .height(180)
        ) { html in
            html.void("path", .fill("#fff"), .d("M0 0h\(size)v\(size)H0z"))
            html.void("path", .fill("#000"), .d(Self.outline(code)))
        }
    }

    /// Runs of dark modules, row by row.
    private static func outline(_ code: QRCode) -> String {
        var path = ""
        for row in 0..<code.side {
            var column = 0
            while column < code.side {
                guard code.modules[row * code.side + column] else {
                    column += 1
                    continue
                }
                let start = column
                while column < code.side, code.modules[row * code.side + column] { column += 1 }
                path += "M\(start + 4) \(row + 4)h\(column - start)v1h-\(column - start)z"
            }
        }
        return path
    }
}
