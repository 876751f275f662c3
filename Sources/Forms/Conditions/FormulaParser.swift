import Exchange

/// The grammar of conditions and computations, described in docs/FORMS.md.
struct FormulaParser {
    /// Parentheses and « non » inside one another.
    static let maxDepth = 32

    /// Words that mean something and therefore name no question.
    static let reserved: Set<String> = [
        "et", "ou", "non", "oui", "vrai", "faux", "dans", "contient", "zonage", "vide", "repondu", "somme", "nombre",
        "min", "max", "avec", "maturite", "forme_juridique", "commune_du_lieu", "aujourd_hui", "ligne",
    ]

    private let tokens: [(token: FormulaToken, offset: Int)]
    private var index = 0
    private var depth = 0

    init(_ text: String) throws(SyntaxProblem) { tokens = try FormulaLexer.tokens(of: text) }

    private var token: FormulaToken { tokens[min(index, tokens.count - 1)].token }

    private func problem(_ message: String) -> SyntaxProblem {
        SyntaxProblem(message: message, offset: tokens[min(index, tokens.count - 1)].offset)
    }

    private mutating func take(sign symbol: Character) -> Bool {
        guard token == .symbol(symbol) else { return false }
        index += 1
        return true
    }

    private mutating func take(_ word: String) -> Bool {
        guard token == .word(word) else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ symbol: Character) throws(SyntaxProblem) {
        guard take(sign: symbol) else { throw problem("Il manque « \(symbol) »".narrow + ".") }
    }

    private mutating func deeper() throws(SyntaxProblem) {
        depth += 1
        guard depth <= Self.maxDepth else { throw problem("Il y a trop de parenthèses l’une dans l’autre.") }
    }

    mutating func finish() throws(SyntaxProblem) {
        guard token == .end else { throw problem("La fin de la condition n’est pas comprise.") }
    }

    // MARK: Conditions

