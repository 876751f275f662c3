import HTTPTypes
import Maillage
import Markup

/// A receipt on paper.
public enum ReceiptPrint {
    /// The document that `PagePrinter` prints. `address` is that of the network, where the code leads.
    public static func document(_ signed: SignedReceipt, address: String) -> [UInt8] {
        let receipt = signed.receipt
        let title = "Récépissé de dépôt n° \(receipt.number), \(receipt.call.title)"
        return PrintedDocument(title, footer: "\(receipt.network), récépissé n°\u{A0}\(receipt.number)") { html in
            html.add(ReceiptView(signed: signed, address: address))
        }.bytes
    }

    /// The PDF to save; when none can be made, why, and what to do instead.
    static func answer(_ signed: SignedReceipt, _ visit: Visit) async throws -> Answer {
        let unavailable = DoorRefusal(
            .serviceUnavailable, "PDF indisponible",
            "Le PDF ne peut pas être fait en ce moment. La page du récépissé s’imprime depuis le navigateur, et le fichier JSON "
                + "signé suffit comme preuve.")
        guard let printer = visit.reception.printer else { throw unavailable }
        do {
            let bytes = try await printer.pdf(of: document(signed, address: visit.reception.settings.baseURL))
            return .file(bytes, type: "application/pdf", savedAs: signed.fileName + ".pdf")
        } catch let failure as PrintingFailure {
            visit.reception.log.warning("print", metadata: ["reason": "\(failure)"])
            throw unavailable
        }
    }
}
