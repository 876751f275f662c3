import Storage

/// What the program knows that ties jurors to dossiers: teams, places, structures, partners, addresses (JURY-8).
enum ConflictSearch {
    struct Finding: Sendable, Hashable {
        let member: JuryMember.ID
        let candidacy: Candidacy.ID
        let nature: JuryConflict.Nature
        let words: String
    }

    /// The ties of some jurors to the dossiers of their call: the same number of statements for one as for a hundred.
    static func findings(
        _ members: [JuryMember], _ dossiers: [JuryDossier], at now: Instant, _ reader: Reader
    ) throws -> [Finding] {
        let accounts = Set(members.compactMap(\.account)).sorted()
        guard !accounts.isEmpty, !dossiers.isEmpty else { return [] }
        let facts = try Facts(accounts, dossiers, at: now, reader)
        var findings: [Finding] = []
        for member in members {
            guard let account = member.account else { continue }
            for dossier in dossiers {
                for (nature, words) in facts.ties(of: account, member.body, to: dossier) {
                    findings.append(
                        Finding(member: member.id, candidacy: dossier.id, nature: nature, words: words))
                }
            }
        }
        return findings
    }

    private struct Facts {
        /// Who leads or takes part in each candidacy, partner or not.
        var people: [Candidacy.ID: [(account: Account.ID, isPartner: Bool)]] = [:]
        var partners: [Candidacy.ID: [String]] = [:]
        var places: [Account.ID: Set<Int64>] = [:]
        var structures: [Account.ID: Set<String>] = [:]
        var domains: [Account.ID: String] = [:]

        init(_ accounts: [Account.ID], _ dossiers: [JuryDossier], at now: Instant, _ reader: Reader) throws {
            let ids = dossiers.map(\.id.number)
            for dossier in dossiers {
                if let holder = dossier.holder { people[dossier.id, default: []].append((holder, false)) }
            }
            try reader.each(
                """
                SELECT candidacy_id, account_id, role
                FROM candidacy_member
                WHERE candidacy_id IN \(list: ids)
                    AND account_id IS NOT NULL
                ORDER BY id
                """
            ) { row in
                people[Candidacy.ID(try row.int(0)), default: []].append(
                    (Account.ID(try row.int(1)), try row.text(2) == CandidacyMember.Role.partner.rawValue))
                return true
            }
            try reader.each(
                """
                SELECT candidacy_id, name
                FROM candidacy_partner
                WHERE candidacy_id IN \(list: ids)
                    AND left_at IS NULL
                ORDER BY id
                """
            ) { row in
                partners[Candidacy.ID(try row.int(0)), default: []].append(try row.text(1))
                return true
            }
            let grants = try RoleGrantStore.inForce(of: accounts, at: now, reader)
            for grant in grants where grant.grant.scope.kind == .place {
                places[grant.account, default: []].insert(grant.grant.scope.subject)
            }
            let held = Set(places.values.joined()).sorted().map { Place.ID($0) }
            var structure: [Int64: String] = [:]
            for place in try PlaceStore.places(.house, held, reader) {
                structure[place.id.number] = place.sheet.text(.structure)
            }
            for (account, subjects) in places {
                structures[account] = Set(subjects.compactMap { structure[$0] }.map(Words.key).filter { !$0.isEmpty })
            }
            let everybody = Set(accounts).union(people.values.joined().map(\.account)).sorted()
            for account in try AccountStore.accounts(everybody, reader) {
                domains[account.id] = account.email.flatMap { MailDomain.own($0.text) }
            }
        }

        func ties(of account: Account.ID, _ body: String, to dossier: JuryDossier) -> [(JuryConflict.Nature, String)] {
            var ties: [(JuryConflict.Nature, String)] = []
            let team = people[dossier.id] ?? []
            if let part = team.first(where: { $0.account == account }) {
                ties.append(
                    part.isPartner
                        ? (.team, "Son compte répond pour un partenaire de cette candidature.")
                        : (.team, "Son compte porte cette candidature ou y participe."))
            }
            if let place = dossier.place, places[account]?.contains(place.number) == true {
                ties.append((.place, "Son compte tient la fiche de ce lieu."))
            }
            var own = structures[account] ?? []
            if !body.isEmpty { own.insert(Words.key(body)) }
            own.remove("")
            if own.contains(Words.key(dossier.structure)) {
                ties.append(
                    (.structure, "Il ou elle siège pour «\u{A0}\(dossier.structure)\u{A0}», ou tient un de ses lieux."))
            }
            if let partner = (partners[dossier.id] ?? []).first(where: { own.contains(Words.key($0)) }) {
                ties.append((.consortium, "«\u{A0}\(partner)\u{A0}» est partenaire de cette candidature."))
            }
            if let domain = domains[account],
                team.contains(where: { $0.account != account && domains[$0.account] == domain })
            {
                ties.append((.domain, "Une personne de la candidature a une adresse en @\(domain)."))
            }
            return ties
        }
    }
}

/// The organisation an e-mail address belongs to, when it says one.
enum MailDomain {
    /// The part after the arobase; nil for the addresses that everybody may open.
    static func own(_ address: String) -> String? {
        guard let mark = address.lastIndex(of: "@") else { return nil }
        let domain = String(address[address.index(after: mark)...]).lowercased()
        return domain.isEmpty || everybodys.contains(domain) ? nil : domain
    }

    /// Mail services open to anybody in France.
    static let everybodys: Set<String> = [
        "gmail.com", "googlemail.com", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "neuf.fr",
        "bbox.fr", "yahoo.fr", "yahoo.com", "hotmail.fr", "hotmail.com", "outlook.fr", "outlook.com", "live.fr",
        "live.com", "msn.com", "icloud.com", "me.com", "mac.com", "proton.me", "protonmail.com", "pm.me", "gmx.fr",
        "gmx.com", "mailo.com", "mailo.fr", "ecomail.fr", "riseup.net", "tutanota.com", "tuta.io", "zaclys.net",
        "numericable.fr", "club-internet.fr", "aliceadsl.fr", "cegetel.net", "9online.fr", "nordnet.fr", "aol.com",
        "aol.fr", "yandex.com", "ymail.com", "rocketmail.com", "posteo.net", "disroot.org", "mailfence.com",
    ]
}
