import Markup

/// A word on what has just happened, at the top of the next page.
struct FlashMessage: View, Sendable, Equatable {
    enum Kind: String, Sendable {
        case success
        case information = "info"
        case warning, error
    }

    var kind: Kind
    var text: String

    init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    func render(into html: inout HTML) {
        html.div(.class("flash flash-\(kind.rawValue)"), .role(kind == .error ? "alert" : "status")) { html in
            html.p { html in
                if let word { html.strong(word + "\u{202F}: ") }
                html.text(text)
            }
        }
    }

    /// The kind in words: colour alone says nothing to many.
    private var word: String? {
        switch kind {
        case .success, .information: nil
        case .warning: "Attention"
        case .error: "Erreur"
        }
    }
}

/// What a list or a page says when it has nothing to show, and what to do next.
struct EmptyState: View {
    var title: String
    var text: String?
    /// What to do next: the first is the main one.
    var actions: [(label: String, link: Link)]

    init(_ title: String, _ text: String? = nil, actions: [(label: String, link: Link)] = []) {
        self.title = title
        self.text = text
        self.actions = actions
    }

    func render(into html: inout HTML) {
        html.div(.class("empty")) { html in
            html.h2(title)
            if let text { html.p(text) }
            if !actions.isEmpty {
                html.div(.class("actions")) { html in
                    for (index, action) in actions.enumerated() {
                        html.a(action.label, .href(action.link), .class("button", index == 0 ? "button-primary" : nil))
                    }
                }
            }
        }
    }
}

/// A state in one or two words, with a colour that repeats it.
struct Badge: View {
    /// Each with its classes, written out: a page holds a hundred of them.
    enum Tone: String, Sendable {
        case neutral = "badge"
        case good = "badge badge-good"
        case warn = "badge badge-warn"
        case bad = "badge badge-bad"
        case info = "badge badge-info"
    }

    var text: String
    var tone: Tone

    init(_ text: String, _ tone: Tone = .neutral) {
        self.text = text
        self.tone = tone
    }

    func render(into html: inout HTML) {
        html.span(text, .class(tone.rawValue))
    }
}

/// A word that a thing is filed under, sometimes a link to its like.
struct Chip: View {
    var text: String
    var link: Link?

    init(_ text: String, link: Link? = nil) {
        self.text = text
        self.link = link
    }

    func render(into html: inout HTML) {
        if let link {
            html.a(text, .href(link), .class("tag"))
        } else {
            html.span(text, .class("tag"))
        }
    }
}

/// Several tags, as a list.
struct Chips: View {
    var tags: [Chip]

    init(_ tags: [Chip]) {
        self.tags = tags
    }

    func render(into html: inout HTML) {
        guard !tags.isEmpty else { return }
        html.ul(.class("tags")) { html in
            for tag in tags { html.li { $0.add(tag) } }
        }
    }
}
