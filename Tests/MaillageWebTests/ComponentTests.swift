import Markup
import Testing

@testable import MaillageWeb

private func text(_ view: some View) -> String { String(decoding: view.rendered(), as: UTF8.self) }

@Suite("Components")
struct ComponentTests {
    @Test("A field ties its help and its error to the control")
    func field() {
        let html = text(
            TextField("nom", "Nom", value: "<x>", help: "Aide", error: "Manque", autocomplete: "organization"))
        #expect(html.contains("<label for=\"champ-nom\">Nom</label>"))
        #expect(html.contains("aria-describedby=\"champ-nom-erreur champ-nom-aide\""))
        #expect(html.contains("aria-invalid=\"true\""))
        #expect(html.contains("id=\"champ-nom-erreur\">Manque</span>"))
        #expect(html.contains("value=\"&lt;x&gt;\""))
        #expect(html.contains(" required "))
        #expect(!text(TextField("nom", "Nom", isRequired: false)).contains("required"))
        #expect(text(TextField("nom", "Nom", isRequired: false)).contains("(facultatif)"))
        #expect(!text(TextField("mot", "Mot de passe", value: "secret", kind: .password)).contains("secret"))
    }

    @Test("A counted text is never cut")
    func counter() {
        let html = text(TextArea("resume", "Résumé", value: "abc", recommendedLength: 300))
        #expect(!html.contains("maxlength"))
        #expect(html.contains("data-counter=\"champ-resume-compte\""))
        #expect(html.contains("data-limit=\"300\""))
        #expect(html.contains("aria-describedby=\"champ-resume-compte\""))
    }

