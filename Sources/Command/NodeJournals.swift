import Foundation
import Maillage

extension Settings {
    /// Where this node writes its copies of deposits: `deposits.journal` is `deposits-n1.journal` for the node n1.
    var ownDepositJournal: String? {
        guard let path = depositJournal, let node else { return depositJournal }
        let (stem, ending) = NodeJournals.halves(path)
        return "\(stem)-\(node)\(ending)"
    }
}

/// The deposit journals of the other nodes, where all write to one folder: after the database was lost, a deposit may be in any of them.
enum NodeJournals {
    /// What stands before the last dot of the file's name, and the rest.
    static func halves(_ path: String) -> (stem: String, ending: String) {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (path, "") }
        let ending = String(name[dot...])
        return (String(path.dropLast(ending.count)), ending)
    }

    /// The files of other nodes beside this one's, and the one from before there were nodes.
    static func others(than own: String, of path: String) -> [String] {
        let (stem, ending) = halves(path)
        let slash = stem.lastIndex(of: "/")
        let folder = slash.map { String(stem[..<$0]) } ?? "."
        let start = slash.map { String(stem[stem.index(after: $0)...]) } ?? stem
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "/" : folder)) ?? []
        return names.sorted()
            .filter { $0 == start + ending || ($0.hasPrefix(start + "-") && $0.hasSuffix(ending)) }
            .map { folder + "/" + $0 }
            .filter { $0 != own && $0 != (slash == nil ? "./" + own : own) }
    }

    /// The deposits of other nodes' journals that the database lacks. A journal that its node has open is left alone: what is in it,
    /// the database that this node runs on has.
    static func missing(
        beside settings: Settings, isKnown: (String) -> Bool,
        skipped: (_ path: String, _ problem: DepositJournalProblem) -> Void
    ) -> [DepositEntry] {
        guard settings.node != nil, let path = settings.depositJournal, let own = settings.ownDepositJournal else {
            return []
        }
        var missing: [DepositEntry] = []
        var seen: Set<String> = []
        for other in others(than: own, of: path) {
            do throws(DepositJournalProblem) {
                for entry in try DepositJournal.salvage(other).entries
                where !isKnown(entry.key) && seen.insert(entry.key).inserted { missing.append(entry) }
            } catch {
                skipped(other, error)
            }
        }
        return missing
    }
}
