/// What a deposit needs beyond the database: who signs, under which name, and the forms made ready.
public struct DepositOffice: Sendable {
    public let head: LetterHead
    public let keys: ReceiptKeys
    public let shelf: CandidacyFormShelf

    public init(head: LetterHead, keys: ReceiptKeys, shelf: CandidacyFormShelf) {
        self.head = head
        self.keys = keys
        self.shelf = shelf
    }
}
