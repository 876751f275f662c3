import Markup

/// A small drawing of our own beside a word; it says nothing that the word does not, so it is hidden from screen readers.
enum Icon: View {
    case place, clock, calendar, phone, mail, web, map, search, check, warning, download, edit, plus, close, people,
        money
    case circle, route, access, document

    func render(into html: inout HTML) {
        html.raw("<svg class=\"icon\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\"")
        html.raw(" stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\" focusable=\"false\">")
        html.raw(drawing)
        html.raw("</svg>")
    }

    private var drawing: StaticString {
        switch self {
        case .place:
            """
            <path d="M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21z"/>\
            <circle cx="12" cy="9.5" r="2.5"/>
            """
        case .clock: "<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"M12 7v5l3.5 2\"/>"
        case .calendar: "<path d=\"M4 6h16v14H4zM4 10h16M8 3v4M16 3v4\"/>"
        case .phone:
            """
            <path d="M6 3h3l2 5-2.5 1.5a12 12 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 \
            3-3z"/>
            """
        case .mail: "<path d=\"M3 5h18v14H3zM3 6l9 7 9-7\"/>"
        case .web:
            """
            <circle cx="12" cy="12" r="9"/>\
            <path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"/>
            """
        case .map: "<path d=\"M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14\"/>"
        case .search: "<circle cx=\"11\" cy=\"11\" r=\"7\"/><path d=\"M16 16l5 5\"/>"
        case .check: "<path d=\"M4 12.5l5.5 5.5L20 7\"/>"
        case .warning: "<path d=\"M12 4l9 16H3zM12 10v4M12 17v.2\"/>"
        case .download: "<path d=\"M12 4v11M7 10.5l5 5 5-5M4 20h16\"/>"
        case .edit: "<path d=\"M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5\"/>"
        case .plus: "<path d=\"M12 5v14M5 12h14\"/>"
        case .close: "<path d=\"M6 6l12 12M18 6L6 18\"/>"
        case .people:
            """
            <circle cx="9" cy="8" r="3.5"/>\
            <path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 5a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5"/>
            """
        case .money: "<path d=\"M18 6.5A7 7 0 0 0 7 12a7 7 0 0 0 11 5.5M4 10.5h9M4 13.5h9\"/>"
        case .circle:
            """
            <circle cx="12" cy="5" r="2.5"/>\
            <circle cx="5" cy="18" r="2.5"/>\
            <circle cx="19" cy="18" r="2.5"/>\
            <path d="M10.8 7.2L6.2 15.8M13.2 7.2l4.6 8.6M7.5 18h9"/>
            """
        case .route:
            """
            <circle cx="6" cy="18" r="2.5"/>\
            <circle cx="18" cy="6" r="2.5"/>\
            <path d="M8.5 18H15a3 3 0 0 0 0-6H9a3 3 0 0 1 0-6h6.5"/>
            """
        case .access:
            """
            <circle cx="11" cy="4" r="1.8"/>\
            <path d="M11 7.5V13h5l2.5 5M9 10.5a5.5 5.5 0 1 0 6 7.5"/>
            """
        case .document: "<path d=\"M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6\"/>"
        }
    }
}

/// The mark of Maillage: an M knotted like a net.
struct BrandMark: View {
    func render(into html: inout HTML) {
        html.raw(
            "<svg viewBox=\"0 0 40 40\" fill=\"none\" stroke=\"currentColor\" aria-hidden=\"true\" focusable=\"false\">"
        )
        html.raw("<path d=\"M7 9h26M7 32l13-10 13 10M7 32h26\" stroke-width=\"1.3\" opacity=\".55\"/>")
        html.raw("<path d=\"M7 32V9l13 13L33 9v23\" stroke-width=\"2.6\" stroke-linecap=\"round\"/>")
        html.raw("<g fill=\"currentColor\" stroke=\"none\">")
        html.raw(
            "<circle cx=\"7\" cy=\"9\" r=\"4\"/><circle cx=\"33\" cy=\"9\" r=\"4\"/><circle cx=\"7\" cy=\"32\" r=\"4\"/>"
        )
        html.raw("<circle cx=\"33\" cy=\"32\" r=\"4\"/></g><circle class=\"knot\" cx=\"20\" cy=\"22\" r=\"5\"/></svg>")
    }
}
