import HTTPTypes

/// What every answer tells browsers not to do, errors and files included.
struct SecurityHeaders: Sendable {
    private let common: [(name: HTTPField.Name, value: String)]

    static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
        manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors
        """

    init(isSecure: Bool) {
        var common: [(name: HTTPField.Name, value: String)] = [
            (HeaderName.contentTypeOptions, "nosniff"),
            (HeaderName.referrerPolicy, "same-origin"),
            (
                HeaderName.permissionsPolicy,
                """
                accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), \
                geolocation=(self), gyroscope=(), microphone=(), midi=(), payment=(), usb=()
                """
            ),
            (HeaderName.openerPolicy, "same-origin"),
        ]
        if isSecure { common.append((HeaderName.transportSecurity, "max-age=31536000; includeSubDomains")) }
        self.common = common
    }

    func leave(_ visit: Visit, _ answer: inout Answer) {
        for (name, value) in common where answer.headers[name] == nil { answer.headers[name] = value }
        let isEmbeddable = visit.route?.isEmbeddable == true && visit.query.has("embed")
        if answer.headers[HeaderName.contentSecurityPolicy] == nil {
            answer.headers[HeaderName.contentSecurityPolicy] = Self.policy + (isEmbeddable ? " *" : " 'none'")
        }
        if !isEmbeddable { answer.headers[HeaderName.frameOptions] = "DENY" }
        // Open data is for every site; the rest is for this one.
        if visit.route?.isAPI == true {
            answer.headers[.accessControlAllowOrigin] = "*"
            answer.headers[HeaderName.resourcePolicy] = "cross-origin"
        } else if answer.headers[HeaderName.resourcePolicy] == nil {
            answer.headers[HeaderName.resourcePolicy] = isEmbeddable ? "cross-origin" : "same-origin"
        }
    }

    /// The same for answers written before there is a visit: what cannot be read at all.
    var bare: [(String, String)] {
        common.map { ($0.name.rawName, $0.value) } + [
            (HeaderName.contentSecurityPolicy.rawName, Self.policy + " 'none'"),
            (HeaderName.frameOptions.rawName, "DENY"),
            (HeaderName.resourcePolicy.rawName, "same-origin"),
        ]
    }
}
