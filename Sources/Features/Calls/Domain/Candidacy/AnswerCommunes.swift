import Forms
import Storage

/// Communes typed by name in an answer, recognised in the register, so that a form without a script is as good as one with.
enum AnswerCommunes {
    /// The answer with the code of its commune: the one of the register that bears this name, or the one that the former answer
    /// named so. What is not recognised, or is the name of several, stays without a code.
    static func recognised(_ value: AnswerValue?, former: AnswerValue?, _ reader: Reader) throws -> AnswerValue? {
        guard case .address(var address) = value, address.communeCode == nil, !address.commune.isEmpty else {
            return value
        }
        if case .address(let known) = former, known.commune == address.commune, let code = known.communeCode {
            address.communeCode = code
            return .address(address)
        }
        let found = try reader.all(
            """
            SELECT DISTINCT commune.code, commune.name
            FROM commune
            WHERE commune.name_key = \(Commune.key(address.commune))
                AND commune.retired_on IS NULL
            ORDER BY commune.code
            LIMIT 50
            """
        ) { (code: try $0.text(0), name: try $0.text(1)) }
        guard found.count == 1, let only = found.first else { return value }
        address.communeCode = only.code
        address.commune = only.name
        return .address(address)
    }
}
