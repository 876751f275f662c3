import Markup

/// One way to narrow a list: values with the number of results each would leave. Open when something in it is chosen.
struct Facet: View {
    struct Value: Sendable {
        var value: String
        var label: String
        /// How many results it would leave; nil when it was not counted.
        var count: Int?
        /// The name it is sent under, when it is not the facet's.
        var name: String?

        init(_ value: String, _ label: String, count: Int? = nil, name: String? = nil) {
            self.value = value
            self.label = label
            self.count = count
            self.name = name
        }
    }

    var name: String
    var label: String
    var values: [Value]
    var chosen: Set<String>
    var isOpen: Bool
    /// True when only one value may be chosen.
    var isSingle: Bool

    init(
        _ name: String, _ label: String, values: [Value], chosen: Set<String> = [], isOpen: Bool = false,
        isSingle: Bool = false
    ) {
        self.name = name
        self.label = label
        self.values = values
        self.chosen = chosen
        self.isOpen = isOpen
        self.isSingle = isSingle
    }

    /// Decides what is chosen, for facets whose values have names of their own.
    private var isChosen: (@Sendable (Value) -> Bool)?

    /// The facet whose boxes are ticked where the condition holds.
    func choosing(_ isChosen: @escaping @Sendable (Value) -> Bool) -> Facet {
        var facet = self
        facet.isChosen = isChosen
        return facet
    }

    private func holds(_ value: Value) -> Bool {
        isChosen?(value) ?? chosen.contains(value.value)
    }

    func render(into html: inout HTML) {
        guard !values.isEmpty else { return }
        let count = values.count { holds($0) }
        html.details(.class("facet"), .open(isOpen || count > 0)) { html in
            html.summary { html in
                html.span(label)
                if count > 0 {
                    html.span(.class("facet-chosen")) { html in
                        html.text(count)
                        html.span(Format.noun(count, " choisi", " choisis"), .class("visually-hidden"))
                    }
                }
            }
            html.fieldset { html in
                html.legend(label, .class("visually-hidden"))
                let base = FieldFrame.id(of: name)
                for (index, value) in values.enumerated() { render(value, "\(base)-\(index + 1)", into: &html) }
            }
        }
    }

    private func render(_ value: Value, _ id: String, into html: inout HTML) {
        html.div(.class("choice")) { html in
            html.input(
                .type(isSingle ? "radio" : "checkbox"), .id(id), .name(value.name ?? name), .value(value.value),
                .checked(holds(value)))
            html.label(value.label, .for(id))
            if let count = value.count {
                html.span(.class("count")) { html in
                    html.text(Format.number(count))
                    html.span(Format.noun(count, " lieu", " lieux"), .class("visually-hidden"))
                }
            }
        }
    }
}

/// The form of facets and search beside a list: GET, so that every state of it has an address.
struct FacetPanel: View {
    /// The address of the list.
    var action: Link
    /// Identifier of the region that holds the results, replaced in place with a script.
    var results: String
    var facets: [Facet]
    /// Parameters to carry along: the words searched, the frame of the map.
    var hidden: [(String, String)]
    /// The address of the same list without any filter, when one is set.
    var reset: Link?
    /// Identifier of the form, for fields that stand elsewhere on the page and belong to it.
    var id: String?

    init(
        action: Link, results: String = "resultats", facets: [Facet], hidden: [(String, String)] = [],
        reset: Link? = nil
    ) {
        self.action = action
        self.results = results
        self.facets = facets
        self.hidden = hidden
        self.reset = reset
    }

    func render(into html: inout HTML) {
        html.form(
            .method("get"), .action(action), .id(id), .class("facets"), .data("filters", results),
            .aria("label", "Filtres")
        ) { html in
            for (name, value) in hidden { html.add(HiddenField(name, value)) }
            // On a phone the facets fold behind one word, without a script, as the menu does.
            html.details(.class("facets-toggle"), .open(false)) { $0.summary("Filtres") }
            html.div(.class("facets-all")) { html in
                for facet in facets { html.add(facet) }
                html.div(.class("row")) { html in
                    html.submit("Filtrer")
                    if let reset { html.a("Tout effacer", .href(reset)) }
                }
            }
        }
    }
}
