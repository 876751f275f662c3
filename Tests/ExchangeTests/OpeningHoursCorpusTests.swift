import Exchange
import Foundation
import Testing

@Suite struct OpeningHoursCorpusTests {
    /// Real files are beside the checkout on the machines that have them; elsewhere these tests say so and pass.
    static func lines(_ path: String) -> [String]? {
        let root = ProcessInfo.processInfo.environment["MAILLAGE_TEST_DATA"] ?? "../shared/data"
        guard let data = FileManager.default.contents(atPath: "\(root)/\(path)") else {
            print("skipped: no \(path)")
            return nil
        }
        return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
            .map(String.init)
    }

    @Test func readsTheSampleOfOpenStreetMap() throws {
        guard let lines = Self.lines("hours/remi-dupre_opening-hours-rs__sample.txt") else { return }
        let expressions = lines.filter { !$0.hasPrefix("#") }
        var failures: [String] = []
        for text in expressions {
            do {
                let hours = try OpeningHours(parsing: text)
                let again = try OpeningHours(parsing: hours.syntax)
                #expect(again.rules == hours.rules, "\(text) -> \(hours.syntax)")
            } catch {
                failures.append("\(text): \(error)")
            }
        }
        #expect(expressions.count >= 195)
        #expect(failures == [])
    }

    @Test func readsTheHoursOfTheDigitalPlaces() throws {
        var doubtful = 0
        var read = 0
        for path in ["places/anct_mednum-cli__cnfs.masked.json", "places/anct_mednum-cli__le-havre.json"] {
            let root = ProcessInfo.processInfo.environment["MAILLAGE_TEST_DATA"] ?? "../shared/data"
            guard let data = FileManager.default.contents(atPath: "\(root)/\(path)") else {
                print("skipped: no \(path)")
                return
            }
            let rows = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
            for text in rows.compactMap({ $0["horaires"] as? String }) where !text.isEmpty {
                do {
                    let hours = try OpeningHours(parsing: text)
                    read += 1
                    if hours.isDoubtful { doubtful += 1 }
                    #expect(try OpeningHours(parsing: hours.syntax).rules == hours.rules, "\(text)")
                } catch {
                    #expect(text == "/", "\(text): \(error)")
                }
            }
        }
        #expect(read > 4300)
        #expect(doubtful > 20)
        #expect(doubtful < 120)
    }
}
