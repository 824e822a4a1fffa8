/// A moment as the macros of time tell it.
package struct MacroTime: Sendable {
  private let year, month, day, hour, minute: Int
  /// For how many seconds nobody has said anything; nil where that is not known.
  private let idle: Int?

  /// Reads a moment.
  ///
  /// - Parameters:
  ///   - stamp: Such as `2026-05-03T14:05:00Z`; nil where it is written otherwise.
  ///   - idle: For how many seconds nobody has said anything.
  package init?(_ stamp: String, idle: Int? = nil) {
    let numbers = stamp.split { !$0.isASCII || !$0.isNumber }.prefix(5).compactMap { Int($0) }
    guard numbers.count == 5, (1...9999).contains(numbers[0]), (1...12).contains(numbers[1]),
      (1...31).contains(numbers[2]), (0...23).contains(numbers[3]), (0...59).contains(numbers[4])
    else { return nil }
    (year, month, day, hour, minute) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
    self.idle = idle
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]

  /// What a macro of time stands for; nil for another one.
  func text(of name: String) -> String? {
    switch name {
    case "time": "\((hour + 11) % 12 + 1):\(Self.padded(minute)) \(hour < 12 ? "AM" : "PM")"
    case "date": "\(Self.months[month - 1]) \(day), \(year)"
    case "weekday": Self.weekdays[weekday]
    case "isotime": "\(Self.padded(hour)):\(Self.padded(minute))"
    case "isodate": "\(year)-\(Self.padded(month))-\(Self.padded(day))"
    case "idle_duration": idle.map(Self.duration)
    default: nil
    }
  }

  private static func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

  /// From 0 for Sunday, by the congruence of Zeller.
  private var weekday: Int {
    let (month, year) = self.month < 3 ? (self.month + 12, self.year - 1) : (self.month, self.year)
    let (century, rest) = (year / 100, year % 100)
    return (day + 13 * (month + 1) / 5 + rest + rest / 4 + century / 4 + 5 * century + 6) % 7
  }

  private static func duration(_ seconds: Int) -> String {
    let steps = [(60, "second"), (60, "minute"), (24, "hour"), (30, "day"), (12, "month")]
    var number = max(seconds, 0)
    for (size, unit) in steps {
      if number < size {
        return number == 1 ? "a \(unit)".replacing("a hour", with: "an hour") : "\(number) \(unit)s"
      }
      number /= size
    }
    return number == 1 ? "a year" : "\(number) years"
  }
}
