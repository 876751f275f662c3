import HTTPTypes
import Maillage
import Markup

/// A dossier under instruction, read for one of the pages of those who instruct it.
struct DossierReading: Sendable {
    var dossier: InstructionDossier
    var now: Instant
    /// Whether a PDF can be made here.
    var hasPrinter = false

    var instruction: Instruction { dossier.instruction }
    var id: Candidacy.ID { instruction.candidacy }
    var call: Call { dossier.call }

    /// The dossier in the address; `Missing` alike for one of others, for a draft and for what never was (INST-3).
    static func find(_ visit: Visit) async throws -> DossierReading {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let (principal, now, shelf) = (visit.principal, visit.now, visit.reception.forms)
        let dossier = try await visit.read {
            try InstructionDossier.open(principal, id, at: now, shelf: shelf, $0)
        }
        return DossierReading(dossier: dossier, now: now, hasPrinter: visit.reception.printer != nil)
    }

    func name(_ account: Account.ID?) -> String {
        account.flatMap { dossier.names[$0] } ?? "le programme"
    }

    func head(_ title: String?, hasErrors: Bool = false) -> PageHead {
        let name = Format.excerpt(instruction.name, limit: 48)
        let list = [("Instruction", Link(path: "instruction"))]
        let crumbs =
            title.map {
                Breadcrumbs(list + [(name, Link(path: "candidatures", id.text, "instruction"))], current: $0)
            } ?? Breadcrumbs(list, current: name)
        var head = PageHead(
            title.map { "\($0)\u{202F}: \(instruction.name)" } ?? instruction.name, section: "Instruction",
            breadcrumbs: crumbs)
        head.isIndexed = false
        head.hasErrors = hasErrors
        return head
    }

    func answer(
        _ visit: Visit, _ title: String?, _ problems: Problems, scripts: [String] = [], _ view: some View
    ) -> Answer {
        var head = head(title, hasErrors: !problems.isEmpty)
        head.scripts = scripts
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }

    /// What is said when somebody else changed the dossier meanwhile.
    static let stale = Problems(
        "", "Ce dossier vient de changer\u{202F}: relisez-le, puis recommencez s’il le faut.")
}

/// The title of a dossier, where it stands, and the pages of its instruction.
struct DossierTop: View {
    var reading: DossierReading
    var title: String
    var path: String

    func render(into html: inout HTML) {
        let instruction = reading.instruction
        html.p(.class("row")) { html in
            html.add(InstructionBadge(dossier: instruction))
            if instruction.holder != .none { html.span(instruction.holder.label, .class("muted")) }
            if instruction.isLate(at: reading.now) { html.add(Badge("en retard", .bad)) }
        }
        html.h1(title)
        html.p(.class("lead")) { html in
            html.text("Dossier n°\u{A0}\(instruction.number), ")
            html.a(reading.call.title, .href(Paths.callInstruction(reading.call.slug)))
        }
        let waiting = instruction.unread
        html.add(
            SubNavigation(
                label: "Le dossier",
                entries: [
                    ("Dossier", Link(path: "candidatures", reading.id.text, "instruction")),
                    ("Compléments", link("complements")),
                    (
                        waiting > 0 ? "Messages (\(Format.count(waiting, "non lu", "non lus")))" : "Messages",
                        link("messages")
                    ),
                    (
                        instruction.openOpinions > 0
                            ? "Avis (\(Format.count(instruction.openOpinions, "attendu", "attendus")))" : "Avis",
                        link("avis")
                    ),
                    ("Alentours", link("alentours")),
                ], path: path))
    }

    private func link(_ page: String) -> Link { Link(path: "candidatures", reading.id.text, "instruction", page) }
}
