import HTTPTypes
import Markup

extension Visit {
    /// A whole page of the site: the layout around `main`.
    public func page(
        _ title: String, status: HTTPResponse.Status = .ok, main: (inout HTML) -> Void
    ) -> Answer {
        var html = HTML()
        html.document { html in
            html.head { html in
                html.meta(.charset("utf-8"))
                html.meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                html.title("\(title) – \(reception.settings.networkName)")
                if let sheet = reception.assets.address(of: "maillage.css") {
                    html.link(.rel("stylesheet"), .href(sheet))
                }
            }
            html.body { html in
                html.header { html in
                    html.p { $0.a(reception.settings.networkName, .href(Paths.home)) }
                }
                html.main { html in
                    if let flash { html.p(flash.text, .role("status")) }
                    main(&html)
                }
                html.footer { html in
                    html.ul { html in
                        html.li { $0.a("Accessibilité\u{202F}: partiellement conforme", .href(Paths.accessibility)) }
                        html.li { $0.a("Mentions légales", .href(Paths.legal)) }
                        html.li { $0.a("Données personnelles", .href(Paths.privacy)) }
                        html.li { $0.a("État du service", .href(Paths.serviceState)) }
                    }
                }
            }
        }
        return .html(html.bytes, status: status)
    }

    /// A view inside the layout.
    public func page(_ title: String, status: HTTPResponse.Status = .ok, _ view: some View) -> Answer {
        page(title, status: status) { $0.add(view) }
    }
}
