import Exchange

/// Verifies a receipt with public keys only: no database, no network.
public struct ReceiptVerifier: Sendable {
    let keys: [ReceiptPublicKey]

    public init(keys: [ReceiptPublicKey]) {
        self.keys = keys
    }

    /// A file to compare with those of a receipt, already reduced to its fingerprint.
    public struct Candidate: Sendable, Hashable {
        public var name: String
        public var size: Int
        public var fingerprint: Fingerprint

        public init(name: String, size: Int, fingerprint: Fingerprint) {
            self.name = name
            self.size = size
            self.fingerprint = fingerprint
        }
    }

    /// Every check of a receipt as it was handed over, in order. A check that fails ends those that depend on it.
    public func verify(_ bytes: [UInt8], files: [Candidate] = []) -> ReceiptVerification {
        let signed: SignedReceipt
        do throws(SignedReceipt.Problem) {
            signed = try SignedReceipt(fileBytes: bytes)
        } catch {
            return ReceiptVerification(signed: nil, checks: [ReceiptCheck(.unreadable(error))])
        }
        return verify(signed, files: files)
    }

    public func verify(_ signed: SignedReceipt, files: [Candidate] = []) -> ReceiptVerification {
        let receipt = signed.receipt
        var checks = [ReceiptCheck(.readable)]
        guard let key = keys.first(where: { $0.id == receipt.key }) else {
            checks.append(ReceiptCheck(.unknownKey(receipt.key)))
            return ReceiptVerification(signed: signed, checks: checks)
        }
        checks.append(ReceiptCheck(.knownKey(key.id)))
        guard key.verifies(signed.signature, of: signed.signedBytes) else {
            checks.append(ReceiptCheck(.wrongSignature))
            return ReceiptVerification(signed: signed, checks: checks)
        }
        checks.append(ReceiptCheck(.signature))
        if !key.served(at: receipt.issuedAt) { checks.append(ReceiptCheck(.keyOutOfTime(key.id))) }
        checks.append(ReceiptCheck(receipt.isVerdictCoherent ? .verdict(receipt.verdict) : .incoherentVerdict))
        for file in files { checks.append(ReceiptCheck(Self.compare(file, receipt))) }
        let shown = Set(files.map(\.fingerprint))
        let unseen = receipt.files.filter { !shown.contains($0.fingerprint) }.map(\.name)
        if !files.isEmpty, !unseen.isEmpty { checks.append(ReceiptCheck(.filesNotShown(unseen))) }
        return ReceiptVerification(signed: signed, checks: checks)
    }

    private static func compare(_ file: Candidate, _ receipt: Receipt) -> ReceiptCheck.Outcome {
        if let known = receipt.files.first(where: { $0.fingerprint == file.fingerprint && $0.size == file.size }) {
            return .file(file.name, known.name)
        }
        if file.fingerprint == receipt.answersFingerprint { return .answers(file.name) }
        if file.fingerprint == receipt.documentFingerprint { return .document(file.name) }
        return .strangeFile(file.name)
    }
}

/// What a verification found, check by check.
public struct ReceiptVerification: Sendable, Hashable {
    /// The receipt as read; nil when the file is none. Not to be believed unless `isValid`.
    public let signed: SignedReceipt?
    public let checks: [ReceiptCheck]

    /// Whether every check holds.
    public var isValid: Bool { checks.allSatisfy(\.holds) }

    /// The first check that fails.
    public var fault: ReceiptCheck? { checks.first { !$0.holds } }
}
