/// The browser and the system of a session, in the few words by which its owner recognises it.
public enum DeviceName {
    /// From a User-Agent line: « Firefox sur Windows ». Unknown parts are left out, nothing else of the line is kept.
    public static func from(userAgent: String) -> String {
        let agent = userAgent.utf8.count > 1_000 ? String(userAgent.prefix(500)) : userAgent
        let browser = browsers.first { agent.contains($0.mark) }?.name ?? "Navigateur inconnu"
        guard let system = systems.first(where: { agent.contains($0.mark) })?.name else { return browser }
        return "\(browser) sur \(system)"
    }

    /// The stored form: at most 80 characters, without control characters.
    static func short(_ text: String) -> String {
        let shown = String(
            String.UnicodeScalarView(text.unicodeScalars.prefix(80).filter { !LookAlikes.isInvisible($0) }))
        return shown.isEmpty ? "Appareil inconnu" : shown
    }

    // The first that matches wins: most browsers also claim to be those after them.
    private static let browsers: [(mark: String, name: String)] = [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ]

    private static let systems: [(mark: String, name: String)] = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ]
}
