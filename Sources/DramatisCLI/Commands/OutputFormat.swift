import ArgumentParser
import FoundationEssentials

/// Whether a command prints for people or for programs.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

extension Encodable {
  /// The value as JSON with sorted keys, in which nothing can steer a terminal.
  func prettyJSON() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return String(decoding: try encoder.encode(self), as: UTF8.self).withControlsEscaped
  }
}
