import Dramatis

/// Sets that are asked about for every condition, made once.
extension Outcomes {
  static let none: Outcomes = []
  static let notYes: Outcomes = [.no, .unknown]
  static let notNo: Outcomes = [.yes, .unknown]
}
