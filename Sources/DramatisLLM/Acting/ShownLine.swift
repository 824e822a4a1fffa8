import Dramatis
import Synchronization

/// A line on its way from a model to whoever listens.
///
/// What may still turn out to be a line that the character has said before is held back, and so is what only repeats the
/// part of the line that was there already; everything else is shown at once.
final class ShownLine: Sendable {
  private struct State {
    var stream: LineStream
    /// What came and is not shown yet.
    var held = ""
    /// What is shown, the part that was there already included.
    var shown = ""
    /// Whether what comes can no longer be what is held back for.
    var isNew = false
  }

  private let state: Mutex<State>
  private let frame: LineFrame
  /// What the character has said before.
  private let earlier: [String]
  private let beginning: LineBeginning?
  /// Whether nothing is shown before the whole line was judged.
  private let isWithheld: Bool
  private let show: @Sendable (String) -> Void

  /// - Parameters:
  ///   - earlier: What the character has said before.
  ///   - beginning: The part of the line that is there already; nil for a line from its beginning.
  ///   - isWithheld: Whether nothing is shown before the whole line was judged and is released.
  init(
    _ frame: LineFrame, earlier: [String], beginning: LineBeginning?, isWithheld: Bool = false,
    show: @escaping @Sendable (String) -> Void
  ) {
    state = Mutex(State(stream: LineStream(frame)))
    self.frame = frame
    self.earlier = earlier.filter { $0.split(whereSeparator: \.isWhitespace).count >= Self.fewestWords }
    self.beginning = beginning
    self.isWithheld = isWithheld
    self.show = show
  }

  /// What has been shown so far.
  var text: String { state.withLock { $0.shown } }

  func push(_ piece: String) {
    pass { $0.push(piece) }
  }

  func finish() {
    pass { $0.finish() }
  }

  /// What a text comes to that is the whole of what a model wrote.
  func line(of text: String) -> (line: String, isOver: Bool, leftOut: [String]) {
    var stream = LineStream(frame)
    let own = stream.push(text) + stream.finish()
    return (beginning?.joined(to: own) ?? own, stream.isOver, stream.leftOut)
  }

  /// Whether the character has said a line before.
  func isRepeated(_ line: String) -> Bool { beginning == nil && earlier.contains(line) }

  /// What is shorter, people say again and again.
  private static let fewestWords = 3

  /// Begins anew; false where something was shown that cannot be taken back.
  func restart() -> Bool {
    state.withLock { state in
      guard state.shown.isEmpty else { return false }
      state = State(stream: LineStream(frame), isNew: true)
      return true
    }
  }

  /// Shows what is held back, for it is the line after all.
  func release() {
    let rest = state.withLock { state in
      state.isNew = true
      return take(&state)
    }
    if !rest.isEmpty { show(rest) }
  }

  private func pass(_ read: (inout LineStream) -> String) {
    let text = state.withLock { state in
      state.held += read(&state.stream)
      if !state.isNew { state.isNew = !isKnown(state.held) }
      return state.isNew && !isWithheld ? take(&state) : ""
    }
    if !text.isEmpty { show(text) }
  }

  /// Whether what came is the beginning of something that was said.
  private func isKnown(_ text: String) -> Bool {
    if let beginning { return beginning.mayRepeat(text) }
    return text.isEmpty || earlier.contains { $0.hasPrefix(text) }
  }

  private func take(_ state: inout State) -> String {
    defer { state.held = "" }
    let isFirst = state.shown.isEmpty
    guard !state.held.isEmpty else { return "" }
    let text = isFirst ? beginning?.joined(to: state.held) ?? state.held : state.held
    state.shown += text
    return text
  }
}

/// The part of a line after which it goes on.
struct LineBeginning: Sendable {
  /// Without the word in which it may have been cut.
  let text: String

  /// - Parameter isCut: Whether the line was cut, maybe within a word.
  init(_ line: String, isCut: Bool) {
    let text = line.trimmedOfSpace
    let endsWord =
      text.unicodeScalars.last.map { !$0.properties.isAlphabetic && !("0"..."9").contains($0) } ?? true
    guard isCut, !endsWord, let space = text.lastIndex(where: \.isWhitespace) else {
      self.text = text
      return
    }
    self.text = String(text[..<space]).trimmedOfSpace
  }

  /// The whole, and its last sentence, with which a model may begin once more.
  private var repeated: [String] {
    let ends = text.indices.filter { ".!?…\n".contains(text[$0]) }
    let sentence = ends.last.map { String(text[text.index(after: $0)...]).trimmedOfSpace } ?? ""
    return [text, sentence].filter { $0.contains(" ") }
  }

  /// Whether a text may still come to repeat what is there.
  func mayRepeat(_ text: String) -> Bool {
    text.isEmpty || repeated.contains { $0.count >= text.count && $0.hasPrefix(text) }
  }

  /// The whole line, where a model has written how it goes on.
  func joined(to rest: String) -> String {
    let known = repeated.first { rest.hasPrefix($0) }
    let new = String(rest.dropFirst(known?.count ?? 0)).trimmedOfSpace
    guard let next = new.first, let last = text.last else { return text + new }
    let isClose = ",.;:!?…)]”»’".contains(next) || "-–—'’(“„«\n".contains(last) && last != "—"
    let isDense = (next.unicodeScalars.first?.value ?? 0) >= 0x2E80
    return text + (isClose || isDense ? "" : " ") + new
  }
}
