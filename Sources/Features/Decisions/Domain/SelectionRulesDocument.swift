import Exchange
import Selection

/// The rules of a selection as they are kept: canonical JSON, `null` where nothing is set.
extension SelectionRules {
    var document: JSONValue {
        func number(_ value: Int?) -> JSONValue { value.map { .number(JSONNumber($0)) } ?? .null }
        return .object(
            JSONObject([
                .init("envelope", number(envelope)), .init("most", number(most)),
                .init("threshold", threshold.map { .array([number($0.numerator), number($0.denominator)]) } ?? .null),
                .init("per_territory", number(perTerritory)),
                .init(
                    "quotas",
                    .array(
                        quotas.map { quota in
                            .object(
                                JSONObject([
                                    .init("sense", .string(quota.sense.rawValue)), .init("value", number(quota.value)),
                                    .init("share", .bool(quota.isShare)), .init("money", .bool(quota.isMoney)),
                                    .init("tag", .string(quota.tag)),
                                ]))
                        })),
                .init("reserve", number(reserve)), .init("included", .array(included.map(number))),
                .init("excluded", .array(excluded.map(number))), .init("reason", .string(reason)),
            ]))
    }

    init(_ document: JSONValue) {
        envelope = document["envelope"]?.int
        most = document["most"]?.int
        if let pair = document["threshold"]?.array, pair.count == 2, let top = pair[0].int, let bottom = pair[1].int {
            threshold = ExactScore(top, over: bottom)
        }
        perTerritory = document["per_territory"]?.int
        quotas = (document["quotas"]?.array ?? []).compactMap { item in
            guard let sense = item["sense"]?.string.flatMap(Quota.Sense.init), let value = item["value"]?.int,
                let tag = item["tag"]?.string
            else { return nil }
            return Quota(
                sense, value, isShare: item["share"]?.bool ?? false, isMoney: item["money"]?.bool ?? false, tag: tag)
        }
        reserve = document["reserve"]?.int ?? 0
        included = document["included"]?.array?.compactMap(\.int) ?? []
        excluded = document["excluded"]?.array?.compactMap(\.int) ?? []
        reason = document["reason"]?.string ?? ""
    }
}
