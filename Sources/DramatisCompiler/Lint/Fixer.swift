/// Makes the edits that diagnostics suggest, as long as they help.
///
/// Every change is checked: the file must still compile, and there must be less to say about it than before. What does not
/// stand this is taken back.
public struct Fixer {
  /// What there is to say about a file, and whether it can be used.
  typealias Check = (compilation: Compilation, isUsable: Bool)

  /// The text as it has become, with the byte-order mark that it may have had.
  public private(set) var bytes: [UInt8]
  /// How many things were put right.
  public private(set) var count = 0
  /// What is left to say.
  public private(set) var compilation: Compilation
  /// Whether the file compiles; nothing of one that does not is changed.
  public let isUsable: Bool

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private let check: ([UInt8]) -> Check

  /// Prepares to change a profile.
  ///
  /// - Parameters:
  ///   - bytes: The whole file; anything may be in it.
  ///   - name: What to call it in diagnostics.
  ///   - settings: What its project asks of the rules.
  public init(_ bytes: [UInt8], name: String, settings: LintSettings = LintSettings()) {
    self.init(bytes) { bytes in
      let compilation = Compilation(of: bytes, name: name).linted(settings)
      return (compilation, compilation.program != nil)
    }
  }

  /// - Parameters:
  ///   - bytes: The whole file of a profile or a story.
  ///   - check: Says what is to be said about a version of it.
  init(_ bytes: [UInt8], check: @escaping ([UInt8]) -> Check) {
    self.bytes = bytes
    self.check = check
    (compilation, isUsable) = check(bytes)
  }

  /// Makes every edit that helps, and those that become possible by it, until none is left.
  public mutating func run() {
    var refused: Set<TextEdit> = []
    while true {
      let suggested = compilation.diagnostics.filter { $0.edit.map { !refused.contains($0) } ?? false }
      let before = count
      make(Self.apart(suggested)[...], refusing: &refused)
      if count == before { return }
    }
  }

  /// Makes all of some edits, or finds by halves which of them do not help; the rest is made.
  private mutating func make(_ diagnostics: ArraySlice<Diagnostic>, refusing refused: inout Set<TextEdit>) {
    guard !diagnostics.isEmpty, !accept(diagnostics) else { return }
    guard diagnostics.count > 1 else {
      if let edit = diagnostics.first?.edit { refused.insert(edit) }
      return
    }
    // The later half first, so that the places of the earlier one stay right.
    let middle = diagnostics.startIndex + diagnostics.count / 2
    make(diagnostics[middle...], refusing: &refused)
    make(diagnostics[..<middle], refusing: &refused)
  }

  /// Those whose edits do not touch.
  private static func apart(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var end = -1
    return diagnostics.sorted { ($0.edit?.range.lowerBound ?? 0) < ($1.edit?.range.lowerBound ?? 0) }
      .filter { diagnostic in
        guard let range = diagnostic.edit?.range, range.lowerBound > end else { return false }
        end = range.upperBound
        return true
      }
  }

  /// Makes some edits if that helps.
  private mutating func accept(_ diagnostics: ArraySlice<Diagnostic>) -> Bool {
    let hasMark = bytes.starts(with: Self.byteOrderMark)
    let text = hasMark ? Array(bytes.dropFirst(Self.byteOrderMark.count)) : bytes
    let edited = (hasMark ? Self.byteOrderMark : []) + text.applying(diagnostics.compactMap(\.edit))
    let (result, isUsable) = check(edited)
    guard isUsable,
      result.diagnostics.count <= compilation.diagnostics.count - diagnostics.count
    else { return false }
    bytes = edited
    compilation = result
    count += diagnostics.count
    return true
  }
}
