import Storage

/// The calls that everybody may see, as lists show them.
public enum CallListing {
    /// What narrows a list of calls.
    public struct Filter: Sendable, Equatable {
        public var nature: CallNature?
        /// A commune with what is above it: calls that name one of these, or none at all, concern it.
        public var areas: [CallTerritory.Area] = []

        public init(nature: CallNature? = nil, areas: [CallTerritory.Area] = []) {
            self.nature = nature
            self.areas = areas
        }
    }

    /// Published and cancelled calls, those published last first, at most `limit`.
    public static func published(_ filter: Filter = Filter(), limit: Int = 300, _ reader: Reader) throws -> [Call] {
        var conditions: [SQL] = ["call.state <> 'brouillon'"]
        if let nature = filter.nature { conditions.append("call.nature = \(nature.rawValue)") }
        if !filter.areas.isEmpty { conditions.append(covers(filter.areas)) }
        return try CallStore.calls(
            SQL.join(conditions, " AND "), order: "call.published_at DESC, call.id DESC", limit: limit, reader)
    }

    /// Calls whose territory names one of the areas; a call without a list is open to all. A list with a zoning is kept: who
    /// reads it is told to check.
    private static func covers(_ areas: [CallTerritory.Area]) -> SQL {
        let named = areas.map { area -> SQL in
            "(covering.kind = \(area.kind.rawValue) AND covering.code = \(area.code))"
        }
        return """
            (NOT EXISTS (SELECT 1 FROM call_territory AS listed WHERE listed.call_id = call.id)
                OR EXISTS (
                    SELECT 1
                    FROM call_territory AS covering
                    WHERE covering.call_id = call.id
                        AND (covering.kind = 'zonage' OR \(SQL.join(named, " OR ")))))
            """
    }

    /// All the calls the principal may see, drafts of theirs included, the last changed first (CALL-4).
    public static func visible(to principal: Principal, limit: Int, _ reader: Reader) throws -> [Call] {
        try CallStore.calls(
            VisibleCalls.to(principal), order: "call.updated_at DESC, call.id DESC", limit: limit, reader)
    }

    /// The calls the principal keeps: drafts and others, the newest first.
    public static func kept(by principal: Principal, limit: Int = 100, _ reader: Reader) throws -> [Call] {
        let condition: SQL
        if principal.isHouse || principal.isCoordinator {
            condition = "1 = 1"
        } else if let account = principal.dutyHolder {
            condition = """
                EXISTS (
                    SELECT 1
                    FROM call_team
                    WHERE call_team.call_id = call.id
                        AND call_team.account_id = \(account)
                        AND call_team.until IS NULL)
                """
        } else {
            return []
        }
        return try CallStore.calls(condition, order: "call.updated_at DESC, call.id DESC", limit: limit, reader)
    }
}
