import FoundationEssentials

/// A compiled program as bytes: a first line with magic, format version and content hash, then JSON.
extension Program {
  /// The version of the file format that this library writes and reads.
  public static let formatVersion = 1

  private static let magic = "dramatis-program"

  /// Whether bytes look like a compiled program rather than a profile.
  public static func isProgram(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: "\(magic) ".utf8)
  }

  /// Loads a compiled program; nothing in the bytes is trusted.
  ///
  /// - Parameter bytes: The whole content of a file that `dramatis compile` or ``fileBytes()`` made.
  /// - Throws: ``ProgramError``. A program that loads can be run without a further check.
  public init(file bytes: [UInt8]) throws(ProgramError) {
    guard Self.isProgram(bytes), let lineEnd = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
      throw .notAProgram
    }
    let words = String(decoding: bytes[..<lineEnd], as: UTF8.self).split(separator: " ")
    guard words.count == 3 else { throw .notAProgram }
    guard words[1] == "\(Self.formatVersion)" else { throw .unsupportedFormat(String(words[1].prefix(20))) }
    let body = bytes[(lineEnd + 1)...]
    guard words[2] == "sha256:\(SHA256.hex(body))" else { throw .corrupted }
    do {
      self = try JSONDecoder().decode(Program.self, from: Data(body))
    } catch let error as ProgramError {
      throw error
    } catch {
      throw .invalid("its content is not that of a program")
    }
  }

  /// The program as bytes for shipping: the same program always gives the same bytes.
  public func fileBytes() -> [UInt8] {
    let body = content
    return Array("\(Self.magic) \(Self.formatVersion) sha256:\(SHA256.hex(body))\n".utf8) + body
  }

  /// SHA-256 of the program's content in hexadecimal: its identity.
  public var contentHash: String { SHA256.hex(content) }

  private var content: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      let text = String(decoding: try encoder.encode(self), as: UTF8.self)
      return Array(text.withControlsEscaped.utf8)
    } catch {
      preconditionFailure(
        "a program holds only finite numbers and strings, which JSON can always write: \(error)")
    }
  }
}

/// Why the bytes of a compiled program were refused.
public enum ProgramError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The first line is not that of a compiled program.
  case notAProgram
  /// It was compiled for another version of the format.
  case unsupportedFormat(String)
  /// The content does not match its hash: the file was cut off or changed.
  case corrupted
  /// The content hash fits, but the content breaks a rule of the format.
  case invalid(String)

  /// A stable code for logs and tests.
  public var code: String {
    switch self {
    case .notAProgram: "not-a-program"
    case .unsupportedFormat: "unsupported-format"
    case .corrupted: "corrupted"
    case .invalid: "invalid"
    }
  }

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .notAProgram: "this is not a compiled program; make one with 'dramatis compile'"
    case .unsupportedFormat(let version):
      "this program has format \(version), and this version of Dramatis reads \(Program.formatVersion); compile the profile again"
    case .corrupted:
      "the program does not match its hash: it was cut off or changed; compile the profile again"
    case .invalid(let why): "the program is damaged: \(why); compile the profile again"
    }
  }
}
