import HTTPTypes

/// Names of fields that `HTTPTypes` does not list.
enum HeaderName {
    static let requestID = named("X-Request-Id")
    static let forwardedFor = named("X-Forwarded-For")
    static let fetchSite = named("Sec-Fetch-Site")
    static let contentSecurityPolicy = named("Content-Security-Policy")
    static let contentTypeOptions = named("X-Content-Type-Options")
    static let frameOptions = named("X-Frame-Options")
    static let referrerPolicy = named("Referrer-Policy")
    static let permissionsPolicy = named("Permissions-Policy")
    static let openerPolicy = named("Cross-Origin-Opener-Policy")
    static let resourcePolicy = named("Cross-Origin-Resource-Policy")
    static let transportSecurity = named("Strict-Transport-Security")
    static let clearSiteData = named("Clear-Site-Data")
    static let link = named("Link")
    /// Where the bytes of a request belong in the file they are a piece of, and how many the server has.
    static let uploadOffset = named("Upload-Offset")
    /// The token of a request that carries bytes and no form.
    static let formToken = named("X-Maillage-Token")
    /// Sent by the site’s own script when it replaces one part of a page.
    static let requestedPart = named("X-Maillage-Part")

    /// The names above are valid tokens (a test reads them all), so the fallback is never met.
    private static func named(_ text: String) -> HTTPField.Name {
        HTTPField.Name(text) ?? .via
    }
}
