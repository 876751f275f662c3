import Maillage

/// Whether another server answers, for those who look after the machine.
public enum OutwardProbe {
    /// The status of the answer to a GET, redirects not followed; nil when none comes within five seconds.
    public static func status(of address: String) async -> Int? {
        do {
            _ = try await OutwardCall.get(
                address, accepting: "*/*", as: "Maillage/" + ProgramVersion.name, atMost: 4 << 20, within: 5)
            return 200
        } catch .status(let status) {
            return status
        } catch {
            return nil
        }
    }
}
