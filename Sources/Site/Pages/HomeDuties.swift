import Maillage
import Markup

/// What waits for the reader in the rooms of the network: a line each on the home page of who is signed in.
struct HomeDuty: Sendable {
    var sentence: String
    var label: String
    var path: String

    /// In ladder order; nothing for a visitor.
    static func read(_ visit: Visit) async throws -> [HomeDuty] {
        guard visit.principal.isSignedIn else { return [] }
        return try await AccountOrderLine.duties(visit) + InstructionPointers.duties(visit) + JuryDuties.of(visit)
    }
}

/// « Pour vous » on the home page.
struct HomeDuties: View {
    var duties: [HomeDuty]

    func render(into html: inout HTML) {
        guard !duties.isEmpty else { return }
        html.section(.class("card")) { html in
            html.h2("Pour vous")
            html.ul(.class("plain")) { html in
                for duty in duties {
                    html.li(.class("row row-between")) { html in
                        html.span(duty.sentence)
                        html.a(duty.label, .href(duty.path), .class("button"))
                    }
                }
            }
        }
    }
}
