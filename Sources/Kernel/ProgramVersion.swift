/// Which Maillage runs. Raised with each release, in the commit that dates the changelog's section.
public enum ProgramVersion {
    public static let name = "0.1-dev"
    public static let licence = "AGPL-3.0-or-later"
}
