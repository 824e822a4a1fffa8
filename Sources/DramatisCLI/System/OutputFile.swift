import DramatisCompiler
import FoundationEssentials

/// A file that a command writes.
struct OutputFile {
  let path: String

  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// Writes through a file beside it that then takes its name, so that a reader never sees half of it.
  ///
  /// A device or a pipe is written to and never replaced; of a link, the file that it leads to is.
  func write(_ bytes: [UInt8]) throws(Failure) {
    do {
      let target = URL(filePath: path).resolvingSymlinksInPath()
      try Data(bytes).write(to: target, options: isSpecial ? [] : .atomic)
    } catch {
      throw cannotWrite(error)
    }
  }

  /// Writes a file that must not be there yet, unless it may be replaced or is a device.
  func write(_ bytes: [UInt8], replaces: Bool, advice: String) throws(Failure) {
    if replaces || isSpecial { try write(bytes) } else { try create(bytes, advice: advice) }
  }

  /// Writes a file that must not be there yet; what is there is never touched.
  ///
  /// - Parameter advice: What to do where it is there.
  func create(_ bytes: [UInt8], advice: String = "remove it or choose another file") throws(Failure) {
    guard !exists else {
      throw Failure("the file \(path.oneLine) exists already; \(advice)", .environment)
    }
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
    } catch {
      throw cannotWrite(error)
    }
  }

  /// Whether something is there that is no plain file.
  var isSpecial: Bool {
    let target = URL(filePath: path).resolvingSymlinksInPath().path
    let kind = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
    return kind != nil && kind != .typeRegular
  }

  private func cannotWrite(_ error: any Error) -> Failure {
    let posix = (error as? CocoaError)?.underlying as? POSIXError
    let reason = posix.map { Process.describe($0.code.rawValue) } ?? "the file cannot be written"
    return Failure("cannot write \(path.oneLine): \(reason)", .environment)
  }
}
