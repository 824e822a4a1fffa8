import Dramatis
import Synchronization

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
