import Maillage
import Markup

/// What rooms after Calls put on its pages, which Calls does not know: `Site` fills it, as it does `OwnAffairs`.
struct LaterRooms: Sendable {
    /// For those who keep a call, on its page.
    var onCall: @Sendable (_ visit: Visit, _ call: Call) async throws -> [Pointer]
    /// For those who take part in a candidacy, on its page.
    var onCandidacy: @Sendable (_ visit: Visit, _ candidacy: Candidacy) async throws -> [Pointer]

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

/// The ways to other rooms, those that wait for the reader first.
struct LaterPointers: View {
    var pointers: [LaterRooms.Pointer]

    func render(into html: inout HTML) {
        for pointer in pointers.filter(\.isUrgent) + pointers.filter({ !$0.isUrgent }) {
            html.p(.class(pointer.isUrgent ? "deadline-card" : "row")) { html in
                if !pointer.sentence.isEmpty { html.text(pointer.sentence + " ") }
                html.a(
                    pointer.label, .href(pointer.path), .class("button", pointer.isUrgent ? "button-primary" : nil))
            }
        }
    }
}
