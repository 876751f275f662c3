import Exchange

/// The subsidy file of French local authorities: SCDL « subventions » 2.1.1 (decree 2017-779, order of 17 November 2017).
/// UTF-8, commas, decimal points, one row per beneficiary.
public enum SubsidyFile {
    public static let columns = [
        "nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire", "idBeneficiaire",
        "rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement", "datesPeriodeVersement", "idRAE",
        "notificationUE", "pourcentageSubvention", "dispositifAide",
    ]

    /// The rows of one line, one for each who receives; none when the line cannot stand in the file.
    public static func rows(_ publication: FundingPublication) -> [[String]] {
        guard publication.faults.isEmpty, let day = publication.decidedOn else { return [] }
        let (line, facts) = (publication.line, publication.line.facts)
        return publication.recipients.map { recipient in
            [
                publication.funder.name, publication.funder.siret, day.description,
                publication.agreement?.number ?? facts.reference, recipient.name, recipient.siret,
                isPublishable(rna: recipient.rna) ? recipient.rna : "", facts.object, euros(line.fold.granted),
                facts.form == .inKind ? "aide en nature" : "aide en numéraire",
                publication.instalments > 1 ? "échelonné" : "unique", period(publication, day), "",
                facts.isDeMinimis ? "oui" : "non", fraction(recipient.tenThousandths), "",
            ]
        }
    }

    /// The schema knows associations whose number is a W and nine digits.
    public static func isPublishable(rna: String) -> Bool {
        let bytes = Array(rna.utf8)
        return bytes.count == 10 && bytes[0] == UInt8(ascii: "W") && bytes[1...].allSatisfy { $0 >= 48 && $0 <= 57 }
    }

    /// `47800.20`.
    public static func euros(_ cents: Int) -> String {
        let rest = cents.magnitude % 100
        return "\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// `1.00`, `0.4512`.
    private static func fraction(_ tenThousandths: Int) -> String {
        let rest = String(tenThousandths % 10_000 + 10_000).dropFirst()
        return "\(tenThousandths / 10_000)." + (rest.hasSuffix("00") ? rest.dropLast(2) : rest)
    }

    /// One day when all is paid at once and when is known, else a period, with the slash of ISO 8601.
    private static func period(_ publication: FundingPublication, _ day: CivilDate) -> String {
        if publication.instalments <= 1, let paid = publication.line.days.paid { return paid.description }
        let start = publication.agreement?.startsOn ?? day
        let end = publication.agreement?.endsOn ?? AgreementDays.end(day, months: 12)
        return "\(start)/\(max(start, end))"
    }
}
