extension StoryMiner {
  /// What saying the schema in words takes, rather too much.
  private static let schemaTokens = 300

  /// The windows, which overlap by half; the last one ends with the text.
  var windows: [ClosedRange<Int>] {
    let count = sentences.texts.count
    guard count > 1 else { return [] }
    var windows: [ClosedRange<Int>] = []
    var start = 1
    while windows.last?.upperBound != count {
      let window = window(from: start)
      windows.append(window)
      start += max(window.count * Self.stride / Self.window, 1)
    }
    return windows
  }

  /// As many sentences as fit, two at least.
  private func window(from start: Int) -> ClosedRange<Int> {
    let last = sentences.texts.count
    let most = start...min(start + Self.window - 1, last)
    guard let contextTokens else { return most }
    let estimate = TokenEstimate()
    var left = contextTokens - Self.replyTokens - Self.schemaTokens
    left -= estimate.tokens(in: candidateRequest(start...start).messages)
    let fitting = most.dropFirst().prefix { number in
      left -= estimate.tokens(bytes: sentences.texts[number - 1].utf8.count + "\(number). \n".utf8.count)
      return left >= 0
    }
    return start...max(fitting.last ?? start, min(start + 1, last))
  }
}
