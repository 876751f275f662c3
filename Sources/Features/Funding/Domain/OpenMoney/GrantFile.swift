import Exchange

/// The same money in the format of 360Giving (standard 1.4): grants for machines of any country. Amounts are euros with two
/// decimals, as the standard wants; a private person is there without a name.
public enum GrantFile {
    /// The members of the file before its grants.
    public static func begin(
        _ json: inout JSONWriter, title: String, publisher: String, website: String, issued: CivilDate
    ) {
        json.beginObject()
        json.member("version", "1.4")
        json.member("title", title)
        json.member("issued", issued.description)
        json.member("license", "https://www.etalab.gouv.fr/licence-ouverte-open-licence")
        json.name("publisher")
        json.beginObject()
        json.member("name", publisher)
        json.member("website", website)
        json.endObject()
        json.name("grants")
        json.beginArray()
    }

    public static func end(_ json: inout JSONWriter) {
        json.endArray()
        json.endObject()
    }

    /// One line; nothing when nothing of it was decided.
    public static func grant(_ publication: FundingPublication, url: String, _ json: inout JSONWriter) {
        guard let day = publication.decidedOn, publication.line.state.isGranted else { return }
        let (line, facts) = (publication.line, publication.line.facts)
        json.beginObject()
        json.member("id", "360G-maillage-" + line.id.text)
        json.member("title", String(facts.object.prefix(139)))
        json.member("description", description(publication))
        json.member("currency", "EUR")
        if line.fold.asked > 0 { amount("amountAppliedFor", line.fold.asked, &json) }
        amount("amountAwarded", line.fold.granted, &json)
        if line.fold.paid > 0 { amount("amountDisbursed", line.fold.paid, &json) }
        json.member("awardDate", day.description)
        json.member("url", url)
        organisation(
            "fundingOrganization", [(publication.funder.name, publication.funder.siret, "")], line.id.text, &json)
        if facts.isPerson {
            json.name("recipientIndividual")
            json.beginObject()
            json.member("id", "360G-maillage-IND-" + line.id.text)
            json.member("name", "Personne physique")
            json.endObject()
        } else {
            organisation(
                "recipientOrganization", publication.recipients.prefix(1).map { ($0.name, $0.siret, $0.rna) },
                line.id.text,
                &json)
        }
        if !facts.scheme.isEmpty {
            json.name("grantProgramme")
            json.beginArray()
            json.beginObject()
            json.member("title", facts.scheme)
            json.endObject()
            json.endArray()
        }
        if let covered = publication.agreement {
            json.name("plannedDates")
            json.beginArray()
            json.beginObject()
            json.member("startDate", covered.startsOn.description)
            json.member("endDate", covered.endsOn.description)
            json.endObject()
            json.endArray()
        }
        json.member("fromOpenCall", facts.call == nil ? "No" : "Yes")
        // A lead that passes the money on to the members (codelist regrantType).
        if publication.shares.count > 1 { json.member("regrantType", "FRG010") }
        json.member("dateModified", ISO8601Text.of(line.updatedAt))
        json.endObject()
    }

    private static func description(_ publication: FundingPublication) -> String {
        let facts = publication.line.facts
        var text = facts.object
        if publication.shares.count > 1 {
            text += " (pour " + publication.shares.map(\.name).joined(separator: ", ") + ")"
        }
        return text
    }

    /// `"amountAwarded": 47800.20`.
    private static func amount(_ name: String, _ cents: Int, _ json: inout JSONWriter) {
        json.name(name)
        if cents % 100 == 0 { json.int(cents / 100) } else { json.double(Double(cents) / 100) }
    }

    /// Organisations are named by their SIREN or RNA, with the codes of org-id.guide; by ours when neither is known.
    private static func organisation(
        _ name: String, _ list: [(name: String, siret: String, rna: String)], _ line: String, _ json: inout JSONWriter
    ) {
        json.name(name)
        json.beginArray()
        for one in list {
            json.beginObject()
            let id =
                one.siret.utf8.count == 14
                ? "FR-INSEE-" + one.siret.prefix(9)
                : !one.rna.isEmpty ? "FR-RNA-" + one.rna : "360G-maillage-ORG-" + line
            json.member("id", id)
            json.member("name", one.name)
            json.endObject()
        }
        json.endArray()
    }
}

/// Instants as the open files write them.
enum ISO8601Text {
    static func of(_ instant: Instant) -> String { CivilZone.utc.local(instant.microseconds).description + "Z" }
}
