import Maillage
import Markup

/// What a sheet says besides: how one comes in, accessibility, the structure behind the place.
struct PlaceFacts: View {
    var reading: PlaceReading

    private var sheet: Sheet { reading.sheet }

    func render(into html: inout HTML) {
        section("Venir", [.accessModes, .fees], into: &html)
        renderAccessibility(into: &html)
        section(
            "La structure",
            [
                .structure, .legalForm, .otherLegalForm, .siret, .rna, .formalitiesDate, .openedOn, .closedOn,
                .builtArea,
                .outdoorArea, .tenure, .tenureEnds, .connection,
            ], into: &html)
    }

    private func section(_ title: String, _ fields: [SheetField], into html: inout HTML) {
        let facts = fields.compactMap(fact)
        guard !facts.isEmpty else { return }
        html.section { html in
            html.h2(title)
            html.add(DefinitionList(facts))
        }
    }

    private func fact(_ field: SheetField) -> DefinitionList.Fact? {
        guard let value = sheet[field] else { return nil }
        let text = SheetWords.text(value, of: field)
        let isPrivate = reading.place.sheet.privateFields.contains(field)
        return DefinitionList.Fact(field.label) { html in
            html.text(text)
            if isPrivate { html.span(" (non public)", .class("muted")) }
        }
    }

    private func renderAccessibility(into html: inout HTML) {
        let level = sheet.text(.accessibility)
        let facts = sheet.codes(.accessibilityFacts)
        let card = sheet[.accessibilityURL]?.text.flatMap { Link.website($0) }
        guard !level.isEmpty || !facts.isEmpty || card != nil else { return }
        html.section { html in
            html.h2("Accessibilité")
            if !level.isEmpty {
                html.p { html in
                    html.add(Icon.access)
                    html.text(" Accessible en fauteuil roulant\u{202F}: ")
                    html.strong(ReferenceList.accessibility.label(level).lowercased())
                    html.text(".")
                }
            }
            if !facts.isEmpty {
                html.ul { html in
                    for fact in facts { html.li(ReferenceList.accessibilityFacts.label(fact)) }
                }
            }
            if let card { html.p { $0.a("Fiche détaillée sur Acceslibre", .href(card), .rel("noopener")) } }
        }
    }
}

/// The addresses of a place that has several.
struct PlaceSites: View {
    var reading: PlaceReading

    func render(into html: inout HTML) {
        let sites = reading.sites
        guard sites.count > 1 else { return }
        html.section { html in
            html.h2("\(Format.number(sites.count)) adresses")
            html.ul { html in
                for site in sites {
                    html.li { html in
                        if !site.label.isEmpty {
                            html.strong(site.label)
                            html.text("\u{202F}: ")
                        }
                        html.text(SheetWords.address(site))
                    }
                }
            }
        }
    }
}
