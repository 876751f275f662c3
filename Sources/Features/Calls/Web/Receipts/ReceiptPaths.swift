import Exchange
import Maillage
import Markup

extension Paths {
    public static let receiptCheck = "/recepisses/verifier"
    public static let receiptKeys = "/recepisses/cles"
    public static let receiptKeyList = "/recepisses/cles.json"
    public static let receiptOpenSSL = "/recepisses/openssl"
    public static let receiptHeads = "/recepisses/tetes"
    public static let receiptHeadList = "/recepisses/tetes.json"

    static func receiptHead(_ day: CivilDate) -> String { path("recepisses", "tetes", day.description + ".json") }

    /// What shows that a receipt is under a published head.
    static func receiptProof(_ fingerprint: Fingerprint) -> String {
        path("recepisses", "preuves", fingerprint.text + ".json")
    }

    static func receiptKey(_ id: String) -> String { path("recepisses", "cles", id + ".pem") }

    /// Where the code of a printed receipt leads: the page that verifies, told which receipt was printed.
    static func receiptCheck(_ fingerprint: Fingerprint) -> String {
        path("recepisses", "verifier", query: [("empreinte", fingerprint.text)])
    }
}
