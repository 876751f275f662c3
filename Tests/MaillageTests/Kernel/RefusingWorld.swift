@testable import Maillage

/// A world in which acts are refused: a refused act must leave nothing.
protocol RefusingWorld {
    var desk: Desk { get }

    /// Counts of everything a refused act could have left behind; two of them are compared.
    func traces() async throws -> [Int]
}

extension RefusingWorld {
    /// Performs an act that must be refused, and checks that nothing is left of it.
    func refusal<A: Act>(_ act: A, as principal: Principal) async throws -> any Error {
        let before = try await traces()
        do {
            _ = try await desk.perform(act, as: principal)
        } catch {
            guard try await traces() == before else { throw Leftover() }
            return error
        }
        throw NotRefused()
    }

    /// What a refusal says, of all its problems.
    func sentences<A: Act>(_ act: A, as principal: Principal) async throws -> String {
        let error = try await refusal(act, as: principal)
        return (error as? Problems)?.list.map(\.message).joined(separator: " ") ?? "\(error)"
    }
}

/// An act that should have been refused was performed.
struct NotRefused: Error {}

/// A refused act left something behind.
struct Leftover: Error {}
