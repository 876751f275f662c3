import Synchronization

@testable import MaillageWeb

/// Routes that stand for those of features, to try the doors on.
final class TrialRoutes: Sendable {
    /// What the unsafe routes took in.
    let taken = Mutex<[String]>([])
    /// How many times the shared page was made.
    let made = Mutex(0)

    var routes: [Route] {
        [
            .get("/essai/page", .everyone) { [self] visit in
                let count = made.withLock { made in
                    made += 1
                    return made
                }
                return visit.page("Essai") { html in
                    html.h1("Essai")
                    html.p("Rendu \(count), \(visit.query["q"] ?? "sans mot").")
                    for _ in 0..<60 { html.p("Une page assez longue pour être comprimée.") }
                }
            }.shared(),
            .get("/essai/panne", .everyone) { _ in throw TrialFault() },
            .get("/essai/membre", .signedIn) { visit in visit.page("Membre") { $0.h1("Pour \(visit.principal.name)") }
            },
            .get("/essai/coordination", .coordinator) { visit in visit.page("Coordination") { $0.h1("Tableau") } },
            .get("/essai/exploitation", .operator) { visit in visit.page("Exploitation") { $0.h1("Machine") } },
            .get("/essai/flux", .everyone) { _ in
                .stream(type: "text/csv; charset=utf-8", savedAs: "essai.csv") { sink in
                    for row in 0..<1_000 { try await sink.write("ligne \(row)\n") }
                }
            },
            .get("/essai/{nom}.atom", .everyone) { visit in .text("flux de " + (try visit.parameter("nom"))) },
            .get("/essai/fiche/{nom}", .everyone) { visit in .text("fiche de " + (try visit.parameter("nom"))) },
            .get("/essai/carte", .everyone) { visit in visit.page("Carte") { $0.h1("Carte") } }.embeddable(),
            .get("/api/v1/essai", .everyone) { _ in .json(Array("{\"items\":[]}".utf8)) }
                .documented(Route.Operation("Essai", query: [.init("q", "string", "Un mot")])),
            .post("/essai/note", .everyone) { [self] visit in
                taken.withLock { $0.append(visit.form["note"] ?? "") }
                return .done("Noté.", to: "/essai/page")
            },
            .post("/essai/membre/note", .signedIn) { [self] visit in
                taken.withLock { $0.append(visit.form["note"] ?? "") }
                return .done("Noté.", to: "/essai/membre")
            },
            .post("/essai/fichier", .everyone, body: .upload(limit: 200_000)) { [self] visit in
                guard let upload = visit.upload else { return .text("rien") }
                let form = try await upload.form()
                taken.withLock { $0.append(form.files.map { "\($0.name) \($0.bytes.count)" }.joined()) }
                return .text("reçu")
            },
        ]
    }

    struct TrialFault: Error {}
}