    @Test("Groups of choices have a legend, and the error summary leads to their first box")
    func groups() {
        let html = text(
            Choice(
                "etat", "État", options: [Option("o", "Ouvert"), Option("p", "Projet")], value: "p",
                error: "Choisissez."))
        #expect(html.contains("<legend>État</legend>"))
        #expect(html.contains("id=\"champ-etat\" name=\"etat\" value=\"o\" required"))
        #expect(html.contains("id=\"champ-etat-2\" name=\"etat\" value=\"p\" checked"))
        #expect(
            text(ErrorSummary([("etat", "Choisissez."), ("", "Le tout.")])).contains(
                "<a href=\"#champ-etat\">Choisissez.</a>"))
        #expect(text(ErrorSummary([("plan[0].montant", "x")])).contains("#champ-plan-0--montant"))
        #expect(text(ErrorSummary([])).isEmpty)
        let list = text(
            CheckList("services", "Services", options: [Option("a", "A"), Option("b", "B")], values: ["b"]))
        #expect(list.contains("value=\"b\" checked") && !list.contains("value=\"a\" checked"))
    }

    @Test(
        "Page numbers show the ends and the neighbours",
        arguments: [
            (1, 1, [1]), (1, 26, [1, 2, 26]), (4, 26, [1, 3, 4, 5, 26]), (26, 26, [1, 25, 26]), (99, 3, [1, 2, 3]),
            (1, 0, []),
        ])
    func pages(page: Int, count: Int, shown: [Int]) {
        #expect(Pagination.shown(page: page, of: count) == shown)
    }

    @Test("A page of results says which it is")
    func pagination() {
        let html = text(Pagination(page: 2, pageCount: 3) { Link(path: "lieux", query: [("page", "\($0)")]) })
        #expect(html.contains("<span aria-current=\"page\">2</span>"))
        #expect(html.contains("href=\"/lieux?page=3\" rel=\"next\""))
        #expect(text(Pagination(page: 1, pageCount: 1) { _ in Link() }).isEmpty)
    }

    @Test("A table has a caption, headers and a frame the keyboard reaches")
    func table() {
        let html = text(
            DataTable(
                "Aides", rows: [("Région", 100)],
                columns: [.init("Qui") { $0.0 }, .init("Combien", isNumber: true) { "\($0.1)" }]))
        #expect(
            html.contains("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"tableau\">"))
        #expect(html.contains("<th scope=\"row\">Région</th><td class=\"number\">100</td>"))
    }

    @Test("Empty facts are left out")
    func facts() {
        let html = text(DefinitionList([.init("A", "1"), .init("B", nil as String?), .init("C", "")]))
        #expect(html == "<dl class=\"facts\"><dt>A</dt><dd>1</dd></dl>")
        #expect(text(DefinitionList([.init("B", nil as String?)])).isEmpty)
    }

    @Test("Meters stay within their bounds, and say their figures")
    func meters() {
        let html = text(Meter("Fiches", value: 12, of: 10))
        #expect(html.contains("<meter min=\"0\" max=\"10\" value=\"10\" aria-label=\"Fiches\">12 sur 10</meter>"))
        #expect(text(Meter("Rien", value: 0, of: 0)).contains("max=\"1\""))
    }

    @Test("A facet opens when something in it is chosen")
    func facet() {
        let values = [Facet.Value("a", "A", count: 1_200), Facet.Value("b", "B", count: 1)]
        #expect(text(Facet("s", "Services", values: values, chosen: ["a"])).contains("<details class=\"facet\" open>"))
        let closed = text(Facet("s", "Services", values: values))
        #expect(closed.contains("<details class=\"facet\">"))
        #expect(closed.contains("1\u{202F}200<span class=\"visually-hidden\"> lieux</span>"))
    }

    @Test("No component writes a style or a handler in the page: the content policy would refuse it")
    func noInline() {
        for html in [
            Self.page(viewer: nil),
            Self.page(viewer: Viewer(name: "Zoé", isCoordinator: true, formToken: FormToken("t"))),
        ] {
            #expect(!html.contains(" style="))
            #expect(!html.contains("<style"))
            #expect(!html.contains(" on"), "no handler")
        }
    }

    @Test("A page has its language, title, landmarks, skip links and legal mentions")
    func layout() {
        let html = Self.page(viewer: nil)
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"fr\">"))
        #expect(html.contains("<title>Le Grand Atelier – Lieux – Réseau</title>"))
        #expect(html.contains("href=\"#contenu\"") && html.contains("<main id=\"contenu\" tabindex=\"-1\">"))
        #expect(html.contains("<a href=\"/lieux\" aria-current=\"true\">Lieux</a>"))
        #expect(html.contains("Accessibilité\u{202F}: totalement conforme"))
        for path in ["/mentions-legales", "/donnees-personnelles", "/etat", "/contact", "/connexion"] {
            #expect(html.contains("href=\"\(path)\""), "\(path)")
        }
        #expect(html.contains("href=\"/assets/maillage.css\""))
        for anchor in ["contenu", "menu", "pied"] {
            #expect(
                html.contains("href=\"#\(anchor)\"") && html.contains(" id=\"\(anchor)\""), "skip link to \(anchor)")
        }
        #expect(!html.contains("/deconnexion"))
    }

    @Test("The reader's menu shows what they may do, and signs out with a token")
    func viewer() {
        let html = Self.page(viewer: Viewer(name: "Zoé <3", isOperator: true, formToken: FormToken("secret")))
        #expect(html.contains("Zoé &lt;3"))
        #expect(html.contains("/exploitation") && !html.contains("/coordination"))
        #expect(
            html.contains(
                "<form method=\"post\" action=\"/deconnexion\"><input type=\"hidden\" name=\"jeton\" value=\"secret\">")
        )
    }

    @Test("The title says when the form came back with errors, and never repeats itself")
    func titles() {
        let layout = Layout(network: "Réseau", assets: .plain)
        var head = PageHead("Lieux", section: "Lieux")
        #expect(layout.title(of: head) == "Lieux – Réseau")
        head.hasErrors = true
        #expect(layout.title(of: head) == "Erreur\u{202F}: Lieux – Réseau")
    }

    // RGAA 13.1
    @Test("What makes a page come again without scripts comes with a link that holds it")
    func reload() {
        var head = PageHead("Séance")
        func page(isHeld: Bool) -> String {
            head.reload = Reload(seconds: 16, isHeld: isHeld, other: isHeld ? "/seance" : "/seance?suivi=arrete")
            return String(
                decoding: Layout(network: "R", assets: .plain).page(head) { $0.h1("Séance") }, as: UTF8.self)
        }
        let html = page(isHeld: false)
        #expect(html.contains("<noscript><meta http-equiv=\"refresh\" content=\"16\"></noscript>"))
        #expect(
            html.contains(
                "<noscript><p class=\"no-print\"><a href=\"/seance?suivi=arrete\" class=\"button button-small\">Arrêter le suivi "
                    + "automatique</a></p></noscript>"))
        let held = page(isHeld: true)
        #expect(!held.contains("refresh") && !held.contains("<noscript>"))
        #expect(held.contains("<a href=\"/seance\" class=\"button button-small\">Reprendre le suivi automatique</a>"))
        #expect(!Self.page(viewer: nil).contains("<noscript>"))
    }

    @Test("A map in a frame has neither header nor footer")
    func embed() {
        var head = PageHead("Carte")
        head.shape = .embed
        let html = String(decoding: Layout(network: "R", assets: .plain).page(head) { $0.h1("Carte") }, as: UTF8.self)
        #expect(!html.contains("site-header") && !html.contains("site-footer"))
        #expect(html.contains("<body class=\"embed\">"))
    }

    private static func page(viewer: Viewer?) -> String {
        var layout = Layout(network: "Réseau", assets: .plain, viewer: viewer, path: "/lieux/grand-atelier")
        layout.isDemonstration = true
        layout.flash = FlashMessage(.error, "Non.")
        var head = PageHead("Le Grand Atelier", section: "Lieux", breadcrumbs: Breadcrumbs(current: "Le Grand Atelier"))
        head.scripts = ["map.js"]
        let bytes = layout.page(head) { html in
            html.add(Hero("Titre", lead: "Phrase"))
            html.add(StatTiles([StatTile("1", "lieu")]))
            html.add(EmptyState("Rien", actions: [("Agir", Link(path: "a"))]))
            html.add(Timeline([.init("hier", title: "Fait")]))
            html.postForm(to: Link(path: "x"), token: FormToken("t")) { html in
                html.add(Select("a", "A", options: [Option("b", "B")]))
                html.add(DateField("d", "D"))
                html.add(FileField("f", "F"))
                html.add(CheckBox("c", "C"))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
