/// How far long work has come, on one line of a terminal that is cleared in the end.
struct Progress {
  private let whole: Int
  private var shown = -1

  init(of whole: Int) { self.whole = whole }

  /// Writes at most a hundred times, and to nobody but a person.
  mutating func show(_ part: Int) {
    let percent = part * 100 / max(whole, 1)
    guard percent != shown, Console.error.isTerminal else { return }
    shown = percent
    Console.error.write("\r\(part) of \(whole)")
  }

  func clear() {
    if shown >= 0 { Console.error.write("\r\u{1B}[K") }
  }
}
