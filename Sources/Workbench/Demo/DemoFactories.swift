import Exchange
import Maillage

/// The second story: a permanent call, whose waves close one after another. What comes after a wave goes to the next.
struct DemoFactories {
    let writer: DemoWriter
    let call: Call
    let people: [String: Principal]
    let funder: Principal

    private var now: Instant { writer.desk.surroundings.now() }

    func build() async throws {
        guard let first = call.settings.waves.first else { return }
        let early = try await begin("La Fabrique des berges (démo)", by: "editor", at: now - .days(150))
        try await writer.at(first.closesAt - .days(6)).deposit(early, by: person("editor"))
        let second = try await begin("Les Ateliers du port (démo)", by: "animator", at: now - .days(120))
        try await writer.at(first.closesAt - .hours(2)).deposit(second, by: person("animator"))
        // Begun for the first wave, finished after it: deposited for the second one, which is open.
        let slow = try await begin("La Fabrique du canal (démo)", by: "manager", at: first.closesAt - .days(9))
        try await writer.at(now - .days(5)).deposit(slow, by: person("manager"))
        _ = try await writer.at(now - .days(3)).begin(
            call, by: person("account"), "La Manufacture ouverte (démo)", structure: "SCIC La Manufacture ouverte",
            [DemoWriter.carrier("SCIC La Manufacture ouverte")])
    }

    private func person(_ role: String) -> Principal { people[role] ?? .visitor }

    private func begin(_ title: String, by role: String, at instant: Instant) async throws -> Candidacy {
        try await writer.at(instant).begin(
            call, by: person(role), title, structure: "SCIC " + title,
            [
                DemoWriter.carrier("SCIC " + title),
                DemoWriter.idea(
                    title, "Amiens", "80021",
                    "Former, équiper et relier les autres lieux du territoire pendant trois ans."),
                DemoWriter.people, DemoWriter.place("12 quai de l’Exemple", "80000", "Amiens", "80021"),
                DemoWriter.money(cost: "310 000", asked: "150 000"),
            ])
    }
}
