/// Every setting of the program, with its name, its meaning and what it accepts. Environment `MAILLAGE_*` wins over `maillage.toml`.
///
/// A wrong setting stops the start: `SettingError` names it, shows its value (masked if secret) and says what is accepted.
public struct Settings: Sendable, Equatable {
    public var dataDirectory = "./var"
    public var host = "127.0.0.1"
    public var port = 8080
    /// The address people type, without a final slash; links in mails are made of it.
    public var baseURL = "http://127.0.0.1:8080"
    /// The chain of certificates and the private key with which the site answers HTTPS by itself; nil leaves TLS to a proxy.
    public var tlsCertificate: String?
    public var tlsKey: String?
    /// A port that answers in clear, to send people over to https; nil opens none.
    public var tlsRedirectPort: Int?
    /// `postgres://…`; nil keeps the data in a SQLite file of the data directory.
    public var databaseURL: String?
    /// A sendmail-compatible program and its arguments; nil keeps mails in the outbox.
    public var mailCommand: String?
    public var mailFrom = "maillage@localhost"
    public var networkName = "Réseau des tiers-lieux"
    /// The address people write to, shown in the footer and on the legal pages.
    public var contactEmail = "contact@reseau.example"
    public var geocoderURL: String?
    /// `https://…/{z}/{x}/{y}.png`; nil draws maps from our own contours.
    public var tilesURL: String?
    public var tilesAttribution = "© les contributeurs d’OpenStreetMap"
    /// Where the source of the version that runs is published; nil offers it by mail (`/code-source`).
    public var sourceURL: String?
    /// A file on a second volume that receives a copy of every deposit before its depositor is answered.
    public var depositJournal: String?
    /// Where the site puts backups by itself; nil makes none.
    public var backupFolder: String?
    public var backupHours = 24
    /// Which of these backups are kept.
    public var backupRule = BackupRule()
    /// A public key of age that backups are encrypted for; nil leaves them in clear.
    public var backupRecipient: String?
    /// A program and its arguments, run with the path of each backup.
    public var backupHook: String?
    public var backupHookMinutes = 60
    /// A file outside of the database and its backups that lists what was erased; see `erasureLogPath`.
    public var erasureLog: String?
    /// Kilobytes a second at which files are read again; 0 reads none.
    public var scrubRate = 1_000
    public var scrubDays = 7
    /// The unix socket of clamd; nil where documents are not scanned.
    public var clamdSocket: String?
    /// Nil where nobody said: the network demands a second factor, a demonstration offers it.
    public var secondFactor: SecondFactorPolicy?
    /// The identity service people may sign in by (OpenID Connect); nil where there is none.
    public var identityIssuer: String?
    public var identityClient: String?
    public var identitySecret: String?
    public var identityName: String?
    public var identityScopes = "openid email profile"
    public var trustsIdentityAddresses = false
    public var identityMaxAge: Int64?
    public var logLevel = "info"
    /// What a collector of figures shows to read `/metrics` from elsewhere; nil keeps them to the machine itself.
    public var metricsToken: String?
    /// A number of proxies trusted to name the visitor's address in X-Forwarded-For.
    public var trustedProxies = 0

    /// What this node is called, where several serve one network; nil where one does.
    public var node: String?
    /// Seconds for which a node that was told to stop goes on serving.
    public var drainSeconds = 0

    /// Megabytes of public pages kept ready; 0 keeps none.
    public var pageCache = 16

    public init() {}

    /// Where erasures are listed: the file that is named, else beside the backups, else beside the journal of deposits; nil where
    /// there is nothing outside of the data directory.
    public var erasureLogPath: String? {
        if let erasureLog { return erasureLog }
        if let backupFolder { return backupFolder + "/erasures.log" }
        return depositJournal.map { BackupWriter.folder(of: $0) + "/erasures.log" }
    }

