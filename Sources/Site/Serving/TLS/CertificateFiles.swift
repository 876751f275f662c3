import Maillage
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The two files with which the site answers HTTPS by itself.
public struct CertificateFiles: Sendable, Equatable {
    public let certificate: String
    public let key: String

    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }

    /// Nil when the settings leave TLS to a proxy.
    public init?(settings: Settings) {
        guard let certificate = settings.tlsCertificate, let key = settings.tlsKey else { return nil }
        self.init(certificate: certificate, key: key)
    }

    /// What a file was when somebody looked: it is read again when this changes.
    struct Trace: Sendable, Equatable {
        let volume, node, size, seconds, nanoseconds: Int64
    }

    var traces: [Trace?] {
        [certificate, key].map { path in
            var facts = stat()
            guard stat(path, &facts) == 0 else { return nil }
            #if canImport(Glibc)
                let changed = facts.st_mtim
            #else
                let changed = facts.st_mtimespec
            #endif
            return Trace(
                volume: Int64(truncatingIfNeeded: facts.st_dev), node: Int64(truncatingIfNeeded: facts.st_ino),
                size: Int64(facts.st_size), seconds: Int64(changed.tv_sec), nanoseconds: Int64(changed.tv_nsec))
        }
    }

    /// Reads both, and makes sure that they can serve at this moment.
    public func read(at now: Instant) throws(CertificateProblem) -> ServedCertificate {
        let chain = try parsedChain()
        let key = try parsedKey()
        let leaf = chain[0]
        let start = Instant(seconds: Int64(leaf.notValidBefore))
        let end = Instant(seconds: Int64(leaf.notValidAfter))
        guard let context = Self.context(chain, key) else {
            throw .mismatch(certificate: certificate, key: self.key)
        }
        guard end > now else { throw .ended(path: certificate, at: end) }
        guard start <= now else { throw .notYet(path: certificate, from: start) }
        return ServedCertificate(
            context: context, facts: CertificateFacts(end: end, names: Self.names(of: leaf)))
    }

    /// Larger than any chain: what is longer is another file.
    private static let limit = 1 << 20

    private func parsedChain() throws(CertificateProblem) -> [NIOSSLCertificate] {
        let bytes = try Self.bytes(of: certificate) { _ in nil }
        // What the library says of bytes that are no certificate says no more than this does.
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes), !chain.isEmpty else {
            throw .noCertificate(path: certificate)
        }
        return chain
    }

    private func parsedKey() throws(CertificateProblem) -> NIOSSLPrivateKey {
        let path = key
        let bytes = try Self.bytes(of: path) { mode in
            // Its group may read it, as Debian does for keys that root keeps and a service uses.
            mode & 0o037 == 0 ? nil : .open(path: path, mode: mode)
        }
        // No password is known, and none is asked for on a terminal.
        let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) { setter in setter([UInt8]()) }
        guard let key else { throw .noKey(path: path) }
        return key
    }

    /// Nil when the key is another certificate's.
    private static func context(_ chain: [NIOSSLCertificate], _ key: NIOSSLPrivateKey) -> NIOSSLContext? {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        // Of 1.2, what keeps past talks secret when the key is stolen (ECDHE) and authenticates what it encrypts.
        configuration.cipherSuites = "ECDH+AESGCM:ECDH+CHACHA20:!aNULL"
        configuration.applicationProtocols = ["http/1.1"]
        // What was said is known to be whole by HTTP: nobody's farewell is worth a wait.
        configuration.shutdownTimeout = .milliseconds(250)
        return try? NIOSSLContext(configuration: configuration)
    }

    /// - Parameter refusal: what is wrong with the permissions of the file, asked of the file that is then read.
    private static func bytes(
        of path: String, _ refusal: (_ mode: UInt32) -> CertificateProblem?
    ) throws(CertificateProblem) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path: path, reason: "it is not a file")
        }
        if let refusal = refusal(UInt32(facts.st_mode) & 0o777) { throw refusal }
        guard facts.st_size <= limit else { throw .unreadable(path: path, reason: "it is too long") }
        var bytes = [UInt8](repeating: 0, count: limit)
        var count = 0
        while count < limit {
            let read = bytes[count...].withUnsafeMutableBytes { Self.read(descriptor, $0) }
            guard read >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
            if read == 0 { break }
            count += read
        }
        return Array(bytes[..<count])
    }

    private static func read(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.read(descriptor, room.baseAddress, room.count)
        #else
            Darwin.read(descriptor, room.baseAddress, room.count)
        #endif
    }

    /// The names browsers may type for it, in lower case.
    private static func names(of certificate: NIOSSLCertificate) -> [String] {
        certificate._subjectAlternativeNames().compactMap { name in
            guard name.nameType == .dnsName else { return nil }
            return name.contents.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }.lowercased()
        }
    }
}

/// A certificate and its key, read and ready to serve.
public struct ServedCertificate: Sendable {
    let context: NIOSSLContext
    public let facts: CertificateFacts
}