    mutating func condition() throws(SyntaxProblem) -> Condition {
        try deeper()
        defer { depth -= 1 }
        var parts = [try conjunction()]
        while take("ou") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(SyntaxProblem) -> Condition {
        var parts = [try unit()]
        while take("et") { parts.append(try unit()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func unit() throws(SyntaxProblem) -> Condition {
        if take("non") {
            try deeper()
            defer { depth -= 1 }
            return .not(try unit())
        }
        if take("vrai") { return .constant(true) }
        if take("faux") { return .constant(false) }
        if take("vide") { return .empty(try bracketedReference()) }
        if take("repondu") { return .answered(try bracketedReference()) }
        if token == .symbol("("), !opensExpression() {
            index += 1
            let inner = try condition()
            try expect(")")
            return inner
        }
        return try relation()
    }

    /// Whether the parenthesis that opens here holds a number: something is done with what it gives.
    private func opensExpression() -> Bool {
        var level = 0
        for position in index..<tokens.count {
            if tokens[position].token == .symbol("(") { level += 1 }
            guard tokens[position].token == .symbol(")") else { continue }
            level -= 1
            guard level == 0 else { continue }
            switch tokens[min(position + 1, tokens.count - 1)].token {
            case .symbol(let symbol): return "=≠<≤>≥+-*/".contains(symbol)
            case .word("dans"): return true
            default: return false
            }
        }
        return false
    }

    private mutating func relation() throws(SyntaxProblem) -> Condition {
        let left = try expression()
        if case .symbol(let symbol) = token, let comparison = Condition.Comparison(rawValue: String(symbol)) {
            index += 1
            return .comparison(left, comparison, try expression())
        }
        if take("dans") {
            if take("zonage") { return .inZoning(left, try text()) }
            try expect("(")
            var texts = [try text()]
            while take(sign: ",") { texts.append(try text()) }
            try expect(")")
            return .oneOf(left, texts)
        }
        if case .reference(let reference) = left {
            if take("contient") { return .contains(reference, try text()) }
            // A yes-or-no question alone: `siege_en_qpv et …`.
            return .comparison(left, .equal, .flag(true))
        }
        throw problem("Il manque une comparaison.")
    }

    private mutating func text() throws(SyntaxProblem) -> String {
        guard case .text(let text) = token else { throw problem("Il manque un texte entre guillemets.") }
        index += 1
        return text
    }

    private mutating func bracketedReference() throws(SyntaxProblem) -> Reference {
        try expect("(")
        let reference = try self.reference()
        try expect(")")
        return reference
    }

    private mutating func reference() throws(SyntaxProblem) -> Reference {
        switch token {
        case .word(let word) where !Self.reserved.contains(word):
            index += 1
            return Reference(word)
        case .path(let parts) where parts.count <= 3:
            index += 1
            return Reference(key: parts[0], path: Array(parts.dropFirst()))
        default: throw problem("Il manque le nom d’une question.")
        }
    }

    // MARK: Expressions

    mutating func expression() throws(SyntaxProblem) -> Formula {
        try deeper()
        defer { depth -= 1 }
        var left = try product()
        while true {
            if take(sign: "+") {
                left = .arithmetic(.plus, left, try product())
            } else if take(sign: "-") {
                left = .arithmetic(.minus, left, try product())
            } else {
                return left
            }
            try lengthen()
        }
    }

    /// A chain of operations nests to the left: its length is bounded as its depth is.
    private var operations = 0

    private mutating func lengthen() throws(SyntaxProblem) {
        operations += 1
        guard operations <= 200 else { throw problem("Ce calcul est trop long : employez somme(…).".narrow) }
    }

    private mutating func product() throws(SyntaxProblem) -> Formula {
        var left = try factor()
        while true {
            if take(sign: "*") {
                left = .arithmetic(.times, left, try factor())
            } else if take(sign: "/") {
                left = .arithmetic(.over, left, try factor())
            } else {
                return left
            }
            try lengthen()
        }
    }

    private mutating func factor() throws(SyntaxProblem) -> Formula {
        switch token {
        case .symbol("-"):
            index += 1
            try deeper()
            defer { depth -= 1 }
            let inner = try factor()
            if case .number(let value) = inner, let negative = ExactNumber.zero.subtracting(value) {
                return .number(negative)
            }
            return .arithmetic(.minus, .number(.zero), inner)
        case .symbol("("):
            index += 1
            let inner = try expression()
            try expect(")")
            return inner
        case .number(let value):
            index += 1
            return .number(try unit(of: value))
        case .date(let date):
            index += 1
            return .date(date)
        case .text(let text):
            index += 1
            return .text(text)
        case .word(let word): return try named(word)
        default: return .reference(try reference())
        }
    }

    private mutating func unit(of value: ExactNumber) throws(SyntaxProblem) -> ExactNumber {
        if take(sign: "€") { return value }
        guard take(sign: "%") else { return value }
        guard let hundred = ExactNumber(100), let ratio = value.divided(by: hundred),
            ratio.multiplied(by: hundred) == value
        else { throw problem("Ce pourcentage a trop de décimales.") }
        return ratio
    }

    private mutating func named(_ word: String) throws(SyntaxProblem) -> Formula {
        let simple: [String: Formula] = [
            "oui": .flag(true), "vrai": .flag(true), "non": .flag(false), "faux": .flag(false), "maturite": .maturity,
            "forme_juridique": .legalForm, "commune_du_lieu": .placeCommune, "aujourd_hui": .today, "ligne": .rowKey,
        ]
        if let expression = simple[word] {
            index += 1
            return expression
        }
        switch word {
        case "somme":
            index += 1
            try expect("(")
            let parts = try list()
            if take("avec") {
                guard parts.count == 1, case .reference(let reference) = parts[0], reference.path.count == 1 else {
                    throw problem("« avec » suit une seule colonne : somme(tableau.colonne, avec …).".narrow)
                }
                let condition = try self.condition()
                try expect(")")
                return .columnSum(table: reference.key, column: reference.path[0], where: condition)
            }
            try expect(")")
            return .sum(parts)
        case "min", "max":
            index += 1
            try expect("(")
            let parts = try list()
            try expect(")")
            return word == "min" ? .least(parts) : .greatest(parts)
        case "nombre":
            index += 1
            try expect("(")
            let table = try reference()
            guard table.path.isEmpty else { throw problem("« nombre » compte les lignes d’un tableau.".narrow) }
            var condition: Condition?
            if take(sign: ",") {
                guard take("avec") else { throw problem("Il manque « avec ».".narrow) }
                condition = try self.condition()
            }
            try expect(")")
            return .rowCount(table: table.key, where: condition)
        default: return .reference(try reference())
        }
    }

    /// Expressions between commas; stops after a comma that « avec » follows.
    private mutating func list() throws(SyntaxProblem) -> [Formula] {
        var parts = [try expression()]
        while take(sign: ",") {
            if token == .word("avec") { break }
            parts.append(try expression())
        }
        return parts
    }
}

extension Condition {
    /// Reads the syntax of docs/FORMS.md: `maturite = "operationnel" et (montant ≥ 75000 ou non repondu(siret))`.
    public init(_ text: String) throws(SyntaxProblem) {
        var parser = try FormulaParser(text)
        self = try parser.condition()
        try parser.finish()
    }
}

extension Formula {
    /// Reads a computation: `somme(budget.montant) - subvention`.
    public init(_ text: String) throws(SyntaxProblem) {
        var parser = try FormulaParser(text)
        self = try parser.expression()
        try parser.finish()
    }
}
