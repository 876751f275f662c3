import Exchange
import Storage
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// PRIV-1: every table is declared, and every column that may say something of somebody is named.
@Suite struct RegisterTests {
    private static let declarations = Dictionary(
        DataRegister.declarations.map { ($0.table, $0) }, uniquingKeysWith: { first, _ in first })

    @Test func `each table has one declaration, and each declaration a table`() async throws {
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let tables = Set(try await database.read { try KeptTables.all($0).keys })
            let declared = DataRegister.declarations.map(\.table)
            #expect(declared.count == Set(declared).count, "a table is declared twice")
            #expect(
                tables.subtracting(declared).isEmpty,
                "declare these tables beside the code of their room (Sources/…/Domain/…Data.swift)")
            #expect(Set(declared).subtracting(tables).isEmpty, "these declarations have no table")
        }
    }

    @Test func `each column that holds words is named as saying something of somebody, or as not`() async throws {
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let (tables, accounts) = try await database.read {
                (try KeptTables.all($0), try KeptTables.accountReferences($0))
            }
            for (table, columns) in tables.sorted(by: { $0.key < $1.key }) {
                guard let declaration = Self.declarations[table] else { continue }
                let named = Set(declaration.naming + declaration.other)
                #expect(named.count == declaration.naming.count + declaration.other.count, "\(table): said twice")
                let present = Set(columns.map(\.name))
                #expect(named.subtracting(present).isEmpty, "\(table) has no such column")
                let silent = columns.filter { $0.isText && !named.contains($0.name) }.map(\.name)
                #expect(silent.isEmpty, "\(table): say whether these say something of somebody")
                let links = columns.map(\.name).filter { Self.namesAnAccount($0) }
                let unsaid = (accounts[table] ?? []).union(links).subtracting(declaration.naming)
                #expect(unsaid.isEmpty, "\(table): these name an account")
            }
        }
    }

    private static func namesAnAccount(_ column: String) -> Bool {
        column.hasSuffix("_by")
            || ["account_id", "actor", "actor_id", "holder_id", "author_id", "instructor_id"].contains(column)
    }

    @Test func `what says something of somebody has people, a term, a fate and a place in their file`() {
        for declaration in DataRegister.declarations {
            let isPersonal = !declaration.people.isEmpty
            #expect(isPersonal == !declaration.naming.isEmpty, "\(declaration.table)")
            if case .impersonal = declaration.term {
                #expect(!isPersonal && declaration.closing == .nothing && declaration.export == .nothing)
            } else {
                #expect(isPersonal && declaration.closing != .nothing && declaration.export != .nothing)
            }
            if case .with(let table) = declaration.term {
                #expect(Self.declarations[table]?.people.isEmpty == false, "\(declaration.table) hangs on \(table)")
            }
            #expect(declaration.purpose.hasSuffix("."), "\(declaration.table)")
        }
    }

    /// PRIV-6: what the register says a person finds in the file of their data is there.
    @Test func `a person's file holds every name the register gives`() async throws {
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
            let desk = Desk(database: database, surroundings: surroundings)
            let id = try await desk.perform(
                AddAccount(email: EmailAddress("lea@exemple.fr"), name: PersonName("Léa")), as: .house)
            let principal = Principal(account: id, name: "Léa", grants: [])
            let now = clock.now
            let json = try await database.read {
                try PersonalData.of(principal, at: now, traces: .network, $0).json
            }
            guard case .object(let file) = try JSONValue.parse(json) else { throw Missing() }
            let names = Set(file.members.map(\.name))
            let promised = Set(
                DataRegister.declarations.compactMap { declaration -> String? in
                    if case .under(let name) = declaration.export { return name }
                    return nil
                })
            #expect(promised.subtracting(names).isEmpty, "the file lacks these")
            #expect(names.subtracting(promised).isEmpty, "no declaration speaks of these")
        }
    }
}
