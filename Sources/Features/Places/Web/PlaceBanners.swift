import Maillage
import Markup

/// What must be known before anything else: closed, paused, a project, not public, not yet published.
struct PlaceBanners: View {
    var reading: PlaceReading

    func render(into html: inout HTML) {
        let place = reading.place
        switch place.state {
        case .proposed:
            html.add(
                Banner(
                    "Cette fiche attend d’être publiée par la coordination. Seules l’équipe du lieu et la coordination la voient."
                ))
        case .unpublished:
            html.add(
                Banner(
                    "Cette fiche est dépubliée\u{202F}: seules l’équipe du lieu et la coordination la voient.",
                    isClosed: true))
        case .published, .merged: break
        }
        switch place.visibility {
        case .everyone: break
        case .hidden: html.add(Banner("Fiche cachée\u{202F}: seules l’équipe du lieu et la coordination la voient."))
        case .circle: html.add(Banner("Fiche visible de son cercle seulement."))
        case .funders: html.add(Banner("Fiche visible de son cercle et des financeurs seulement."))
        }
        switch reading.sheet.maturity {
        case .closed:
            let date = reading.sheet[.closedOn]?.text.map { " depuis\u{202F}: " + Format.partialDate($0) } ?? ""
            let reason =
                reading.sheet[.closingReason]?.text.map { " (\(ReferenceList.closingReasons.label($0).lowercased()))" }
                ?? ""
            html.add(Banner("Ce lieu est définitivement fermé\(date)\(reason).", isClosed: true))
        case .paused: html.add(Banner("Ce lieu est en pause\u{202F}: renseignez-vous avant de vous déplacer."))
        case .intention, .emergence:
            html.add(Banner("Ce lieu est un projet\u{202F}: il ne reçoit pas encore de public."))
        case .open, .consolidating: break
        }
    }
}
