import Foundation
import Testing
import Workbench

@testable import MaillageCommand

@Suite struct BackupHintTests {
    @Test("where only the service may not write, it is said what to do")
    func hint() throws {
        let folder = try temporaryFolder()
        defer { removeFolder(folder) }
        let said = BackupCommand.explained("\(folder)/a.tar: No such file or directory", folder + "/a.tar")
        #expect(said.hasPrefix("\(folder)/a.tar: No such file or directory. If the service may not write"))
        #expect(said.contains("ReadWritePaths=\(folder)"))
        // What is there already, and a folder that nobody may write to, are the reasons themselves.
        try Data().write(to: URL(fileURLWithPath: folder + "/a.tar"))
        #expect(BackupCommand.explained("exists", folder + "/a.tar") == "exists")
        #expect(BackupCommand.explained("no", "/nowhere/at/all/a.tar") == "no")
    }
}
