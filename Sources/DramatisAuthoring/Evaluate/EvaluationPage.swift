import Dramatis

/// A report of an evaluation as a page of its own: tables and plots, nothing fetched and nothing run.
public struct EvaluationPage: Sendable {
  private let report: EvaluationReport

  /// Makes a page.
  public init(_ report: EvaluationReport) { self.report = report }

  /// The page; whatever names and prompts hold is escaped.
  public var html: String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>Evaluation of \(report.character.escaped)</title>
    <style>\(Self.style)</style></head><body>
    <h1>\(report.character.escaped)</h1>
    <p>\(report.pairs) held-out pairs, \(report.seen) of them in scenes near to a training scene; \
    \(report.repetitions) predictions of each. Intervals hold 95 of a hundred draws of pairs.</p>
    \(scores)\(differences)\(structures)\(stability)\(judge)
    </body></html>

    """
  }

  private static let style = """
    body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1c1917;background:#fff}
    table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{text-align:right;padding:.25rem .5rem;border-bottom:1px solid #d6d3d1}
    th:first-child,td:first-child{text-align:left}svg{width:100%;height:auto}pre{white-space:pre-wrap;background:#f5f5f4;padding:.75rem}
    """

  private var scores: String {
    guard !report.arms.isEmpty else { return "<p>No predictions were made: no generator was given.</p>" }
    let rows = report.arms.map { arm in
      [
        arm.arm.escaped, arm.score.text, arm.exact.text, arm.seen?.text ?? "–", arm.new?.text ?? "–",
        percent(arm.entailed), percent(arm.neutral), percent(arm.contradicted),
      ]
    }
    let heads = ["background", "score", "same action", "seen", "new", "entailed", "neutral", "contradicted"]
    return "<h2>Predictions</h2>"
      + IntervalPlot(report.arms.map { ($0.arm, $0.score) }, range: 0...100, mark: nil).svg
      + SharePlot(report.arms.map { ($0.arm, [$0.entailed, $0.neutral, $0.contradicted]) }).svg
      + table(heads, rows)
  }

  private var differences: String {
    guard !report.differences.isEmpty else { return "" }
    let named = report.differences.map { ("\($0.arm) − \($0.other)", $0.score) }
    let reach = max(named.map { max(abs($0.1.low), abs($0.1.high)) }.max() ?? 1, 1)
    return "<h2>Differences on the same pairs</h2>"
      + IntervalPlot(named, range: -reach...reach, mark: 0).svg
      + table(["arms", "score"], named.map { [$0.0.escaped, $0.1.text] })
  }

  private var structures: String {
    guard !report.structures.isEmpty else { return "" }
    let rows = report.structures.map { one in
      [
        one.arm.escaped, percent(one.coverage), one.statements.twoDigits, one.questions.twoDigits,
        one.lift?.lift.signed ?? "–", one.lift?.shuffled.signed ?? "–",
        one.lift.map { "\($0.asHigh) of \($0.shuffles)" } ?? "–",
      ]
    }
    let heads = [
      "profile", "scenes with a gated statement", "statements a scene", "questions a scene", "lift of gates",
      "gates shuffled", "shuffles as high",
    ]
    return "<h2>Without predictions</h2>" + table(heads, rows)
  }

  private var stability: String {
    guard !report.stability.isEmpty else { return "" }
    return "<h2>In common</h2>"
      + table(
        ["profiles", "statements in common"],
        report.stability.map { ["\($0.arm), \($0.other)".escaped, percent($0.common)] })
  }

  private var judge: String {
    "<h2>Who judged</h2><p>Generator: \(report.generator.escaped). Judge: \(report.judge.escaped).</p>"
      + "<pre>\(report.judgePrompt.escaped)</pre>"
  }

  private func table(_ heads: [String], _ rows: [[String]]) -> String {
    let head = heads.map { "<th>\($0)</th>" }.joined()
    let body = rows.map { row in "<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>" }.joined(
      separator: "\n")
    return "<table><tr>\(head)</tr>\n\(body)</table>\n"
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

/// Means with their intervals, one below the other.
private struct IntervalPlot {
  private let rows: [(name: String, estimate: EvaluationReport.Estimate)]
  private let range: ClosedRange<Double>
  private let mark: Double?

  init(_ rows: [(String, EvaluationReport.Estimate)], range: ClosedRange<Double>, mark: Double?) {
    self.rows = rows.map { (name: $0.0, estimate: $0.1) }
    self.range = range
    self.mark = mark
  }

  private func place(_ value: Double) -> Double {
    220 + 480 * (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  var svg: String {
    let height = 28 * rows.count + 30
    let line = mark.map {
      "<line x1=\"\(place($0).twoDigits)\" x2=\"\(place($0).twoDigits)\" y1=\"4\" y2=\"\(height - 22)\" stroke=\"#a8a29e\" stroke-dasharray=\"4 3\"/>"
    }
    let bars = rows.enumerated().map { index, row in
      let y = 20 + 28 * index
      let (low, high, mean) = (place(row.estimate.low), place(row.estimate.high), place(row.estimate.mean))
      return """
        <text x="210" y="\(y + 5)" text-anchor="end">\(row.name.beginning.escaped)</text>
        <line x1="\(low.twoDigits)" x2="\(high.twoDigits)" y1="\(y)" y2="\(y)" stroke="#78716c" stroke-width="3"/>
        <circle cx="\(mean.twoDigits)" cy="\(y)" r="5" fill="#0f766e"/>
        """
    }
    let ends = [range.lowerBound, range.upperBound].map {
      "<text x=\"\(place($0).twoDigits)\" y=\"\(height - 6)\" text-anchor=\"middle\" fill=\"#57534e\">\($0.twoDigits)</text>"
    }
    return "<svg viewBox=\"0 0 740 \(height)\" role=\"img\" font-size=\"14\">"
      + ([line].compactMap(\.self) + bars + ends).joined(separator: "\n") + "</svg>\n"
  }
}

/// The shares of the three verdicts, one bar an arm.
private struct SharePlot {
  private let rows: [(name: String, shares: [Double])]

  init(_ rows: [(String, [Double])]) { self.rows = rows.map { (name: $0.0, shares: $0.1) } }

  private static let parts = [("entailed", "#0f766e"), ("neutral", "#d6d3d1"), ("contradicted", "#b45309")]

  var svg: String {
    let bars = rows.enumerated().map { index, row in
      let y = 8 + 28 * index
      var start = 220.0
      let pieces = zip(row.shares, Self.parts).map { share, part in
        defer { start += 480 * share }
        return
          "<rect x=\"\(start.twoDigits)\" y=\"\(y)\" width=\"\((480 * share).twoDigits)\" height=\"20\" fill=\"\(part.1)\"/>"
      }
      return "<text x=\"210\" y=\"\(y + 15)\" text-anchor=\"end\">\(row.name.beginning.escaped)</text>"
        + pieces.joined()
    }
    let keys = Self.parts.enumerated().map { index, part in
      let x = 220 + 160 * index
      let y = 28 * rows.count + 12
      return "<rect x=\"\(x)\" y=\"\(y)\" width=\"12\" height=\"12\" fill=\"\(part.1)\"/>"
        + "<text x=\"\(x + 18)\" y=\"\(y + 11)\">\(part.0)</text>"
    }
    return "<svg viewBox=\"0 0 740 \(28 * rows.count + 34)\" role=\"img\" font-size=\"14\">"
      + (bars + keys).joined(separator: "\n") + "</svg>\n"
  }
}

extension EvaluationReport.Estimate {
  /// The mean and its interval: `61.2 (55.0 to 67.1)`.
  public var text: String { "\(mean.oneDigit) (\(low.oneDigit) to \(high.oneDigit))" }
}

extension Double {
  /// A number for people, such as `-0.8`.
  fileprivate var oneDigit: String {
    let tenths = Int((abs(self) * 10).rounded())
    return "\(self < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
  }

  /// A difference of shares: `+0.21`.
  public var signed: String { (self < 0 ? "-" : "+") + abs(self).twoDigits }
}

extension String {
  /// What a label of a plot has room for.
  fileprivate var beginning: String { count > 28 ? prefix(27) + "…" : self }

  /// Without controls, and fit for HTML.
  fileprivate var escaped: String {
    strippedOfControls().replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
      ">", with: "&gt;"
    )
    .replacing("\"", with: "&quot;")
  }
}
