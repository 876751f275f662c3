import HTTPTypes

/// Another site must not act in a visitor's name.
///
/// An unsafe request passes when the browser says it comes from this site (`Sec-Fetch-Site`, or else `Origin`) and it carries
/// the token of a form made for this person and this address. A form that fails is shown again, filled, to be confirmed:
/// the usual cause is an old tab, not an attack.
enum ForgeryDoor {
    static func enter(_ visit: Visit, _ route: Route) throws -> Answer? {
        guard route.method != .get else { return nil }
        guard route.body == .form else {
            // The token of an upload is its first field: `Upload` looks at it before it hands anything over.
            guard comesFromHere(visit) else { throw DoorRefusal.forged }
            if case .piece = route.body {
                guard let token = visit.headers[HeaderName.formToken], visit.isVerified(by: [token]) else {
                    throw DoorRefusal.forged
                }
            }
            return nil
        }
        let isOurs = visit.isVerified(by: visit.form.values(FormToken.fieldName))
        if visit.wantsData, !isOurs || !comesFromHere(visit) { throw DoorRefusal.unverified }
        return isOurs && comesFromHere(visit) ? nil : ConfirmPage.answer(visit, reason: .unverified)
    }

    static func comesFromHere(_ visit: Visit) -> Bool {
        if let site = visit.headers[HeaderName.fetchSite] { return site == "same-origin" }
        guard let origin = visit.headers[.origin] else { return false }
        let reception = visit.reception
        if origin == reception.settings.baseURL { return true }
        // Without a public name the site is reached under the machine's own: the origin must then match what was asked.
        return HostDoor.isLocal(HostDoor.host(of: reception.settings.baseURL)) && origin == "http://\(visit.authority)"
    }
}
