import Maillage
import Markup

extension Paths {
    public static let receiptCheck = "/recepisses/verifier"
    public static let receiptKeys = "/recepisses/cles"
    public static let receiptKeyList = "/recepisses/cles.json"
    public static let receiptOpenSSL = "/recepisses/openssl"

    static func receiptKey(_ id: String) -> String { path("recepisses", "cles", id + ".pem") }

    /// Where the code of a printed receipt leads: the page that verifies, told which receipt was printed.
    static func receiptCheck(_ fingerprint: Fingerprint) -> String {
        path("recepisses", "verifier", query: [("empreinte", fingerprint.text)])
    }
}
