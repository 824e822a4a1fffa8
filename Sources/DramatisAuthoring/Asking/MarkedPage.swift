import Dramatis
import DramatisCompiler

/// YAML in block style that knows which lines each of its parts takes, so that what is said of a line is said of a part.
struct MarkedPage<Item: Hashable & Sendable>: Sendable {
  /// What was written so far; every line ends in a line feed.
  private(set) var text = ""
  private var places: [(lines: ClosedRange<Int>, item: Item)] = []
  private var lineCount = 0

  /// The part that a line belongs to, the smallest of several; nil where it belongs to none.
  func item(at line: Int) -> Item? {
    places.filter { $0.lines.contains(line) }.min { $0.lines.count < $1.lines.count }?.item
  }

  /// Writes a key that others stand below.
  mutating func heading(_ key: String, indent: Int = 0) {
    append(String(repeating: " ", count: indent) + key + ":\n", as: nil)
  }

  /// Writes a key with its value.
  mutating func entry(_ key: YAMLValue, _ value: YAMLValue, indent: Int = 0, as item: Item? = nil) {
    var writer = YAMLWriter()
    writer.write([(key, value)], indent: indent)
    append(writer.text, as: item)
  }

  /// Writes an element of a list.
  ///
  /// - Parameter indent: The blanks before its dash, two at least.
  mutating func element(_ value: YAMLValue, indent: Int = 2, as item: Item? = nil) {
    var writer = YAMLWriter()
    writer.write([("x", .list([value]))], indent: indent - 2)
    let key = writer.text.prefix { !$0.isNewline }.count + 1
    append(String(writer.text.dropFirst(key)), as: item)
  }

  /// Says whose all lines are that something else writes.
  mutating func part(_ item: Item, _ write: (inout Self) -> Void) {
    let first = lineCount + 1
    write(&self)
    if lineCount >= first { places.append((first...lineCount, item)) }
  }

  private mutating func append(_ written: String, as item: Item?) {
    let first = lineCount + 1
    text += written
    lineCount += written.utf8.count { $0 == UInt8(ascii: "\n") }
    if let item, lineCount >= first { places.append((first...lineCount, item)) }
  }
}

extension YAMLValue {
  /// A text on one line in quotes, without the noncharacters that YAML does not hold, whatever a model says.
  static func said(_ text: String) -> YAMLValue {
    let kept = text.oneLine.unicodeScalars.map { $0.properties.isNoncharacterCodePoint ? "\u{FFFD}" : $0 }
    return .quoted(String(String.UnicodeScalarView(kept)))
  }
}
