import Exchange
import HummingbirdCore

/// A form with files while it arrives. Read once; the reader sets the pace.
///
/// The form's token is its first field, as `postForm(sendsFiles: true)` writes it: nothing is handed over before it is found good.
public struct Upload: Sendable {
    let contentType: String
    /// Bytes announced by the client, when it does.
    let announced: Int?
    let limit: Int
    let body: RequestBody
    let isVerified: @Sendable (_ token: String) -> Bool

    /// A file of a form, whole.
    public struct File: Sendable {
        public let field: String
        /// The name it had on its owner's machine: data, never a path.
        public let name: String
        public let mediaType: String
        public let bytes: [UInt8]
    }

    /// Hands over what the form says, in order. Throws `DoorRefusal` when it is too large, cut short, unreadable or not ours.
    public func read(_ take: (MultipartEvent) async throws -> Void) async throws {
        guard let boundary = MultipartReader.boundary(inContentType: contentType) else { throw DoorRefusal.unknownForm }
        do {
            try await parse(boundary, take)
        } catch let problem as MultipartProblem {
            if case .tooLong = problem { throw DoorRefusal.tooLarge(limit: limit) }
            throw problem == .unexpectedEnd ? DoorRefusal.cutShort : DoorRefusal.unreadable
        }
    }

    /// Hands over the bytes as they come, for a route that takes them as they are. Throws `DoorRefusal` when there are too many, or
    /// fewer than announced; those handed over before were good.
    public func bytes(_ take: ([UInt8]) async throws -> Void) async throws {
        var count = 0
        for try await buffer in body {
            count += buffer.readableBytes
            guard count <= limit else { throw DoorRefusal.tooLarge(limit: limit) }
            try await take(Array(buffer.readableBytesView))
        }
        if let announced, announced != count { throw DoorRefusal.cutShort }
    }

    private func parse(_ boundary: String, _ take: (MultipartEvent) async throws -> Void) async throws {
        var reader = try MultipartReader(boundary: boundary, limits: MultipartLimits(totalBytes: limit))
        var count = 0
        var isOurs = false
        for try await buffer in body {
            count += buffer.readableBytes
            for event in try reader.feed(Array(buffer.readableBytesView)) {
                if isOurs {
                    try await take(event)
                } else if case .field(FormToken.fieldName, let token) = event, isVerified(token) {
                    isOurs = true
                } else {
                    throw DoorRefusal.forged
                }
            }
        }
        if let announced, announced != count { throw DoorRefusal.cutShort }
        try reader.finish()
    }

    /// The whole form in memory: its fields, and its files whose owner chose one.
    public func form() async throws -> (fields: Fields, files: [File]) {
        var fields: [Fields.Field] = []
        var files: [File] = []
        var current: MultipartFile?
        var bytes: [UInt8] = []
        try await read { event in
            switch event {
            case .field(let name, let value):
                fields.append(Fields.Field(name: name, value: PercentDecoding.composed(value)))
            case .fileBegan(let file):
                current = file
                bytes = []
            case .fileBytes(let more): bytes += more
            case .fileEnded:
                guard let file = current, !file.name.isEmpty || !bytes.isEmpty else { return }
                files.append(File(field: file.field, name: file.name, mediaType: file.mediaType, bytes: bytes))
            case .finished: break
            }
        }
        return (Fields(fields), files)
    }
}
