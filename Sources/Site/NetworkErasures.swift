import Maillage

extension ErasureKind {
    /// Those of every feature of the network.
    public static let network: [ErasureKind] =
        [AccountErasure.kind(traces: .network), PhotoErasure.kind] + CallErasure.kinds
}
