import Dramatis
import Synchronization

/// The line in what a model writes: clean, without the name of who says it and without space around it.
///
/// How the text was cut into pieces makes no difference.
struct LineStream: Sendable {
  /// In scalars; more than anybody says at once.
  private static let longest = 8000

  /// What has been shown so far.
  private(set) var line = ""
  private let names: [[Unicode.Scalar]]
  private var stripper = ControlStripper()
  /// The beginning, while it can still become a name; nil after it.
  private var opening: [Unicode.Scalar]? = []
  /// Space that belongs to the line only if something follows it.
  private var space: [Unicode.Scalar] = []
  private var length = 0

  init(of program: Program) {
    names = ([program.character] + program.aliases).map { Array("\($0):".unicodeScalars) }
  }

  /// What of a piece can be shown.
  mutating func push(_ piece: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in stripper.strip(piece).unicodeScalars { append(scalar, to: &shown) }
    return show(shown)
  }

  /// What was held back because it could have become a name.
  mutating func finish() -> String {
    var shown = String.UnicodeScalarView()
    for scalar in opening ?? [] { emit(scalar, to: &shown) }
    opening = nil
    return show(shown)
  }

  private mutating func append(_ scalar: Unicode.Scalar, to shown: inout String.UnicodeScalarView) {
    guard var opening else { return emit(scalar, to: &shown) }
    if opening.isEmpty, scalar.properties.isWhitespace { return }
    opening.append(scalar)
    self.opening = nil
    if names.contains(opening) { return }
    if names.contains(where: { $0.starts(with: opening) }) {
      self.opening = opening
    } else {
      for scalar in opening { emit(scalar, to: &shown) }
    }
  }

  private mutating func emit(_ scalar: Unicode.Scalar, to shown: inout String.UnicodeScalarView) {
    if scalar.properties.isWhitespace {
      if length > 0 { space.append(scalar) }
      return
    }
    guard length + space.count < Self.longest else { return }
    length += space.count + 1
    shown.append(contentsOf: space)
    shown.append(scalar)
    space = []
  }

  private mutating func show(_ shown: String.UnicodeScalarView) -> String {
    line.unicodeScalars.append(contentsOf: shown)
    return String(shown)
  }
}

extension String {
  /// The line in the whole of what a model wrote.
  func asLine(of program: Program) -> String {
    var stream = LineStream(of: program)
    return stream.push(self) + stream.finish()
  }
}

/// A line on its way from a model to whoever listens.
final class ShownLine: Sendable {
  private let stream: Mutex<LineStream>
  private let show: @Sendable (String) -> Void

  init(_ request: LineRequest) {
    stream = Mutex(LineStream(of: request.program))
    show = request.show
  }

  /// What has been shown so far.
  var text: String { stream.withLock { $0.line } }

  func push(_ piece: String) {
    pass(stream.withLock { $0.push(piece) })
  }

  func finish() {
    pass(stream.withLock { $0.finish() })
  }

  private func pass(_ text: String) {
    if !text.isEmpty { show(text) }
  }
}
