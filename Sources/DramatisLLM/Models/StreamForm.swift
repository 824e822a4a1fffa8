/// How the events of a reply are told from each other.
enum StreamForm {
  /// As server-sent events.
  case events
  /// As objects that stand each on a line.
  case lines

  /// Some services ignore that a stream was asked for, and some report errors as plain JSON: nil for those.
  init?(_ head: HTTPHead) {
    guard head.isAccepted else { return nil }
    switch head.contentType {
    case "text/event-stream": self = .events
    case "application/x-ndjson": self = .lines
    default: return nil
    }
  }
}
