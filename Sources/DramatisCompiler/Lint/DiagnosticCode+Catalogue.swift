import Dramatis

/// All codes there are: those of the rules and the others, by number, by name, and with their pages.
extension DiagnosticCode: RawRepresentable {
  /// Those of profiles, of scenarios and of the linter's rules, each in order.
  public static let all = declared + Linter.rules.map { $0.code }

  private static let byName = Dictionary(
    all.flatMap { [($0.rawValue.lowercased(), $0), ($0.name, $0)] },
    uniquingKeysWith: { first, _ in first })

  /// The code that is written exactly so; nil where there is none.
  public init?(rawValue: String) {
    guard let code = Self(called: rawValue), code.rawValue == rawValue else { return nil }
    self = code
  }

  /// The code that a user means by its number or its name, whatever the case; nil where there is none.
  public init?(called text: String) {
    guard let code = Self.byName[text.lowercased()] else { return nil }
    self = code
  }

  /// What was probably meant by a misspelt number or name: `did you mean 'dead-end'?`, or where to look.
  ///
  /// - Parameter codes: Those that could be meant.
  public static func suggestion(for text: String, among codes: [DiagnosticCode], else advice: String)
    -> String
  {
    let near = nearest(text, among: codes.map(\.rawValue)) ?? nearest(text, among: codes.map(\.name))
    return near.map { "did you mean '\($0)'?" } ?? advice
  }
}

extension DiagnosticCode {
  /// What the documentation says about it, in Markdown with a heading.
  public var page: String {
    EmbeddedTexts.text(rawValue) ?? Self.section(rawValue, of: EmbeddedTexts.text("Diagnostics") ?? "")
  }

  /// The part of a page below a heading that begins with a code.
  private static func section(_ code: String, of page: String) -> String {
    var isInside = false
    var lines: [Substring] = []
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") { isInside = line.hasPrefix("## \(code): ") }
      if isInside { lines.append(lines.isEmpty ? line.dropFirst() : line) }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }
}
