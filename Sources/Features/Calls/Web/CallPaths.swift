extension Paths {
    public static let calls = "/appels"
}
