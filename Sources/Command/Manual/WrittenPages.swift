import ArgumentParser
import Foundation
import Maillage
import MaillageWeb

/// The pages of `docs/` that the program writes about itself. `make docs` writes them; a house test refuses stale ones.
enum WrittenPage: String, CaseIterable, ExpressibleByArgument {
    case rights
    case settings
    case cli
    case schema
    case routes

    var file: String {
        switch self {
        case .rights: "docs/RIGHTS.md"
        case .settings: "docs/SETTINGS.md"
        case .cli: "docs/CLI.md"
        case .schema: "docs/SCHEMA.sql"
        case .routes: "docs/ROUTES.md"
        }
    }

    func text() -> String {
        switch self {
        case .rights: Self.rightsPage
        case .settings: Self.settingsPage
        case .cli: Self.cliPage
        case .schema: Self.schemaPage
        case .routes: Self.routesPage
        }
    }

    private static let notice = "Written by `make docs`: change the program, not this page."

    private static var rightsPage: String {
        var lines = ["# Who may do what", "", notice, "", "| Act | Who |", "|---|---|"]
        for act in ActBook.all.sorted(by: { $0.verb < $1.verb }) {
            lines.append("| `\(act.verb)` | \(act.right) |")
        }
        lines += ["", "## Roles", "", "| Role | Held on | Code |", "|---|---|---|"]
        for role in Role.allCases {
            lines.append("| \(role.label) | \(role.scopeKind.rawValue) | `\(role.rawValue)` |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static var settingsPage: String {
        var lines = [
            "# Settings", "", notice, "",
            "Each is a variable of the environment, or a key in lower case without `MAILLAGE_` in `maillage.toml` of the data",
            "directory; the environment wins. A wrong value stops the start, by name.", "",
            "| Variable | Meaning | Accepts | Without it |", "|---|---|---|---|",
        ]
        for (definition, value) in Settings().shown() {
            lines.append(
                "| `\(definition.variable)` | \(definition.meaning) | \(definition.accepts) | \(value.isEmpty ? "" : "`\(value)`") |"
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static var cliPage: String {
        var lines = [
            "# Commands", "", notice, "",
            "Exit status: 0 done; 1 refused or failed, with one line on standard error; 2 done, with rejected rows; 64 usage.",
        ]
        func describe(_ command: any ParsableCommand.Type, _ name: String) {
            let help = MaillageCommand.helpMessage(for: command, columns: 100)
            lines.append(contentsOf: ["", "## `\(name)`", "", "```", help.trimmingTrailingSpaces(), "```"])
            for sub in command.configuration.subcommands where sub.configuration.shouldDisplay {
                describe(sub, name + " " + (sub.configuration.commandName ?? sub._commandName))
            }
        }
        describe(MaillageCommand.self, "maillage")
        return lines.joined(separator: "\n") + "\n"
    }

    private static var schemaPage: String {
        let scripts = Schema.migrations.map { migration in
            var parts = ["-- \(migration.number) \(migration.name)", migration.text]
            if !migration.sqlite.isEmpty { parts += ["-- on SQLite", migration.sqlite] }
            if !migration.postgres.isEmpty { parts += ["-- on PostgreSQL", migration.postgres] }
            return parts.joined(separator: "\n")
        }
        return "-- " + notice + "\n\n" + scripts.joined(separator: "\n\n") + "\n"
    }

    private static var routesPage: String {
        var lines = ["# Every URL", "", notice, "", "| Method | Path | Least one must be |", "|---|---|---|"]
        for route in SiteMap.all {
            lines.append("| \(route.method.rawValue) | `\(route.pattern)` | \(route.floor.rawValue) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    fileprivate func trimmingTrailingSpaces() -> String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
            .joined(separator: "\n")
            .trimmingCharacters(in: .newlines)
    }
}
