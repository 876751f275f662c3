import Foundation

@testable import MaillageWeb

/// Certificates that `openssl` makes for a test, and what `openssl` says of a site that serves one.
struct TrialCertificate {
    let folder: String

    var files: CertificateFiles { CertificateFiles(certificate: folder + "/site.pem", key: folder + "/site.key") }

    struct Failed: Error {
        let said: String
    }

    /// Makes one for `localhost`, of thirty days, in place of the one before.
    static func make(in folder: String, for names: String = "DNS:localhost") async throws -> TrialCertificate {
        let trial = TrialCertificate(folder: folder)
        // Written beside and moved: a site that looks meanwhile sees one or the other.
        try await openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            folder + "/new.key", "-out", folder + "/new.pem", "-days", "30", "-subj", "/CN=essai", "-addext",
            "subjectAltName=" + names)
        chmod(folder + "/new.key", 0o600)
        rename(folder + "/new.key", trial.files.key)
        rename(folder + "/new.pem", trial.files.certificate)
        return trial
    }

    /// Makes one that ended in 2020.
    static func makeEnded(in folder: String) async throws -> TrialCertificate {
        let trial = try await make(in: folder)
        let settings = """
            [ca]
            default_ca = essai
            [essai]
            database = \(folder)/index.txt
            new_certs_dir = \(folder)
            rand_serial = yes
            default_md = sha256
            policy = tous
            [tous]
            commonName = supplied
            """
        try settings.write(toFile: folder + "/ca.cnf", atomically: true, encoding: .utf8)
        try "".write(toFile: folder + "/index.txt", atomically: true, encoding: .utf8)
        try await openssl(
            "req", "-new", "-key", trial.files.key, "-subj", "/CN=essai", "-out", folder + "/ask.pem")
        try await openssl(
            "ca", "-batch", "-selfsign", "-notext", "-config", folder + "/ca.cnf", "-keyfile", trial.files.key, "-in",
            folder + "/ask.pem", "-out", trial.files.certificate, "-startdate", "20200101000000Z", "-enddate",
            "20200201000000Z")
        return trial
    }

    /// What `openssl s_client` shows of the site at a port, with these options; its status is not 0 when no talk came about.
    func shake(_ port: Int, _ options: String...) async throws -> (status: Int32, said: String) {
        try await Self.run(
            ["s_client", "-connect", "127.0.0.1:\(port)", "-servername", "localhost", "-CAfile", files.certificate]
                + options, input: [])
    }

    /// Sends bytes through TLS; what comes back until the site ends the connection. The certificate must be this one.
    func raw(_ port: Int, _ bytes: [UInt8]) async throws -> RawConnection.Received {
        let ended = try await Self.run(
            [
                "s_client", "-connect", "127.0.0.1:\(port)", "-servername", "localhost", "-CAfile", files.certificate,
                "-verify_return_error", "-quiet",
            ], input: bytes, isQuiet: true)
        return RawConnection.Received(bytes: Array(ended.said.utf8), isClosed: true)
    }

    func ask(
        _ port: Int, _ method: String, _ path: String, headers: [String] = [], body: [UInt8] = []
    ) async throws -> Reply {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
        if !body.isEmpty || method == "POST" { lines.append("Content-Length: \(body.count)") }
        let received = try await raw(port, Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
        return try Reply(received.bytes, hasBody: method != "HEAD")
    }

    private static func openssl(_ arguments: String...) async throws {
        let ended = try await run(arguments, input: [])
        guard ended.status == 0 else { throw Failed(said: ended.said) }
    }

    /// - Parameter isQuiet: what it says of itself is left out.
    private static func run(
        _ arguments: [String], input: [UInt8], isQuiet: Bool = false
    ) async throws -> (status: Int32, said: String) {
        let base = FileManager.default.temporaryDirectory.path + "/openssl-" + UUID().uuidString
        defer { for end in ["-in", "-out"] { try? FileManager.default.removeItem(atPath: base + end) } }
        try Data(input).write(to: URL(fileURLWithPath: base + "-in"))
        try Data().write(to: URL(fileURLWithPath: base + "-out"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardInput = FileHandle(forReadingAtPath: base + "-in")
        let out = FileHandle(forWritingAtPath: base + "-out")
        process.standardOutput = out
        process.standardError = isQuiet ? FileHandle.nullDevice : out
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        return (status, Program.text(base + "-out"))
    }
}
