import CLibPQ

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension PostgresConnection {
    /// Waits until the server speaks of a channel this session listens to, or until so many milliseconds passed. True when it spoke.
    ///
    /// Throws `StorageError.unavailable` when the connection is lost (https://www.postgresql.org/docs/15/libpq-notify.html).
    func awaitNotice(milliseconds: Int32) throws -> Bool {
        if takeNotices() { return true }
        var watched = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        guard watched.fd >= 0 else { throw StorageError.unavailable("the listening connection was lost") }
        let ready = poll(&watched, 1, milliseconds)
        if ready == 0 || (ready < 0 && errno == EINTR) { return false }
        guard ready > 0, PQconsumeInput(handle) == 1 else {
            throw StorageError.unavailable("the listening connection was lost")
        }
        return takeNotices()
    }

    private func takeNotices() -> Bool {
        var isAny = false
        while let notice = PQnotifies(handle) {
            PQfreemem(notice)
            isAny = true
        }
        return isAny
    }
}
