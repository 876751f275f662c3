import ArgumentParser
import Foundation
import Maillage
import MaillageWeb

/// `maillage receipt print`: a receipt on paper, from its file alone.
struct PrintReceipt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print", abstract: "Make the PDF of a receipt. It says what the file says: verify it as well.")

    @Argument(help: ArgumentHelp("The receipt, as it was downloaded.", valueName: "receipt.json"))
    var receipt: String

    @Option(help: "File to write.")
    var output: String

    func run() async throws {
        try await CommandFailure.reporting {
            let bytes = try VerifyReceipt.read(receipt, limit: Receipt.longest * 2)
            guard let signed = try? SignedReceipt(fileBytes: bytes) else {
                throw CommandFailure("\(receipt): not a receipt, or it was altered")
            }
            guard let printer = PrintProgram() else { throw CommandFailure("weasyprint is not installed") }
            let pdf: [UInt8]
            do {
                pdf = try await printer.pdf(of: ReceiptPrint.document(signed, address: signed.receipt.address))
            } catch PrintingFailure.failed(let reason) {
                throw CommandFailure(reason)
            }
            guard FileManager.default.createFile(atPath: output, contents: Data(pdf)) else {
                throw CommandFailure("\(output) cannot be written")
            }
        }
    }
}
