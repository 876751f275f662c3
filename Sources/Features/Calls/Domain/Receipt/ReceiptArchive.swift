import Exchange

/// What a depositor takes away to verify a receipt without anybody: the receipt, the bytes that were signed, the signature,
/// the public key, and how to use them with openssl alone.
public enum ReceiptArchive {
    public static let receiptName = "recepisse.json"
    public static let signedName = "recepisse-signe.json"
    public static let signatureName = "signature.bin"
    public static let keyName = "cle-publique.pem"
    public static let helpName = "LISEZMOI.txt"

    /// The command that verifies the files of the archive.
    public static let command =
        "openssl pkeyutl -verify -pubin -inkey \(keyName) -rawin -in \(signedName) -sigfile \(signatureName)"

    /// The archive as a ZIP file. The same receipt always gives the same bytes.
    ///
    /// - Parameter address: of the network, where its keys are published.
    public static func bytes(_ signed: SignedReceipt, key: ReceiptPublicKey, address: String) throws -> [UInt8] {
        let writer = ZIPWriter()
        let files: [(String, [UInt8])] = [
            (helpName, Array(help(signed, key: key, address: address).utf8)),
            (receiptName, signed.fileBytes),
            (signedName, signed.signedBytes),
            (signatureName, signed.signature),
            (keyName, Array(key.pem.utf8)),
        ]
        for (name, content) in files { try writer.add(name, content, modified: signed.receipt.issuedAt.seconds) }
        try writer.finish()
        return writer.take()
    }

    static func help(_ signed: SignedReceipt, key: ReceiptPublicKey, address: String) -> String {
        """
        Récépissé n° \(signed.receipt.number), appel « \(signed.receipt.call.title) »
        délivré par \(signed.receipt.network), \(signed.receipt.address)

        Pour le vérifier en ligne : \(address)/recepisses/verifier
        (déposez-y \(receiptName)).

        Pour le vérifier sans Maillage, avec openssl 3 ou plus récent :

            \(command)

        La réponse « Signature Verified Successfully » dit que le texte signé
        (\(signedName)) n’a pas changé d’un bit. Comparez ensuite :

        1. la clé \(key.id) avec celle que le réseau publie :
           \(address)/recepisses/cles
           son nom est le début de son empreinte :
               openssl pkey -pubin -in \(keyName) -outform DER | tail -c 32 | openssl sha256
        2. chaque fichier déposé avec son empreinte dans le texte signé :
               openssl sha256 FICHIER
        3. l’instant d’arrivée (arrival) et la limite (deadline) : le dépôt est
           dans les délais si le premier est strictement avant le second.

        Un récépissé prouve ce que le réseau a déclaré avoir reçu, et quand.
        Il ne prouve l’identité de personne.

        """
    }
}
