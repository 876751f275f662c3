#if canImport(Glibc)
    import Glibc
#endif

/// What this program holds in memory. Beside other tests it says little: a test that measures runs in a process of its own
/// (`#expect(processExitsWith: .success)`).
public enum Memory {
    /// Bytes of real memory; 0 where the system does not say.
    public static func resident() -> Int {
        #if os(Linux)
            guard let file = fopen("/proc/self/statm", "r") else { return 0 }
            defer { fclose(file) }
            var buffer = [UInt8](repeating: 0, count: 200)
            let count = fread(&buffer, 1, buffer.count, file)
            let words = String(decoding: buffer.prefix(count), as: UTF8.self).split(separator: " ")
            guard words.count > 1, let pages = Int(words[1]) else { return 0 }
            return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
        #else
            return 0
        #endif
    }
}
