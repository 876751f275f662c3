import ArgumentParser
import Maillage
import Storage

/// `maillage account`: the accounts and roles, by the operator at the machine.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Add, list and revoke accounts and roles.",
        subcommands: [Add.self, List.self, Revoke.self])

    /// `account add EMAIL --role ROLE [--scope SCOPE]`
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Give somebody an account, and a role if one is named. They sign in by a link sent to their address.")

        @OptionGroup var options: HouseOptions
        @Argument(help: "Their e-mail address.") var email: String
        @Option(help: "Their name.") var name: String?
        @Option(help: "One of: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).") var role: String?
        @Option(help: "The slug of a place or of a circle, for the roles held on one.") var scope: String?

        func run() async throws {
            try await CommandFailure.reporting {
                let premises = try await Premises.open(try options.settings())
                let address = try EmailAddress(email)
                let grant = try await grant(premises.database)
                let known = try await premises.database.read { try AccountStore.account(email: address, $0) }
                let account: Account.ID
                if let known {
                    account = known.id
                } else {
                    let name = try PersonName(name ?? String(address.text.prefix { $0 != "@" }))
                    account = try await premises.desk.perform(AddAccount(email: address, name: name), as: .house)
                }
                if let grant {
                    _ = try await premises.desk.perform(
                        GrantRole(
                            grant, to: account, reason: "Donné à la machine.", head: LetterHead(premises.settings)),
                        as: .house)
                }
                print(
                    "\(address.text) \(known == nil ? "has an account now" : "had an account")\(role.map { ", with the role \($0)" } ?? "")"
                )
                await premises.database.close()
            }
        }

        private func grant(_ database: Database) async throws -> Grant? {
            guard let role else { return nil }
            guard let known = Role(rawValue: role) else {
                throw CommandFailure(
                    "no role \"\(role)\"; one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            if known.scopeKind == .network { return Grant(known, on: .network) }
            guard let scope else {
                throw CommandFailure("the role \(role) needs --scope with the slug of a \(known.scopeKind)")
            }
            let subject = try await database.read { reader in
                known.scopeKind == .place
                    ? try PlaceStore.place(.house, slug: scope, reader)?.id.number
                    : try CircleStore.circle(slug: scope, reader)?.id.number
            }
            guard let subject else { throw CommandFailure("there is no \(known.scopeKind) \"\(scope)\"") }
            return Grant(known, on: Scope(known.scopeKind, subject))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts with their roles.")

        @OptionGroup var options: HouseOptions

        func run() async throws {
            try await CommandFailure.reporting {
                let premises = try await Premises.open(try options.settings())
                let now = premises.reception.surroundings.now()
                let listing = try await premises.database.read { reader in
                    try AccountDirectory.list(as: .house, limit: 500, at: now, reader)
                }
                for entry in listing.entries {
                    let roles = entry.grants.map { "\($0.grant.role.rawValue) on \($0.grant.scope.kind.rawValue)" }
                    print(
                        "\(entry.account.email?.text ?? "(closed)")  \(entry.account.name)  \(roles.joined(separator: ", "))"
                    )
                }
                if listing.total > listing.entries.count { print("… of \(listing.total)") }
                await premises.database.close()
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a role back from somebody, at once.")

        @OptionGroup var options: HouseOptions
        @Argument(help: "Their e-mail address.") var email: String
        @Option(help: "The role.") var role: String

        func run() async throws {
            try await CommandFailure.reporting {
                let premises = try await Premises.open(try options.settings())
                let address = try EmailAddress(email)
                let now = premises.reception.surroundings.now()
                let listing = try await premises.database.read { reader in
                    try AccountDirectory.list(as: .house, search: address.text, limit: 500, at: now, reader)
                }
                let entry = listing.entries.first { $0.account.email == address }
                let held = entry?.grants.filter { $0.grant.role.rawValue == role } ?? []
                guard !held.isEmpty else { throw CommandFailure("\(address.text) does not hold the role \(role)") }
                for grant in held {
                    try await premises.desk.perform(
                        RevokeRole(grant.id, reason: "Repris à la machine.", head: LetterHead(premises.settings)),
                        as: .house)
                }
                print("\(address.text) no longer holds the role \(role)")
                await premises.database.close()
            }
        }
    }
}
