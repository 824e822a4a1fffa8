import ArgumentParser
import Dramatis
import DramatisCompiler
import FoundationEssentials

/// How a command writes what it found.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}

extension Encodable {
  /// Indented JSON with sorted keys, in which nothing can steer a terminal.
  func jsonReport() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return String(decoding: try encoder.encode(self), as: UTF8.self).withControlsEscaped + "\n"
  }
}

/// Lines of a report for people, of 80 columns where their words allow it.
struct TextReport {
  private(set) var text = ""

  private static let columns = 80

  mutating func line(_ line: String = "") { text += line.strippedOfControls() + "\n" }

  /// A line with what belongs to it beside it, wrapped under itself.
  mutating func entry(_ name: String, _ detail: String, indent: Int = 2, column: Int = 18) {
    let start = String(repeating: " ", count: indent) + name.oneLine
    let width = max(start.displayWidth + 2, column)
    let lines = detail.labelLines(columns: max(Self.columns - width, 24))
    let padding = String(repeating: " ", count: width - start.displayWidth)
    line(detail.isEmpty ? start : start + padding + (lines.first ?? ""))
    for rest in lines.dropFirst() { line(String(repeating: " ", count: width) + rest) }
  }
}

extension Int {
  /// A count with its noun: `1 state`, `2 states`.
  func of(_ noun: String, _ plural: String? = nil) -> String {
    "\(self) \(self == 1 ? noun : plural ?? noun + "s")"
  }
}

extension [String] {
  /// The texts as a sentence lists them: "Orla, Bram and Wen".
  var listed: String {
    guard let last, count > 1 else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) and \(last)"
  }
}

/// Texts from outside as they may be shown on a terminal.
extension String {
  /// Without control sequences; line breaks and tabs stay.
  var shown: String { strippedOfControls() }
}
