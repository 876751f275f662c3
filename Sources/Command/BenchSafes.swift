import ArgumentParser
import Exchange
import Foundation
import Maillage
import MaillageWeb
import Storage
import Workbench

/// Safes full of documents, for trials of backups: so many megabytes, in as many places as it takes.
struct BenchSafes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "safes")

    @OptionGroup var options: HouseOptions
    @Argument var megabytes: Int

    /// Of a document, and how many a safe gets.
    private static let size = 4 << 20
    private static let each = 60

    func run() async throws {
        try await CommandFailure.reporting {
            let premises = try await Premises.open(try options.settings())
            let intake = AttachmentIntake(vault: premises.reception.photos.vault)
            let count = max(1, (megabytes << 20) / Self.size)
            for first in stride(from: 0, to: count, by: Self.each) {
                let numbers = first..<min(first + Self.each, count)
                try await Self.fill(numbers, premises, intake)
            }
            await premises.database.close()
        }
    }

    /// A place, who answers for it, and its documents.
    private static func fill(_ numbers: Range<Int>, _ premises: Premises, _ intake: AttachmentIntake) async throws {
        let desk = premises.desk
        let place = try await desk.perform(
            CreatePlace(values: [.name: .text("Coffre \(numbers.lowerBound)")], visibility: .everyone), as: .house)
        let keeper = try await desk.perform(
            AddAccount(
                email: try EmailAddress("coffre-\(numbers.lowerBound)@essai.example"), name: try PersonName("Coffre")),
            as: .house)
        _ = try await desk.perform(
            GrantRole(
                Grant(.placeManager, on: Scope(.place, place.id.number)), to: keeper, reason: "essai",
                head: LetterHead(premises.settings)), as: .house)
        let now = premises.reception.surroundings.now()
        guard let principal = try await premises.database.read({ try PrincipalReader.principal(keeper, at: now, $0) })
        else { throw CommandFailure("the keeper of the safe is not there") }
        for number in numbers {
            let file = try await intake.receive(limit: 2 * size)
            try await file.write(SampleDocuments.pdf("Document \(number)"))
            // Bytes that nothing compresses, then the end that a reader looks for.
            let noise = FileHandle(forReadingAtPath: "/dev/urandom")
            try await file.write([UInt8](try noise?.read(upToCount: size) ?? Data()) + Array("\n%%EOF\n".utf8))
            let kept = try await intake.keep(file, named: "document-\(number).pdf", accepted: [.pdf])
            _ = try await desk.perform(AddSafeDocument(place: place.id, kind: .other, file: kept), as: principal)
        }
    }
}
