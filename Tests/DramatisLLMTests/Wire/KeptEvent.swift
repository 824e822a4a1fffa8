@testable import DramatisLLM

/// An event of a stream, kept for a comparison.
struct KeptEvent: Hashable, CustomStringConvertible {
  var name = ""
  var data: [UInt8] = []

  var description: String { "\(name)|\(String(decoding: data, as: UTF8.self))" }
}

extension SSEScanner {
  /// The events of a stream that comes in pieces.
  static func events(of pieces: [[UInt8]]) throws -> [KeptEvent] {
    var scanner = SSEScanner()
    return try kept { handle throws(TransportError) in
      for piece in pieces { try scanner.scan(piece.span, onEvent: handle) }
      try scanner.end(onEvent: handle)
    }
  }
}

extension LineScanner {
  /// The lines of a stream that comes in pieces.
  static func lines(of pieces: [[UInt8]], longest: Int) throws -> [KeptEvent] {
    var scanner = LineScanner(longestLine: longest)
    return try kept { handle throws(TransportError) in
      for piece in pieces { try scanner.scan(piece.span, onLine: handle) }
      try scanner.end(onLine: handle)
    }
  }
}

/// What is handed over.
private func kept(_ scan: (EventHandler) throws(TransportError) -> Void) throws(TransportError) -> [KeptEvent]
{
  var events: [KeptEvent] = []
  try scan { name, data in
    events.append(KeptEvent(name: name, data: data.withUnsafeBufferPointer { Array($0) }))
  }
  return events
}
