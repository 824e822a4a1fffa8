/// Writes numbers seven bits to a byte, and each text once.
struct SaveWriter {
  private var body: [UInt8] = []
  private var texts: [String] = []
  private var places: [String: Int] = [:]

  /// The table of texts, then all that was written.
  var bytes: [UInt8] {
    var whole = SaveWriter()
    whole.number(UInt64(texts.count))
    for text in texts {
      whole.number(UInt64(text.utf8.count))
      whole.body += text.utf8
    }
    return whole.body + body
  }

  mutating func number(_ number: UInt64) {
    var rest = number
    while rest > 0x7F {
      body.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    body.append(UInt8(rest))
  }

  /// A whole number, small ones of either sign in one byte.
  mutating func number(_ number: Int) {
    self.number(UInt64(bitPattern: Int64(number << 1 ^ number >> (Int.bitWidth - 1))))
  }

  mutating func fixed(_ bits: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      body.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
  }

  mutating func text(_ text: String) {
    let place = places[text] ?? texts.count
    if place == texts.count {
      texts.append(text)
      places[text] = place
    }
    number(UInt64(place))
  }

  /// Bytes as they are.
  mutating func blob(_ bytes: [UInt8]) {
    number(UInt64(bytes.count))
    body += bytes
  }

  mutating func optional(_ text: String?) {
    number(text == nil ? 0 : 1 as UInt64)
    if let text { self.text(text) }
  }

  /// The entries sorted by name, so that equal saves are equal bytes.
  mutating func list<Value>(
    _ entries: [String: Value], _ write: (inout SaveWriter, (key: String, value: Value)) -> Void
  ) {
    number(UInt64(entries.count))
    for entry in entries.sorted(by: { $0.key < $1.key }) { write(&self, entry) }
  }

  mutating func datum(_ datum: Datum) {
    switch datum {
    case .boolean(let value): number(value ? 1 : 0 as UInt64)
    case .text(let value):
      number(2 as UInt64)
      text(value)
    case .number(let value):
      number(3 as UInt64)
      if let whole = Int(exactly: value) {
        number(0 as UInt64)
        number(whole)
      } else {
        number(1 as UInt64)
        fixed(value.bitPattern)
      }
    case .null, .list, .object: number(4 as UInt64)
    }
  }

  mutating func progress(_ progress: CommitmentProgress) {
    number(progress.status.cell)
    for turn in [
      progress.planted, progress.written, progress.triggered, progress.settled, progress.early,
      progress.looked,
    ] {
      number(turn.map { UInt64(bitPattern: Int64($0)) &+ 1 } ?? 0)
    }
    number(progress.misses)
    number(UInt64(progress.recent))
  }
}

/// Reads what ``SaveWriter`` wrote, and never beyond its end.
struct SaveReader {
  private let bytes: [UInt8]
  private var place = 0
  private var texts: [String] = []

  init(_ bytes: [UInt8]) throws(InstanceError) {
    self.bytes = bytes
    for _ in 0..<(try count()) {
      let length = try count()
      let part = bytes[place..<place + length]
      guard let text = String(validating: part, as: UTF8.self) else {
        throw .badSave("a text in it is no UTF-8")
      }
      texts.append(text)
      place += length
    }
  }

  mutating func number() throws(InstanceError) -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard place < bytes.count else { throw .badSave("it ends too early") }
      let byte = bytes[place]
      place += 1
      guard shift < 63 || byte <= 1 else { throw .badSave("a number in it is too large") }
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
  }

  mutating func whole() throws(InstanceError) -> Int {
    let bits = try number()
    return Int(truncatingIfNeeded: bits >> 1) ^ -Int(truncatingIfNeeded: bits & 1)
  }

  /// How many things follow: never more than there are bytes, so that no number makes much of little.
  mutating func count() throws(InstanceError) -> Int {
    guard let count = Int(exactly: try number()), count <= bytes.count - place else {
      throw .badSave("it ends too early")
    }
    return count
  }

  mutating func fixed() throws(InstanceError) -> UInt64 {
    guard bytes.count - place >= 8 else { throw .badSave("it ends too early") }
    defer { place += 8 }
    return (0..<8).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
  }

  mutating func text() throws(InstanceError) -> String {
    let place = try number()
    guard place < UInt64(texts.count) else { throw .badSave("it names a text that is not there") }
    return texts[Int(place)]
  }

  mutating func blob() throws(InstanceError) -> [UInt8] {
    let count = try count()
    defer { place += count }
    return Array(bytes[place..<place + count])
  }

  mutating func optional() throws(InstanceError) -> String? {
    try number() == 0 ? nil : try text()
  }

  mutating func datum() throws(InstanceError) -> Datum {
    switch try number() {
    case 0: return .boolean(false)
    case 1: return .boolean(true)
    case 2: return .text(try text())
    case 3: return .number(try number() == 0 ? Double(try whole()) : Double(bitPattern: try fixed()))
    case 4: return .null
    default: throw .badSave("it holds a value of no known kind")
    }
  }

  mutating func progress() throws(InstanceError) -> CommitmentProgress {
    let status = try whole()
    guard CommitmentStatus.allCases.indices.contains(status) else {
      throw .badSave("a commitment in it has no known status")
    }
    var progress = CommitmentProgress(CommitmentStatus.allCases[status])
    func turn(_ number: UInt64) -> Int? { number == 0 ? nil : Int(truncatingIfNeeded: number &- 1) }
    progress.planted = turn(try number())
    progress.written = turn(try number())
    progress.triggered = turn(try number())
    progress.settled = turn(try number())
    progress.early = turn(try number())
    progress.looked = turn(try number())
    progress.misses = try whole()
    progress.recent = UInt32(truncatingIfNeeded: try number())
    return progress
  }

  func end() throws(InstanceError) {
    guard place == bytes.count else { throw .badSave("something follows its end") }
  }
}
