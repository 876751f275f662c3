import Exchange

/// One answer, with its type. What was typed and could not be read is kept too (`unread`), so that nothing is ever lost.
public enum AnswerValue: Sendable, Equatable {
    /// Texts, the key of the option chosen, SIRET, RNA, e-mail, phone, URL.
    case text(String)
    case flag(Bool)
    case number(ExactNumber)
    /// Euros, in cents.
    case money(Int)
    case date(CivilDate)
    /// Both days included; one end may still be missing.
    case period(from: CivilDate?, to: CivilDate?)
    /// The keys of the options chosen.
    case choices([String])
    case address(AnswerAddress)
    case place(AnswerPlace)
    case person(AnswerPerson)
    case files([AnswerFile])
    case rows([AnswerRow])
    /// Agreed to, in this version of the text.
    case sworn(version: Int)
    /// As it was typed; the question cannot read it.
    case unread(String)
}

/// A commune, with street and postal code when the question asks for them.
public struct AnswerAddress: Sendable, Equatable {
    public var street: String
    public var postalCode: String
    /// The commune's name as typed or chosen.
    public var commune: String
    /// INSEE code; nil while the name has not been recognised.
    public var communeCode: String?

    public init(street: String = "", postalCode: String = "", commune: String = "", communeCode: String? = nil) {
        self.street = street
        self.postalCode = postalCode
        self.commune = commune
        self.communeCode = communeCode
    }

    var isEmpty: Bool { street.isEmpty && postalCode.isEmpty && commune.isEmpty && communeCode == nil }
}

/// A place of the register.
public struct AnswerPlace: Sendable, Equatable {
    /// The identifier; nil while the name has not been recognised.
    public var id: String?
    public var name: String

    public init(id: String?, name: String = "") {
        self.id = id
        self.name = name
    }
}

public struct AnswerPerson: Sendable, Equatable {
    public var firstName: String
    public var name: String
    public var role: String
    public var email: String
    public var phone: String

    public init(firstName: String = "", name: String = "", role: String = "", email: String = "", phone: String = "") {
        self.firstName = firstName
        self.name = name
        self.role = role
        self.email = email
        self.phone = phone
    }

    var isEmpty: Bool { firstName.isEmpty && name.isEmpty && role.isEmpty && email.isEmpty && phone.isEmpty }
}

/// A file that is attached; its bytes live elsewhere.
public struct AnswerFile: Sendable, Equatable {
    /// What the store of files calls it.
    public var id: String
    /// The name it came with.
    public var name: String
    public var family: FileFamily
    public var bytes: Int
    /// The date the document bears, or the day it was added.
    public var datedOn: CivilDate?

    public init(id: String, name: String, family: FileFamily, bytes: Int, datedOn: CivilDate? = nil) {
        self.id = id
        self.name = name
        self.family = family
        self.bytes = bytes
        self.datedOn = datedOn
    }
}

/// A row of a group or table. In a fixed table the key is the row's; elsewhere it is the row's own, unique in the answer.
public struct AnswerRow: Sendable, Equatable {
    public var key: String
    public var cells: [String: AnswerValue]

    public init(_ key: String, _ cells: [String: AnswerValue] = [:]) {
        self.key = key
        self.cells = cells
    }
}

extension AnswerValue {
    /// Whether nothing was answered: blank text, no choice, no file, no row with something in it.
    public var isEmpty: Bool {
        switch self {
        case .text(let text), .unread(let text): text.utf8.allSatisfy { $0 <= 0x20 }
        case .flag, .number, .money, .date, .sworn: false
        case .period(let from, let to): from == nil && to == nil
        case .choices(let keys): keys.isEmpty
        case .address(let address): address.isEmpty
        case .place(let place): place.id == nil && place.name.isEmpty
        case .person(let person): person.isEmpty
        case .files(let files): files.isEmpty
        case .rows(let rows): rows.allSatisfy { $0.cells.values.allSatisfy(\.isEmpty) }
        }
    }
}

/// The answers to a form, by the keys of its questions. Keys that the form does not know are kept.
public struct Answers: Sendable, Equatable {
    public private(set) var values: [String: AnswerValue]

    /// Empty answers are left out.
    public init(_ values: [String: AnswerValue] = [:]) {
        self.values = values.filter { !$0.value.isEmpty }
    }

    /// Nil when nothing was answered.
    public subscript(key: String) -> AnswerValue? {
        get { values[key] }
        set {
            if let newValue, !newValue.isEmpty {
                values[key] = newValue
            } else {
                values.removeValue(forKey: key)
            }
        }
    }

    public var isEmpty: Bool { values.isEmpty }

    /// The keys, sorted by their bytes: the order of the document.
    public var keys: [String] { values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}
