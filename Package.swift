// swift-tools-version: 6.2
import PackageDescription

// The features of Maillage, in ladder order: each may mention those before it, never those after.
// `Tests/HouseTests` keeps it so.
let ladder = ["Accounts", "Territory", "Circles", "Places", "Calls", "Instruction", "Jury", "Decisions", "Funding"]

// Warnings are errors here and at every desk, not in CI alone; packages we depend on are not concerned.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

// The ground floor turns bytes and numbers in loops: optimised in debug builds too, they cost the tests a fraction of the time.
let ground =
    house + [.unsafeFlags(["-O", "-whole-module-optimization", "-num-threads", "2"], .when(configuration: .debug))]

/// `Maillage` and `MaillageWeb` are cut from the same folders: the nouns and verbs of a feature live beside its pages,
/// and the compiler still refuses a domain that knows HTTP.
let domainFolders = ["Kernel"] + ladder.map { "Features/\($0)/Domain" }
let webFolders = ["Site"] + ladder.map { "Features/\($0)/Web" }
let otherFolders = [
    "CArgon2", "CGLPK", "CLibPQ", "CMalloc", "CQREncode", "CSQLite", "CZlib", "Charts",
    "Command", "Exchange", "Forms", "Geography", "Markup", "Public", "Selection", "Storage", "Workbench",
]

let package = Package(
    name: "maillage",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "maillage", targets: ["MaillageCommand"])
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.1"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        // The C library's own allocator, which Foundation does not show.
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"])]),

        // The ground floor: each knows nothing of the others, nor of Maillage.
        .target(
            name: "Storage",
            dependencies: ["CSQLite", "CLibPQ", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: ground),
        .target(name: "Markup", swiftSettings: ground),
        .target(name: "Geography", swiftSettings: ground),
        .target(name: "Selection", dependencies: ["CGLPK"], swiftSettings: ground),

        // Figures drawn as accessible SVG, through Markup.
        .target(name: "Charts", dependencies: ["Markup"], swiftSettings: ground),
        .target(name: "Exchange", dependencies: ["CZlib", "CQREncode"], swiftSettings: ground),

        // A form as data: candidacies and the census share it. Knows no network, no page, no engine.
        .target(name: "Forms", dependencies: ["Exchange"], swiftSettings: ground),

        // The domain: knows no HTTP and no engine.
        .target(
            name: "Maillage",
            dependencies: [
                "Storage", "Geography", "Exchange", "Forms", "Selection", "CArgon2",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            path: "Sources",
            exclude: otherFolders + webFolders,
            sources: domainFolders,
            swiftSettings: house),

        // The pages, the doors and the machine interface.
        .target(
            name: "MaillageWeb",
            dependencies: [
                "Maillage", "Markup", "Charts", "Exchange", "Forms", "Geography", "Selection", "Storage",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Crypto", package: "swift-crypto"),
                // RSA, for the tokens of identity services.
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            path: "Sources",
            exclude: otherFolders.filter { $0 != "Public" } + domainFolders,
            sources: webFolders,
            resources: [.copy("Public")],
            swiftSettings: house),

        .target(
            name: "Workbench", dependencies: ["Maillage", "Storage", "Geography", "Exchange", "Forms", "Selection"],
            swiftSettings: house),
        .executableTarget(
            name: "MaillageCommand",
            dependencies: [
                "Maillage", "MaillageWeb", "Workbench", "Storage", "Charts", "Exchange", "Forms", "Selection",
                "CMalloc",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "Sources/Command",
            swiftSettings: house),

        .testTarget(name: "StorageTests", dependencies: ["Storage", "Workbench", "CSQLite"], swiftSettings: house),
        .testTarget(name: "MarkupTests", dependencies: ["Markup"], swiftSettings: house),
        .testTarget(name: "GeographyTests", dependencies: ["Geography"], swiftSettings: house),
        .testTarget(name: "ChartsTests", dependencies: ["Charts", "Markup"], swiftSettings: house),
        // It tries every set: optimised, that takes seconds.
        .testTarget(name: "SelectionTests", dependencies: ["Selection"], swiftSettings: ground),
        .testTarget(name: "ExchangeTests", dependencies: ["Exchange", "Workbench"], swiftSettings: house),
        .testTarget(name: "FormsTests", dependencies: ["Forms", "Exchange"], swiftSettings: house),
        .testTarget(
            name: "MaillageTests",
            dependencies: ["Maillage", "Workbench", "Storage", "Exchange", "Forms", "Geography", "Selection"],
            swiftSettings: house),
        .testTarget(
            name: "MaillageWebTests",
            dependencies: [
                "MaillageWeb", "Maillage", "Exchange", "Forms", "Geography", "Markup", "Storage", "Workbench",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "JourneyTests",
            dependencies: [
                "MaillageWeb", "Maillage", "Workbench", "Storage", "Exchange", "Forms",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: house),
        .testTarget(
            name: "HouseTests",
            dependencies: [
                "MaillageWeb", "Maillage", "MaillageCommand", "Storage", "Workbench",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            exclude: ["landed-migrations.txt"],
            swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)

// The parsers under libFuzzer: `setup/fuzz.sh` says where its runtime is, and nobody else builds this.
if let runtime = Context.environment["MAILLAGE_FUZZER"] {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "MaillageWeb", "Maillage", "Forms", "Exchange",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            ],
            path: "Fuzz",
            swiftSettings: house,
            linkerSettings: [.unsafeFlags([runtime, "-lstdc++"])]))
}
