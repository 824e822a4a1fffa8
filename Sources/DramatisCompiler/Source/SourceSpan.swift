/// A stretch of a source file.
public struct SourceSpan: Hashable, Sendable {
  /// Where the stretch begins.
  public let start: SourcePosition
  /// Where it ends; this position is no longer part of it.
  public let end: SourcePosition

  package init(start: SourcePosition, end: SourcePosition) {
    self.start = start
    self.end = end
  }
}
