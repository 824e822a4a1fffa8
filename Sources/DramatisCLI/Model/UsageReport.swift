import DramatisLLM

/// What a model has taken, for people.
struct UsageReport {
  private let budget: Budget
  /// How many of the newest requests are told one by one.
  private static let shown = 5

  init(_ budget: Budget) {
    self.budget = budget
  }

  /// The sums, then the newest requests.
  var text: String {
    let spent = budget.spent
    var parts = [
      limited(spent.calls, of: budget.calls, noun: "request"),
      limited(spent.tokens, of: budget.tokens, noun: "token") + " (\(spent.promptTokens) in prompts, "
        + "\(spent.cachedTokens) of them cached\(share(spent)); \(spent.replyTokens) in replies)",
      seconds(spent.time),
    ]
    if spent.failures > 0 { parts.append("\(spent.failures) failed") }
    if spent.cost > 0 {
      parts.append("cost \(spent.cost.fourDigits)" + (budget.cost.map { " of \($0)" } ?? ""))
    }
    return ([parts.joined(separator: ", ")] + budget.history.suffix(Self.shown).map(line)).joined(
      separator: "\n")
  }

  /// The share of prompts that services had in their caches, where they say it.
  private func share(_ spent: Budget.Spending) -> String {
    spent.cachedTokens > 0 && spent.promptTokens > 0
      ? ", \(spent.cachedTokens * 100 / spent.promptTokens) %" : ""
  }

  private func limited(_ count: Int, of limit: Int?, noun: String) -> String {
    limit.map { "\(count) of \($0.of(noun))" } ?? count.of(noun)
  }

  private func line(_ call: Budget.Call) -> String {
    let first = call.latency.firstText.map { ", first text after \(seconds($0))" } ?? ""
    let failure = call.failure.map { ", \($0)" } ?? ""
    return
      "· \(call.usage.prompt) + \(call.usage.reply) tokens, \(seconds(call.latency.total))\(first)\(failure)"
  }

  private func seconds(_ duration: Duration) -> String {
    "\((duration / .seconds(1)).fourDigits) s"
  }
}
