import Maillage

/// Why a certificate and its key cannot serve. One line, in which nothing of the key appears.
public enum CertificateProblem: Error, Sendable, Equatable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    /// The key may be read by others, or written by its group.
    case open(path: String, mode: UInt32)
    case noCertificate(path: String)
    case noKey(path: String)
    case mismatch(certificate: String, key: String)
    case ended(path: String, at: Instant)
    case notYet(path: String, from: Instant)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .open(let path, let mode):
            "\(path) is the private key of the site and may be read by others (0\(String(mode, radix: 8))): chmod 600"
        case .noCertificate(let path): "\(path) holds no certificate in PEM"
        case .noKey(let path): "\(path) holds no private key in PEM, or one behind a password"
        case .mismatch(let certificate, let key): "\(key) is not the key of \(certificate)"
        case .ended(let path, let at): "the certificate of \(path) ended on \(at.iso): renew it"
        case .notYet(let path, let from):
            "the certificate of \(path) begins on \(from.iso) only: is the clock of the machine right?"
        }
    }
}
