import DramatisCompiler

/// Editing a line.
extension Terminal {
  func edit(_ prompt: String) -> Input {
    if let problem = history.takeProblem() { Console.output.write(note(problem)) }
    TerminalGuard.enter(.editing)
    TerminalGuard.catchesInterrupts = true
    defer {
      TerminalGuard.catchesInterrupts = false
      TerminalGuard.enter(.busy)
    }
    editor.start()
    var screen = EditorScreen(prompt: prompt, style: style, size: .current)
    var hasWarned = false
    while true {
      while !keys.isEmpty {
        if let input = apply(keys.removeFirst(), &screen, &hasWarned) { return input }
      }
      Console.output.write(screen.draw(editor))
      guard wait(&screen) else { return end(.endOfInput, &screen) }
    }
  }

  /// Waits for keys; false when the terminal has gone.
  private func wait(_ screen: inout EditorScreen) -> Bool {
    switch input.wait() {
    case .keys(let new): keys += new
    case .ended: return false
    case .signals(let signals):
      if signals.contains(Signal.interrupt) { keys.append(.interrupt) }
      if signals.contains(Signal.resumed) { screen.forget() }
      Console.output.write(screen.resize(to: .current))
    }
    return true
  }

  /// What a key comes to; nil while the line is not finished.
  private func apply(_ key: Key, _ screen: inout EditorScreen, _ hasWarned: inout Bool) -> Input? {
    let isSecond = hasWarned
    hasWarned = false
    switch editor.apply(key) {
    case .edited: break
    case .refused: Console.output.write("\u{7}")
    case .cleared: clear(&screen)
    case .candidates(let candidates): list(candidates, &screen)
    case .accepted(let text):
      keep(text)
      return end(.text(text), &screen)
    case .ended: return end(.endOfInput, &screen)
    case .interrupted where isSecond: return end(.interrupted, &screen)
    case .interrupted:
      hasWarned = true
      Console.output.write(screen.erase() + note("Press Ctrl-C again to leave."))
    }
    return nil
  }

  private func clear(_ screen: inout EditorScreen) {
    screen.forget()
    Console.output.write("\u{1B}[H\u{1B}[2J")
  }

  private func list(_ candidates: [String], _ screen: inout EditorScreen) {
    let list = CandidateList(candidates: candidates, maximumRows: max(1, screen.size.rows - 4))
    let rows = list.rows(columns: screen.size.columns)
    Console.output.write(screen.erase() + rows.map { $0 + "\n" }.joined())
  }

  private func keep(_ text: String) {
    history.add(text)
    if let last = history.entries.last { editor.recall.add(last) }
  }

  private func end(_ input: Input, _ screen: inout EditorScreen) -> Input {
    Console.output.write(screen.finish(editor))
    return input
  }

  private func note(_ text: String) -> String {
    WordWrap.wrapped(text.shown, width: ScreenSize.current.columns)
      .split(separator: "\n").map { style.dim(String($0)) + "\n" }.joined()
  }
}
