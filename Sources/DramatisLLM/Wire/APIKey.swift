import Dramatis

/// A secret that proves to a service who asks; it is never printed.
public struct APIKey: Hashable, Sendable {
  /// The secret itself, for the header alone.
  let secret: String
  /// What stands where a key was.
  static let placeholder = "[key]"

  /// Takes a key, without space around it.
  ///
  /// - Throws: ``ModelError/badKey(_:)`` where it is empty or could not stand in a header.
  public init(_ text: some StringProtocol) throws(ModelError) {
    let bytes = Array(text.utf8)
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    let kept = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    guard !kept.isEmpty else { throw .badKey("it is empty") }
    guard kept.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .badKey("it holds a space, a control character or a letter beyond ASCII")
    }
    secret = String(decoding: kept, as: UTF8.self)
  }

  /// Reads a key from a file that only its owner can read.
  ///
  /// - Throws: ``ModelError/badKey(_:)`` where the file is missing, not a file, longer than 4 KiB or open to others.
  public init(file path: String) throws(ModelError) {
    let bytes: [UInt8]
    do {
      bytes = try readPrivateFile(path, atMost: 4096)
    } catch {
      throw .badKey(Self.reason(error))
    }
    try self.init(String(decoding: bytes, as: UTF8.self))
  }

  private static func reason(_ error: PrivateFileError) -> String {
    switch error {
    case .notOpened: "its file cannot be opened"
    case .notPlain: "its file is not a file"
    case .openToOthers: "others may read its file; use 'chmod 600' on it"
    case .unreadable: "its file cannot be read or is too long"
    }
  }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Says that there is a key, and not which.
  public var description: String { Self.placeholder }
  /// Says that there is a key, and not which.
  public var debugDescription: String { description }
  /// Shows nothing, so that a dump shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
