/// Which codes are told of: those that are selected and not ignored, by their numbers, names or beginnings.
///
/// ```swift
/// let selection = try CodeSelection(selecting: ["L"], ignoring: ["L040", "shared-cue"])
/// ```
public struct CodeSelection: Sendable {
  /// Nil for all codes.
  private let selected: Set<DiagnosticCode>?
  private let ignored: Set<DiagnosticCode>

  /// All codes.
  public init() {
    (selected, ignored) = (nil, [])
  }

  /// - Parameters:
  ///   - selected: Codes, names or beginnings of codes, of which `L` means all rules; all codes where there are none.
  ///   - ignored: Those that are not told of. An error of a file cannot be among them by its own code.
  /// - Throws: ``UnknownCode`` for one that there is not, or that cannot be ignored.
  public init(selecting selected: [String], ignoring ignored: [String]) throws(UnknownCode) {
    var chosen: Set<DiagnosticCode> = []
    for text in selected { chosen.formUnion(try Self.codes(called: text)) }
    var silent: Set<DiagnosticCode> = []
    for text in ignored {
      let codes = try Self.codes(called: text)
      let allowed = codes.filter(\.canBeSilenced)
      guard !allowed.isEmpty else {
        throw UnknownCode(message: "\(text.quoted) is an error and cannot be ignored")
      }
      silent.formUnion(allowed)
    }
    self.selected = selected.isEmpty ? nil : chosen
    self.ignored = silent
  }

  private static func codes(called text: String) throws(UnknownCode) -> [DiagnosticCode] {
    if let code = DiagnosticCode(called: text) { return [code] }
    let codes = DiagnosticCode.all.filter { $0.rawValue.hasPrefix(text.uppercased()) }
    guard text.isEmpty || codes.isEmpty else { return codes }
    throw UnknownCode(
      message: "there is no code that begins with \(text.quoted); "
        + DiagnosticCode.suggestion(
          for: text, among: DiagnosticCode.all, else: "'dramatis explain' lists all of them"))
  }

  func holds(_ code: DiagnosticCode) -> Bool {
    selected?.contains(code) != false && !ignored.contains(code)
  }

  /// What a project asks, but for what is not told of.
  func applied(to settings: LintSettings) -> LintSettings {
    var settings = settings
    for code in DiagnosticCode.all where code.canBeSilenced && !holds(code) { settings.levels[code] = .off }
    return settings
  }
}

/// A code that there is not, or that is not for what it was given for.
public struct UnknownCode: Error, CustomStringConvertible {
  fileprivate let message: String

  /// What is wrong, in a sentence without a full stop.
  public var description: String { message }
}
