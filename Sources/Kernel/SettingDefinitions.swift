extension Settings {
    /// In the order of `docs/SETTINGS.md`.
    public static let definitions: [Definition] = [
        text("DATA", "Directory of the database, photos and caches.", "a path", \.dataDirectory),
        text("HOST", "Address to listen on.", "a host name or an IP address", \.host),
        Definition(
            name: "PORT", meaning: "Port to listen on.", accepts: "a number from 0 to 65535 (0 picks a free one)",
            isSecret: false,
            get: { String($0.port) },
            set: { settings, given in
                guard let port = Int(given), (0...65_535).contains(port) else { return false }
                settings.port = port
                return true
            }),
        Definition(
            name: "BASE_URL", meaning: "The public address; links in mails are made of it.",
            accepts: "an http:// or https:// address without a path", isSecret: false,
            get: { $0.baseURL },
            set: { settings, given in
                guard isWebAddress(given) else { return false }
                settings.baseURL = given.hasSuffix("/") ? String(given.dropLast()) : given
                return true
            }),
        optionalText(
            "TLS_CERTIFICATE",
            "Chain of certificates in PEM, the site’s first: the site then answers HTTPS itself, and reads the file again when it changes. "
                + "Absent: it answers HTTP, and a proxy in front holds the certificate.",
            "an absolute path", \.tlsCertificate, isAcceptable: { $0.hasPrefix("/") }),
        optionalText(
            "TLS_KEY",
            "Private key of that certificate in PEM, without a password, which nobody else on the machine may read.",
            "an absolute path", \.tlsKey, isAcceptable: { $0.hasPrefix("/") }),
        Definition(
            name: "TLS_REDIRECT_PORT",
            meaning:
                "Port that answers in clear, beside HTTPS: it sends people over to `BASE_URL`, and gives the answers of the folder `acme` "
                + "of the data directory to whoever renews the certificate. Absent: no such port.",
            accepts: "a number from 1 to 65535", isSecret: false,
            get: { $0.tlsRedirectPort.map(String.init) },
            set: { settings, given in
                guard let port = Int(given), (1...65_535).contains(port) else { return false }
                settings.tlsRedirectPort = port
                return true
            }),
        Definition(
            name: "DATABASE_URL", meaning: "PostgreSQL to use instead of the embedded SQLite file.",
            accepts: "postgres://user:password@host:port/database", isSecret: true,
            get: { $0.databaseURL },
            set: { settings, given in
                guard given.hasPrefix("postgres://") || given.hasPrefix("postgresql://") else { return false }
                settings.databaseURL = given
                return true
            }),
        optionalText(
            "MAIL_COMMAND", "Sendmail-compatible program, e.g. `msmtp -t`. Absent: mails wait in the outbox.",
            "a program and its arguments", \.mailCommand),
        Definition(
            name: "MAIL_FROM", meaning: "Sender of the mails.", accepts: "an e-mail address", isSecret: false,
            get: { $0.mailFrom },
            set: { settings, given in
                guard given.contains("@"), !given.contains(where: \.isWhitespace) else { return false }
                settings.mailFrom = given
                return true
            }),
        text("NETWORK_NAME", "Name of the network, in titles and mails.", "a name", \.networkName),
        text("CONTACT_EMAIL", "Address people may write to.", "an e-mail address", \.contactEmail),
        webAddress(
            "GEOCODER_URL",
            "Geocoder with the interface of the Base Adresse Nationale (`/search/?q=`), asked by the server only, e.g. "
                + "`https://data.geopf.fr/geocodage`. Absent: addresses are found to the commune.",
            \.geocoderURL),
        webAddress(
            "TILES_URL", "Map tiles, fetched and cached by Maillage. Absent: maps are drawn from contours.", \.tilesURL),
        text("TILES_ATTRIBUTION", "Credit written on tiled maps.", "a sentence", \.tilesAttribution),
        webAddress(
            "SOURCE_URL",
            "Where the source of the version that runs is published, as section 13 of the licence asks. Absent: "
                + "`/code-source` says how to ask for it.", \.sourceURL),
        optionalText(
            "DEPOSIT_JOURNAL",
            "File that receives a copy of every deposit, on another volume. Absent: the database alone keeps them.",
            "a path", \.depositJournal),
        optionalText(
            "BACKUP_FOLDER",
            "Where the site puts a backup of the whole network by itself, best on another disk. Absent: it makes none.",
            "a path", \.backupFolder),
        number("BACKUP_HOURS", "Hours from one of these backups to the next.", 1...168, \.backupHours),
        number(
            "BACKUP_KEEP_HOURLY", "Hours for which the last backup of each hour is kept.", 0...168,
            \.backupRule.hourly),
        number(
            "BACKUP_KEEP_DAILY", "Days for which the last backup of each day is kept.", 0...366, \.backupRule.daily),
        number(
            "BACKUP_KEEP_WEEKLY", "Weeks for which the last backup of each week is kept.", 0...260,
            \.backupRule.weekly),
        number(
            "BACKUP_KEEP_MONTHLY", "Months for which the last backup of each month is kept.", 0...240,
            \.backupRule.monthly),
        optionalText(
            "BACKUP_RECIPIENT",
            "Public key of age (`age-keygen` makes one): every backup is encrypted for it, as it is written. Absent: in clear.",
            "a key of age, `age1…`, or of SSH, `ssh-ed25519 …`", \.backupRecipient,
            isAcceptable: isRecipient),
        optionalText(
            "BACKUP_HOOK",
            "Program that is run with the path of each backup the site makes by itself, to send it away. A failure is told, and tried "
                + "again a quarter of an hour later.",
            "the path of a program, and its arguments", \.backupHook, isAcceptable: { $0.hasPrefix("/") }),
        number("BACKUP_HOOK_MINUTES", "Minutes that program may take.", 1...720, \.backupHookMinutes),
        optionalText(
            "ERASURE_LOG",
            "File that lists what was erased, by identifiers alone, so that a restoration erases it again; best where the backups are. "
                + "Absent: `erasures.log` in `BACKUP_FOLDER`, else beside `DEPOSIT_JOURNAL`, else none.",
            "a path", \.erasureLog),
        number(
            "SCRUB_RATE",
            "Kilobytes a second at which the site reads its files again, to find those that the disk damaged; 0 reads none.",
            0...1_000_000, \.scrubRate),
        number("SCRUB_DAYS", "Days from the start of one such reading to the next.", 1...366, \.scrubDays),
        optionalText(
            "CLAMD_SOCKET",
            "Unix socket of clamd, which looks at the documents people attach, in the background. Absent: nothing is scanned.",
            "an absolute path", \.clamdSocket, isAcceptable: { $0.hasPrefix("/") && $0.utf8.count < 100 }),
        optionalText(
            "OIDC_ISSUER",
            "The identity service people may sign in by (OpenID Connect), as it names itself. Absent: there is none.",
            "an https:// address (http:// on this machine only)", \.identityIssuer,
            isAcceptable: isSecureAddress),
        optionalText("OIDC_CLIENT_ID", "The network’s name at that service.", "a text", \.identityClient),
        Definition(
            name: "OIDC_CLIENT_SECRET", meaning: "What the network proves itself with at that service.",
            accepts: "a text", isSecret: true, get: { $0.identitySecret },
            set: { settings, given in
                settings.identitySecret = given
                return true
            }),
        optionalText(
            "OIDC_NAME", "What people call that service, on the button of the sign-in page.", "a name", \.identityName),
        Definition(
            name: "OIDC_SCOPES", meaning: "What is asked of that service.", accepts: "words, `openid` among them",
            isSecret: false, get: { $0.identityScopes },
            set: { settings, given in
                let isPlain = given.utf8.allSatisfy { (0x20...0x7E).contains($0) } && given.utf8.count <= 500
                guard isPlain, given.split(separator: " ").contains("openid") else { return false }
                settings.identityScopes = given
                return true
            }),
        Definition(
            name: "OIDC_TRUST_EMAIL",
            meaning: "Whether the addresses of that service count as verified when it does not say so.",
            accepts: "true or false", isSecret: false, get: { $0.trustsIdentityAddresses ? "true" : "false" },
            set: { settings, given in
                guard ["true", "false"].contains(given) else { return false }
                settings.trustsIdentityAddresses = given == "true"
                return true
            }),
        Definition(
            name: "OIDC_MAX_AGE",
            meaning:
                "How long ago, in seconds at most, somebody typed their password at that service. Absent: it may recognise them by "
                + "itself. ProConnect refuses to be asked.",
            accepts: "60 to 86400", isSecret: false, get: { $0.identityMaxAge.map(String.init) ?? "" },
            set: { settings, given in
                guard let seconds = Int64(given), (60...86_400).contains(seconds) else { return false }
                settings.identityMaxAge = seconds
                return true
            }),
        Definition(
            name: "SECOND_FACTOR",
            meaning:
                "Whether the wide roles (funders, coordination, technical administration, teams of calls, chairs of juries) "
                + "demand a second factor. A demonstration offers it unless told otherwise.",
            accepts: "required, offered, or nothing for the ordinary case", isSecret: false,
            get: { $0.secondFactor?.rawValue ?? "" },
            set: { settings, given in
                if given.isEmpty {
                    settings.secondFactor = nil
                    return true
                }
                guard let policy = SecondFactorPolicy(rawValue: given) else { return false }
                settings.secondFactor = policy
                return true
            }),
        Definition(
            name: "LOG_LEVEL", meaning: "How much is logged.", accepts: "trace, debug, info, notice, warning or error",
            isSecret: false,
            get: { $0.logLevel },
            set: { settings, given in
                guard ["trace", "debug", "info", "notice", "warning", "error"].contains(given) else { return false }
                settings.logLevel = given
                return true
            }),
        Definition(
            name: "METRICS_TOKEN",
            meaning:
                "What a collector sends (`Authorization: Bearer …`) to read `/metrics` from elsewhere. Absent: the machine alone.",
            accepts: "at least 24 characters without a space", isSecret: true,
            get: { $0.metricsToken },
            set: { settings, given in
                guard given.utf8.count >= 24, !given.contains(where: \.isWhitespace) else { return false }
                settings.metricsToken = given
                return true
            }),
        number(
            "PAGE_CACHE", "Megabytes of public pages kept ready to send; 0 makes each anew.", 0...1_024, \.pageCache),
        optionalText(
            "NODE",
            "Name of this node, where several serve one network on PostgreSQL: part of the name of its deposit journal, and "
                + "shown by `/healthz`. Absent: the node is alone.",
            "1 to 32 lower-case letters, digits and hyphens", \.node, isAcceptable: isNodeName),
        number(
            "DRAIN_SECONDS",
            "Seconds for which a site that is told to stop goes on serving while `/healthz` answers 503, so that a balancer "
                + "sends nobody more.", 0...300, \.drainSeconds),
        number("TRUSTED_PROXIES", "How many reverse proxies stand in front.", 0...5, \.trustedProxies),
    ]

    private static func text(
        _ name: String, _ meaning: String, _ accepts: String, _ path: any WritableKeyPath<Settings, String> & Sendable
    ) -> Definition {
        Definition(
            name: name, meaning: meaning, accepts: accepts, isSecret: false,
            get: { $0[keyPath: path] },
            set: { settings, given in
                settings[keyPath: path] = given
                return true
            })
    }

    private static func number(
        _ name: String, _ meaning: String, _ range: ClosedRange<Int>,
        _ path: any WritableKeyPath<Settings, Int> & Sendable
    ) -> Definition {
        Definition(
            name: name, meaning: meaning, accepts: "a number from \(range.lowerBound) to \(range.upperBound)",
            isSecret: false,
            get: { String($0[keyPath: path]) },
            set: { settings, given in
                guard let number = Int(given), range.contains(number) else { return false }
                settings[keyPath: path] = number
                return true
            })
    }

    private static func optionalText(
        _ name: String, _ meaning: String, _ accepts: String, _ path: any WritableKeyPath<Settings, String?> & Sendable,
        isAcceptable: @escaping @Sendable (String) -> Bool = { _ in true }
    ) -> Definition {
        Definition(
            name: name, meaning: meaning, accepts: accepts, isSecret: false,
            get: { $0[keyPath: path] },
            set: { settings, given in
                guard isAcceptable(given) else { return false }
                settings[keyPath: path] = given
                return true
            })
    }

    private static func webAddress(
        _ name: String, _ meaning: String, _ path: any WritableKeyPath<Settings, String?> & Sendable
    ) -> Definition {
        optionalText(name, meaning, "an http:// or https:// address", path, isAcceptable: isWebAddress)
    }

    /// The words of a recipient, as age takes them: nothing that it would read as an option.
    private static func isRecipient(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && text.utf8.count < 2_000
        return isPlain && (text.hasPrefix("age1") && words.count == 1 || text.hasPrefix("ssh-") && words.count > 1)
    }

    private static func isNodeName(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 }
    }

    /// Secrets pass there: in clear on this machine alone, for trials. Neither a name before the host nor a query.
    private static func isSecureAddress(_ text: String) -> Bool {
        guard isWebAddress(text), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
        guard !text.contains(where: { "@?#\\".contains($0) }) else { return false }
        return text.hasPrefix("https://") || text.hasPrefix("http://127.0.0.1:") || text.hasPrefix("http://localhost:")
    }

    private static func isWebAddress(_ text: String) -> Bool {
        (text.hasPrefix("http://") || text.hasPrefix("https://")) && !text.contains(where: \.isWhitespace)
            && text.utf8.count > 8
    }
}
