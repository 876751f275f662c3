import Maillage

/// Whether another server answers, for those who look after the machine.
public enum OutwardProbe {
    /// The status of the answer to a GET, redirects not followed; nil when none comes within five seconds. Of an address of this
    /// machine the certificate is not looked at: it is another name's.
    public static func status(of address: String) async -> Int? {
        do {
            _ = try await OutwardCall.get(
                address, accepting: "*/*", as: "Maillage/" + ProgramVersion.name, atMost: 4 << 20, within: 5,
                isOwn: HostDoor.isLocal(HostDoor.host(of: address)))
            return 200
        } catch .status(let status) {
            return status
        } catch {
            return nil
        }
    }
}
