import HTTPTypes
import Maillage
import Markup

extension Visit {
    /// A whole page of the site: the layout around `content`.
    func page(_ head: PageHead, status: HTTPResponse.Status = .ok, content: (inout HTML) -> Void) -> Answer {
        .html(layout.page(head, content: content), status: status)
    }

    /// A page made of one view.
    func page(_ head: PageHead, status: HTTPResponse.Status = .ok, _ view: some View) -> Answer {
        page(head, status: status) { $0.add(view) }
    }

    /// A page that has nothing to say of itself but its title.
    func page(_ title: String, status: HTTPResponse.Status = .ok, content: (inout HTML) -> Void) -> Answer {
        page(PageHead(title), status: status, content: content)
    }

    /// The layout as this reader sees it.
    var layout: Layout {
        let assets = reception.assets
        var layout = Layout(
            network: reception.settings.networkName,
            assets: AssetLinks { assets.address(of: $0) ?? "/assets/" + $0 },
            viewer: viewer, path: path, flash: flash)
        layout.isDemonstration = reception.isDemonstration
        layout.notice = term.flatMap { SessionNotice($0, at: now) }
        return layout
    }

    private var viewer: Viewer? {
        guard principal.isSignedIn else { return nil }
        return Viewer(
            name: principal.name,
            hasPlaces: principal.grants.contains { $0.scope.kind == .place },
            hasCircles: principal.grants.contains { $0.scope.kind == .circle },
            isCoordinator: principal.isCoordinator,
            isOperator: principal.isOperator,
            formToken: token(for: "/deconnexion"))
    }
}
