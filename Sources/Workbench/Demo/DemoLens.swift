import Exchange
import Maillage

/// The first story: the call of Lens-Liévin as it was worded, « avant le vendredi 16 octobre 2020 à minuit », with what it would have
/// received. The clock of its acts stands in the autumn of 2020; what the projects say is invented.
struct DemoLens {
    let writer: DemoWriter
    let call: Call
    let people: [String: Principal]
    let coordinator: Principal

    func build() async throws {
        try await deposited()
        try await lastMinute()
        try await late()
        try await withdrawn()
        try await drafts()
        try await byMail()
    }

    /// An instant by the clocks of Paris.
    private func on(_ day: Int, _ month: Int, _ hour: Int, _ minute: Int, _ second: Int = 0) -> DemoWriter {
        let date = CivilDate(year: 2020, month: month, day: day) ?? CivilDate(daysSince1970: 18_500)
        let start = CivilZone.paris.utc(of: CivilTime(date, minuteOfDay: hour * 60 + minute))
        return writer.at(Instant(microseconds: start) + .seconds(Int64(second)))
    }

    private func person(_ role: String) -> Principal { people[role] ?? .visitor }

    /// Deposited, then replaced: both receipts are kept, the second counts.
    private func deposited() async throws {
        let author = person("editor")
        let draft = try await on(7, 9, 18, 20).begin(
            call, by: author, "L’Établi des Corons (démo)", structure: "Association L’Établi des Corons",
            maturity: "ouvert",
            [
                DemoWriter.carrier("L’Établi des Corons"),
                DemoWriter.idea(
                    "L’Établi des Corons", "Lens", "62498", "Un atelier de réparation ouvert quatre jours par semaine."),
                DemoWriter.people, DemoWriter.place("3 rue de l’Exemple", "62300", "Lens", "62498"),
                DemoWriter.money(cost: "48 000", asked: "20 000"),
            ])
        try await on(12, 10, 14, 5, 31).deposit(draft, by: author)
        let changed = try await on(15, 10, 18, 38).write(
            draft, by: author, [DemoWriter.money(cost: "52 000", asked: "20 000")])
        try await on(15, 10, 18, 40, 12).deposit(changed, by: author)
    }

    /// Nineteen seconds before the limit is in time.
    private func lastMinute() async throws {
        let author = person("manager")
        let draft = try await on(16, 10, 22, 15).begin(
            call, by: author, "Une cantine au pied du terril (démo)", structure: "Collectif Terril en table",
            maturity: "intention",
            [
                DemoWriter.carrier("Collectif Terril en table"),
                DemoWriter.idea(
                    "Une cantine au pied du terril", "Loos-en-Gohelle", "62528",
                    "Cuisiner, conserver et partager les récoltes des jardins voisins."),
            ])
        try await on(16, 10, 23, 59, 41).deposit(draft, by: author)
    }

    /// Three minutes after the limit: kept, with a receipt that says so, and decided in writing.
    private func late() async throws {
        let author = person("animator")
        let draft = try await on(2, 10, 9, 0).begin(
            call, by: author, "La Halle aux vélos (démo)", structure: "Association Roue libre", maturity: "emergence",
            [
                DemoWriter.carrier("Association Roue libre"),
                DemoWriter.idea(
                    "La Halle aux vélos", "Liévin", "62510",
                    "Un atelier vélo et un bureau commun dans une ancienne halle."),
                DemoWriter.people,
            ])
        try await on(17, 10, 0, 3, 12).deposit(draft, by: author)
        _ = try await on(26, 10, 11, 0).desk.perform(
            DecideLateCandidacy(
                candidacy: draft.id, admits: true,
                reason: "Trois minutes de retard, et une coupure d’électricité attestée par la mairie ce soir-là.",
                head: writer.office.head), as: coordinator)
    }

    private func withdrawn() async throws {
        let author = person("editor")
        let draft = try await on(21, 9, 10, 0).begin(
            call, by: author, "Le Studio du bassin (démo)", structure: "SCIC Le Studio du bassin",
            maturity: "emergence",
            [
                DemoWriter.carrier("SCIC Le Studio du bassin"),
                DemoWriter.idea("Le Studio du bassin", "Lens", "62498", "Un studio d’enregistrement partagé."),
                DemoWriter.people,
            ])
        try await on(5, 10, 16, 30).deposit(draft, by: author)
        _ = try await on(9, 10, 9, 45).desk.perform(
            WithdrawCandidacy(
                candidacy: draft.id, reason: "Le local n’est plus à louer\u{202F}: nous reviendrons.",
                head: writer.office.head), as: author)
    }

    /// Never deposited: one lacks answers, the other lacked nothing but the last act.
    private func drafts() async throws {
        _ = try await on(14, 10, 20, 0).begin(
            call, by: person("account"), "Un repair-café à la cité 12 (démo)", structure: "Les voisins de la cité 12",
            maturity: "emergence", [DemoWriter.carrier("Les voisins de la cité 12")])
        _ = try await on(15, 10, 21, 0).begin(
            call, by: person("account"), "La conciergerie des facs (démo)", structure: "La conciergerie des facs",
            maturity: "intention",
            [
                DemoWriter.carrier("La conciergerie des facs"),
                DemoWriter.idea(
                    "La conciergerie des facs", "Lens", "62498", "Un lieu d’entraide entre étudiants et habitants."),
            ])
    }

    /// The call took e-mail: an agent records what came that way, in the same list and with a receipt of the same series.
    private func byMail() async throws {
        let arrival = on(16, 10, 17, 12).desk.surroundings.now()
        _ = try await on(19, 10, 9, 30).desk.perform(
            RecordPaperCandidacy(
                call: call.id, channel: .email, depositor: "Dominique Leclercq",
                structure: "Association La Ruche minière",
                title: "La Ruche minière (démo)", arrival: arrival,
                contents: "Un courriel de six pages et deux annexes, rangé au service.", office: writer.office),
            as: coordinator)
    }
}
