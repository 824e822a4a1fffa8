/// Prints figures beside their aims.
struct Report {
  /// What a figure should be.
  enum Aim {
    case atMost(Double)
    case atLeast(Double)

    func isMet(by value: Double) -> Bool {
      switch self {
      case .atMost(let bound): value <= bound
      case .atLeast(let bound): value >= bound
      }
    }

    var text: String {
      switch self {
      case .atMost(let bound): "at most \(rounded(bound))"
      case .atLeast(let bound): "at least \(rounded(bound))"
      }
    }
  }

  static func title(_ text: String) { print("\n\(text)") }

  static func line(_ text: String) { print("  \(text)") }

  static func figure(_ what: String, _ value: Double, _ unit: String, aim: Aim) {
    let verdict = aim.isMet(by: value) ? "met" : "MISSED"
    line("\(what): \(rounded(value))\(unit) (aim: \(aim.text)\(unit)): \(verdict)")
  }
}
