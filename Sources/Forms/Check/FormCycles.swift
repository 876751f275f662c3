/// Who reads whom by name, and the circles in it.
enum FormCycles {
    /// What each section and question reads to be shown and computed: `§key` for a section, `key` for a question.
    static func reads(of form: Form) -> [(node: String, reads: [String])] {
        var nodes: [(String, [String])] = []
        for section in form.sections {
            nodes.append(("§" + section.key, keys(section.shownIf?.mentions ?? [], in: form)))
            for question in section.questions {
                nodes.append((question.key, ["§" + section.key] + reads(of: question, in: form)))
            }
        }
        return nodes
    }

    /// The questions that one question reads to be shown and computed, its columns included.
    static func reads(of question: Question, in form: Form) -> [String] {
        var found = keys(mentions(of: question), in: form)
        let own = Set(question.kind.columns.map(\.key))
        for column in question.kind.columns {
            let outside = mentions(of: column).filter {
                $0.table != nil || !$0.reference.path.isEmpty || !own.contains($0.reference.key)
            }
            found += keys(outside, in: form)
        }
        return found
    }

    private static func mentions(of question: Question) -> [Mention] {
        var mentions = question.shownIf?.mentions ?? []
        if case .computed(let formula, _) = question.kind { mentions += formula.mentions }
        return mentions
    }

    /// The keys of questions that are mentioned; a column of the table whose rows are read is none.
    static func keys(_ mentions: [Mention], in form: Form) -> [String] {
        mentions.compactMap { mention in
            if let table = mention.table, mention.reference.path.isEmpty,
                form.question(table)?.kind.columns.contains(where: { $0.key == mention.reference.key }) == true
            {
                return nil
            }
            return mention.reference.key
        }
    }

    static func issues(of form: Form) -> [FormIssue] {
        let nodes = reads(of: form)
        var issues: [FormIssue] = []
        if let path = cycle(in: nodes) {
            let node = path[0]
            let names = path.map { $0.hasPrefix("§") ? "section " + $0.dropFirst() : $0 }
            let place = form.sections.first { section in
                "§" + section.key == node || section.questions.contains { $0.key == node }
            }
            let location = node.hasPrefix("§") ? String(node.dropFirst()) : (place?.key ?? "") + "." + node
            issues.append(
                FormIssue(
                    place: location, kind: .cycle,
                    message: "Ces conditions tournent en rond : \(names.joined(separator: " → ")).".narrow))
        }
        for section in form.sections {
            for question in section.questions where question.kind.hasRows {
                let columns = question.kind.columns
                let rows = zip(columns, RowOrder.reads(of: columns)).map { column, reads in
                    (column.key, reads.map { columns[$0].key })
                }
                guard let path = cycle(in: rows) else { continue }
                issues.append(
                    FormIssue(
                        place: section.key + "." + question.key + "." + path[0], kind: .cycle,
                        message: "Ces colonnes tournent en rond : \(path.joined(separator: " → ")).".narrow))
            }
        }
        return issues
    }

    /// A way from a node back to itself, the node at both ends; nil when there is none.
    static func cycle(in nodes: [(node: String, reads: [String])]) -> [String]? {
        let reads = Dictionary(nodes.map { ($0.node, $0.reads) }) { first, _ in first }
        var done: Set<String> = []
        for (start, _) in nodes where !done.contains(start) {
            // The way down, with what is left to look at from each node: a stack of our own, for a chain may be long.
            var path = [start]
            var left = [reads[start] ?? []]
            var onPath: Set<String> = [start]
            while let node = path.last {
                guard let next = left[left.count - 1].popLast() else {
                    done.insert(node)
                    onPath.remove(node)
                    path.removeLast()
                    left.removeLast()
                    continue
                }
                if onPath.contains(next), let first = path.firstIndex(of: next) { return path[first...] + [next] }
                guard !done.contains(next), let further = reads[next] else { continue }
                path.append(next)
                left.append(further)
                onPath.insert(next)
            }
        }
        return nil
    }
}
