import Dramatis
import DramatisCompiler

/// A ledger for people, in 80 columns.
struct LedgerText {
  let ledger: Ledger

  var text: String {
    let open = ledger.commitments.count { $0.status.isOpen }
    let count = ledger.commitments.count.of("commitment")
    var lines = ["turn \(ledger.turn): \(count), \(open) open"]
    if !ledger.commitments.isEmpty {
      lines += ["", Self.heading] + ledger.commitments.map(row)
      lines += [""] + bars + ["", "- planted  = due  # overdue  * paid  x abandoned  e early"]
    }
    if !ledger.timeline.isEmpty { lines += [""] + ledger.timeline.map(movement) }
    return lines.map { $0.strippedOfControls() }.joined(separator: "\n") + "\n"
  }

  private static let nameWidth = 18
  private static let ownerWidth = 10
  private static let heading =
    "commitment".padded(nameWidth) + "owner".padded(ownerWidth) + "status".padded(10)
    + "plant".leading(6) + "due".leading(6) + "end".leading(6) + "took".leading(6) + "  flags"

  private func row(_ account: Ledger.Account) -> String {
    let flags = [account.isOverdue ? "overdue" : nil, account.early == nil ? nil : "early"].compactMap(\.self)
    let numbers = [account.planted, account.triggered, account.settled, account.took]
      .map { ($0.map(String.init) ?? "").leading(6) }.joined()
    let row =
      account.id.padded(Self.nameWidth) + account.owner.padded(Self.ownerWidth)
      + account.status.rawValue.padded(10) + numbers + "  " + flags.joined(separator: " ")
    return row.trimmedEnd
  }

  /// For each commitment its life over the turns, several to a column where they are many.
  private var bars: [String] {
    let width = 60
    let step = max((ledger.turn + width - 1) / width, 1)
    return ledger.commitments.map { account in
      let turns = stride(from: 1, through: max(ledger.turn, 1), by: step).map { start in
        mark(account, from: start, through: min(start + step - 1, ledger.turn))
      }
      return (account.id.padded(Self.nameWidth) + turns.joined()).trimmedEnd
    }
  }

  /// What happened in some turns; what happens once wins over what lasts.
  private func mark(_ account: Ledger.Account, from first: Int, through last: Int) -> String {
    let isHere = { (turn: Int?) in turn.map { first <= $0 && $0 <= last } ?? false }
    if isHere(account.settled) { return account.status == .paid ? "*" : "x" }
    if isHere(account.early) { return "e" }
    if let settled = account.settled, settled < first { return " " }
    if let due = account.triggered, due <= last {
      return account.deadline.map { last > $0 } ?? false ? "#" : "="
    }
    return account.planted.map { $0 <= last } ?? false ? "-" : " "
  }

  private func movement(_ movement: Ledger.Movement) -> String {
    let start = "turn \(String(movement.turn).leading(4))  \(movement.id.padded(Self.nameWidth))"
    return (start + "\(movement.kind.text), because \(movement.because)").cut(to: 80)
  }
}

extension String {
  /// Filled with spaces to a width, or cut so that a space is left.
  fileprivate func padded(_ width: Int) -> String {
    let text = oneLine.cut(to: width - 1)
    return text + String(repeating: " ", count: max(width - text.displayWidth, 0))
  }

  fileprivate func leading(_ width: Int) -> String {
    String(repeating: " ", count: max(width - displayWidth, 0)) + self
  }

  /// No wider than so many columns.
  fileprivate func cut(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var text = self
    while text.displayWidth > width - 1, !text.isEmpty { text.removeLast() }
    return text + "…"
  }

  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
