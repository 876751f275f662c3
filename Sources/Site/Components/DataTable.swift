import Markup

/// A table with a caption, read on small screens by scrolling inside its own frame, which the keyboard can reach.
struct DataTable<Row>: View {
    /// One column: its title, how a cell is written, and whether it holds numbers.
    struct Column {
        var title: String
        var isNumber: Bool
        var cell: (Row, inout HTML) -> Void

        /// A column of text.
        init(_ title: String, isNumber: Bool = false, text: @escaping (Row) -> String?) {
            self.init(title, isNumber: isNumber) { row, html in html.text(text(row)) }
        }

        /// A column whose cells are written by hand.
        init(_ title: String, isNumber: Bool = false, cell: @escaping (Row, inout HTML) -> Void) {
            self.title = title
            self.isNumber = isNumber
            self.cell = cell
        }
    }

    /// What the table shows, in one sentence.
    var caption: String
    var rows: [Row]
    /// The first column names the row: its cells are row headers.
    var columns: [Column]
    /// Identifier of the caption, when a page holds several tables.
    var id = "tableau"

    init(_ caption: String, rows: [Row], id: String = "tableau", columns: [Column]) {
        self.caption = caption
        self.rows = rows
        self.columns = columns
        self.id = id
    }

    func render(into html: inout HTML) {
        html.div(.class("table-scroll"), .tabindex(0), .role("region"), .aria("labelledby", id)) { html in
            html.table { html in
                html.caption(caption, .id(id))
                html.thead { html in
                    html.tr { html in
                        for column in columns {
                            html.th(column.title, .scope("col"), .class(column.isNumber ? "number" : nil))
                        }
                    }
                }
                html.tbody { html in
                    for row in rows { html.tr { renderCells(of: row, into: &$0) } }
                }
            }
        }
    }

    private func renderCells(of row: Row, into html: inout HTML) {
        for (index, column) in columns.enumerated() {
            if index == 0 {
                html.th(.scope("row")) { column.cell(row, &$0) }
            } else {
                html.td(.class(column.isNumber ? "number" : nil)) { column.cell(row, &$0) }
            }
        }
    }
}

/// Facts by name: « Adresse », « Téléphone »… Facts without content are left out.
struct DefinitionList: View {
    struct Fact {
        var name: String
        var content: ((inout HTML) -> Void)?

        /// A fact in one text; left out when there is none.
        init(_ name: String, _ text: String?) {
            self.name = name
            content = text.flatMap { text in text.isEmpty ? nil : { $0.text(text) } }
        }

        /// A fact written by hand.
        init(_ name: String, content: @escaping (inout HTML) -> Void) {
            self.name = name
            self.content = content
        }
    }

    var facts: [Fact]

    init(_ facts: [Fact]) {
        self.facts = facts
    }

    func render(into html: inout HTML) {
        let known = facts.filter { $0.content != nil }
        guard !known.isEmpty else { return }
        html.dl(.class("facts")) { html in
            for fact in known {
                html.dt(fact.name)
                html.dd { fact.content?(&$0) }
            }
        }
    }
}

/// What happened, newest or oldest first as given.
struct Timeline: View {
    struct Event {
        /// The moment in words, as the network reads it.
        var when: String
        /// The same moment for machines (`2026-10-16T21:59:00Z`).
        var datetime: String?
        var title: String
        var detail: String?
        /// Where more is said, with the words that lead there.
        var link: Link?
        var linkText = ""
        /// True for what changed the course of things.
        var isKey = false

        init(
            _ when: String, datetime: String? = nil, title: String, detail: String? = nil, link: Link? = nil,
            linkText: String = "", isKey: Bool = false
        ) {
            self.when = when
            self.datetime = datetime
            self.title = title
            self.detail = detail
            self.link = link
            self.linkText = linkText
            self.isKey = isKey
        }
    }

    var events: [Event]

    init(_ events: [Event]) {
        self.events = events
    }

    func render(into html: inout HTML) {
        guard !events.isEmpty else { return }
        html.ol(.class("timeline")) { html in
            for event in events {
                html.li(.class(event.isKey ? "is-key" : nil)) { html in
                    // Words such as « début septembre » are no time for machines.
                    if event.datetime == nil {
                        html.span(event.when, .class("when"))
                    } else {
                        html.time(event.when, .datetime(event.datetime))
                    }
                    html.p { $0.strong(event.title) }
                    if let detail = event.detail { html.p(detail) }
                    if let link = event.link {
                        html.p(.class("break")) { $0.a(event.linkText, .href(link)) }
                    }
                }
            }
        }
    }
}
