import Exchange
import Maillage
import Markup

/// A receipt as a page: what it says, what to keep, and the code that leads from paper to its verification.
struct ReceiptView: View {
    var signed: SignedReceipt
    /// The network's address, for the code.
    var address: String
    /// What can be taken away, the main one first: archive, JSON, PDF.
    var downloads: [(label: String, link: Link)] = []

    /// Where the code leads.
    var checkAddress: String { address + Paths.receiptCheck(signed.fingerprint) }

    func render(into html: inout HTML) {
        html.h1("Récépissé de dépôt n°\u{A0}\(Format.number(signed.receipt.number))")
        html.p(.class("lead")) { html in
            html.text("\(signed.receipt.network) a reçu cette candidature le \(signed.receipt.arrivalWords)\u{202F}: ")
            html.strong(signed.receipt.verdictWords)
            html.text(".")
        }
        if !downloads.isEmpty {
            html.p(
                "Gardez l’archive\u{202F}: elle suffit à prouver ce dépôt, même sans ce site. Le récépissé y est signé, avec de quoi le "
                    + "vérifier.")
            html.actions { html in
                for (index, download) in downloads.enumerated() {
                    html.a(
                        download.label, .href(download.link), .class("button", index == 0 ? "button-primary" : nil))
                }
            }
        }
        html.add(ReceiptFacts(signed: signed, level: 2))
        html.section { html in
            html.h2("Vérifier ce récépissé")
            html.add(QRDrawing(checkAddress, label: "Code qui mène à la vérification de ce récépissé"))
            html.p { html in
                html.text("Le code mène à ")
                html.a(address + Paths.receiptCheck, .href(checkAddress))
                html.text(
                    "\u{202F}: la page compare le fichier du récépissé à l’empreinte imprimée ici. Sans ce site\u{202F}: "
                )
                html.a("avec openssl", .href(Paths.receiptOpenSSL))
                html.text(".")
            }
        }
    }
}
