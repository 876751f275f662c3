import Exchange
import Foundation
import Maillage

/// When the certificate of the public address ends, as `openssl` reads it from the address itself: what browsers see, whoever serves TLS.
struct CertificateEnd: Sendable {
    let host: String
    let port: Int

    init(settings: Settings) {
        let rest = settings.baseURL.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != "/" }
        let parts = rest.split(separator: ":", maxSplits: 1)
        host = parts.first.map(String.init) ?? "localhost"
        port = parts.count > 1 ? Int(parts[1]) ?? 443 : 443
    }

    /// Nil when there is no `openssl`, no answer, or no date in it.
    func ask() async -> Instant? {
        let programs = MachinePrograms()
        guard programs.has("openssl") else { return nil }
        let folder = FileManager.default.temporaryDirectory.path + "/maillage-certificate-" + UUID().uuidString
        // Without a folder to work in there is nothing to read: the certificate is then unknown, which is what nil says.
        guard (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil
        else { return nil }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var program = OutsideProgram(
            "sh",
            [
                "-c",
                "openssl s_client -connect \"$1:$2\" -servername \"$1\" </dev/null 2>/dev/null "
                    + "| openssl x509 -noout -enddate > end",
                "sh", host, String(port),
            ], in: folder)
        program.seconds = 20
        do {
            try await programs.run(program)
            let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder + "/end")), as: UTF8.self)
            return Self.read(text)
        } catch {
            // Not reachable from here, or no certificate: unknown.
            return nil
        }
    }

    /// `notAfter=Nov 22 16:37:31 2026 GMT`.
    static func read(_ text: String) -> Instant? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let words = text[text.index(after: equals)...].split(whereSeparator: \.isWhitespace)
        guard words.count >= 4, let month = months.firstIndex(of: String(words[0])), let day = Int(words[1]),
            let year = Int(words[3])
        else { return nil }
        let clock = words[2].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, let date = CivilDate(year: year, month: month + 1, day: day),
            let time = CivilTime(date, hour: clock[0], minute: clock[1], second: clock[2])
        else { return nil }
        return Instant(microseconds: CivilZone.utc.utc(of: time))
    }
}
