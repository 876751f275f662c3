import Foundation

/// The program that `setup/fuzz.sh` builds: one parser under libFuzzer, with the sanitizer of addresses.
///
///     fuzz list               the names of the parsers
///     fuzz seeds FOLDER       writes what each begins with, in a folder of its own
///     fuzz NAME [argument…]   tries one; the arguments are those of libFuzzer
@main enum Fuzz {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "list":
            for parser in Parser.all { print(parser.name) }
        case "seeds":
            guard let folder = arguments.dropFirst().first else { return refuse("seeds: a folder is expected") }
            do {
                for parser in Parser.all { try write(parser, in: folder) }
            } catch {
                refuse("\(error)")
            }
        case let name?:
            guard let parser = (Parser.all + [.planted]).first(where: { $0.name == name }) else {
                return refuse("no parser is named \(name): fuzz list")
            }
            exit(Trial.run(parser))
        case nil: refuse("fuzz list | fuzz seeds FOLDER | fuzz NAME [argument…]")
        }
    }

    private static func write(_ parser: Parser, in folder: String) throws {
        let own = URL(fileURLWithPath: folder).appendingPathComponent(parser.name)
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        for (place, seed) in parser.seeds().enumerated() {
            try Data(seed).write(to: own.appendingPathComponent("seed-\(place + 1)"))
        }
    }

    private static func refuse(_ reason: String) {
        FileHandle.standardError.write(Data("fuzz: \(reason)\n".utf8))
        exit(2)
    }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ one: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// libFuzzer calls a function of C, which holds nothing: what it reads with stands here, written once before it begins.
private enum Trial {
    nonisolated(unsafe) static var read: ([UInt8]) -> Void = { _ in }

    /// Until libFuzzer has had enough; what it answers is for the shell.
    static func run(_ parser: Parser) -> CInt {
        read = parser.read
        // Ours is the first argument: libFuzzer takes those after it.
        var count = CommandLine.argc - 1
        var arguments = CommandLine.unsafeArgv + 1
        return runDriver(&count, &arguments) { start, count in
            Trial.read(Array(UnsafeBufferPointer(start: start, count: count)))
            return 0
        }
    }
}
