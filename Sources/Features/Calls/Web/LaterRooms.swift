import Maillage
import Markup

/// What rooms after Calls put on its pages, which Calls does not know: `Site` fills it, as it does `OwnAffairs`.
struct LaterRooms: Sendable {
    /// For those who keep a call, on its page.
    var onCall: @Sendable (_ visit: Visit, _ call: Call) async throws -> [Pointer]
    /// For those who take part in a candidacy, on its page.
    var onCandidacy: @Sendable (_ visit: Visit, _ candidacy: Candidacy) async throws -> [Pointer]

    /// For those who read a deposited dossier: what its structure or its place was granted elsewhere, as far as they may know.
    var besideDossier: @Sendable (_ visit: Visit, _ candidacy: Candidacy.ID) async throws -> [Grant]

    /// For those who keep a call, as files of its archive.
    var inArchive: @Sendable (_ visit: Visit, _ call: Call) async throws -> [File]

    /// A file of another room: a relative path, and its bytes.
    struct File: Sendable {
        var name: String
        var bytes: [UInt8]

        init(_ name: String, _ bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// Money granted elsewhere.
    struct Grant: Sendable {
        var title: String
        var year: Int
        /// In cents.
        var amount: Int
        var state: String
        /// What makes it the same structure or place.
        var tie: String
        var path: String
    }

    /// A way to a page of another room.
    struct Pointer: Sendable {
        var sentence: String
        var label: String
        var path: String
        /// Waits for the reader.
        var isUrgent = false

        init(_ sentence: String, _ label: String, _ path: String, isUrgent: Bool = false) {
            self.sentence = sentence
            self.label = label
            self.path = path
            self.isUrgent = isUrgent
        }
    }
}

/// The ways to other rooms: those that wait for the reader first and by themselves, the others in one list.
struct LaterPointers: View {
    var title: String
    var pointers: [LaterRooms.Pointer]

    func render(into html: inout HTML) {
        for pointer in pointers where pointer.isUrgent {
            html.p(.class("deadline-card")) { html in
                html.text(pointer.sentence + " ")
                html.a(pointer.label, .href(pointer.path), .class("button", "button-primary"))
            }
        }
        let others = pointers.filter { !$0.isUrgent }
        guard !others.isEmpty else { return }
        html.section(.class("card")) { html in
            html.h2(title)
            html.ul(.class("plain")) { html in
                for pointer in others {
                    html.li(.class("row row-between")) { html in
                        html.span(pointer.sentence)
                        html.a(pointer.label, .href(pointer.path), .class("button"))
                    }
                }
            }
        }
    }
}

/// What a structure or a place was granted elsewhere, beside a dossier of it.
struct GrantsElsewhere: View {
    var grants: [LaterRooms.Grant]

    func render(into html: inout HTML) {
        html.section { html in
            html.h2("Accordé ailleurs")
            guard !grants.isEmpty else {
                html.p("Rien d’autre n’est connu de vous pour cette structure ni pour ce lieu.")
                return
            }
            html.add(
                DataTable(
                    Format.count(grants.count, "aide accordée ailleurs", "aides accordées ailleurs"), rows: grants,
                    id: "accorde-ailleurs",
                    columns: [
                        .init("Appel ou financeur") { grant, html in html.a(grant.title, .href(grant.path)) },
                        .init("Année", isNumber: true) { String($0.year) },
                        .init("Montant", isNumber: true) { Format.euros(cents: $0.amount) },
                        .init("Où elle en est") { $0.state }, .init("Rapprochée par") { $0.tie },
                    ]))
        }
    }
}
