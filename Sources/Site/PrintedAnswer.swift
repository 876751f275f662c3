import Maillage

extension Visit {
    /// The PDF of a document, to save; refused in words where no program prints, when too many wait, and when printing fails.
    ///
    /// - Parameter instead: what to do then, a whole sentence.
    func printed(_ document: PrintedDocument, savedAs name: String, instead: String) async throws -> Answer {
        let unavailable = DoorRefusal(
            .serviceUnavailable, "PDF indisponible", "Le PDF ne peut pas être fait en ce moment. \(instead)")
        guard let printer = reception.printer else { throw unavailable }
        do {
            return .file(try await printer.pdf(of: document.bytes), type: "application/pdf", savedAs: name)
        } catch let failure as PrintingFailure {
            reception.log.warning("print", metadata: ["reason": "\(failure)"])
            throw unavailable
        }
    }
}