    /// Whether the site holds the certificate itself.
    public var answersTLS: Bool { tlsCertificate != nil && tlsKey != nil }

    /// Whether a session without second factor lacks the roles that open much (ACC-27).
    public var demandsSecondFactor: Bool { (secondFactor ?? .required) == .required }

    /// The identity service, when all that it takes is said.
    public var identity: IdentitySettings? {
        guard let identityIssuer, let identityClient, let identitySecret else { return nil }
        return IdentitySettings(
            issuer: identityIssuer, client: identityClient, secret: identitySecret,
            name: identityName ?? "le service d’identité", scopes: identityScopes,
            trustsAddresses: trustsIdentityAddresses, maxAge: identityMaxAge)
    }

    /// One setting as the documentation and `maillage settings` know it.
    public struct Definition: Sendable {
        public let name: String
        public let meaning: String
        public let accepts: String
        public let isSecret: Bool
        let get: @Sendable (Settings) -> String?
        /// Takes the value in, or answers false when it is not acceptable.
        let set: @Sendable (inout Settings, String) -> Bool

        public var variable: String { "MAILLAGE_" + name }
    }

    /// The settings made of the two sources. `file` holds the keys of `maillage.toml` in lower case.
    public init(environment: [String: String], file: [String: String]) throws(SettingError) {
        self.init()
        for definition in Self.definitions {
            let given = environment[definition.variable] ?? file[definition.name.lowercased()]
            guard let given, !given.isEmpty else { continue }
            guard definition.set(&self, given) else {
                throw SettingError(name: definition.variable, value: given, definition: definition)
            }
        }
        let known = Set(Self.definitions.map { $0.name.lowercased() })
        if let stranger = file.keys.sorted().first(where: { !known.contains($0) }) {
            throw SettingError(unknown: stranger)
        }
        if identityIssuer != nil, identity == nil {
            let missing = identityClient == nil ? "OIDC_CLIENT_ID" : "OIDC_CLIENT_SECRET"
            if let definition = Self.definitions.first(where: { $0.name == missing }) {
                throw SettingError(name: definition.variable, value: "", definition: definition)
            }
        }
        if environment["MAILLAGE_BASE_URL"] == nil, file["base_url"] == nil {
            baseURL = (answersTLS ? "https" : "http") + "://\(host):\(port)"
        }
        try checkTLS()
    }

    /// A certificate needs its key, and the address that people type must say https: cookies and links are made of it.
    private func checkTLS() throws(SettingError) {
        let isWanted = tlsCertificate != nil || tlsKey != nil || tlsRedirectPort != nil
        guard isWanted else { return }
        for (name, value) in [("TLS_CERTIFICATE", tlsCertificate), ("TLS_KEY", tlsKey)] where value == nil {
            throw SettingError(name: "MAILLAGE_" + name, value: "", reason: "the path of a file, as TLS asks for both")
        }
        guard baseURL.hasPrefix("https://") else {
            throw SettingError(
                name: "MAILLAGE_BASE_URL", value: baseURL, reason: "an https:// address, since TLS_CERTIFICATE is set")
        }
    }

    /// Each setting with its present value, secrets masked.
    public func shown() -> [(definition: Definition, value: String)] {
        Self.definitions.map { definition in
            let value = definition.get(self)
            return (definition, definition.isSecret && value != nil ? "********" : value ?? "")
        }
    }
}

/// Why the program does not start: a setting that cannot be used.
public struct SettingError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(name: String, value: String, definition: Settings.Definition) {
        let shown = definition.isSecret ? "********" : value
        description = "\(name) is \"\(shown)\", which is not accepted: \(definition.accepts)"
    }

    init(name: String, value: String, reason: String) {
        description = "\(name) is \"\(value)\", which is not accepted: \(reason)"
    }

    init(unknown key: String) {
        description = "maillage.toml: unknown setting \"\(key)\" (maillage settings lists them)"
    }
}
