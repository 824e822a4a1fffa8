import Dramatis

/// A vector of which most places are 0: the places that are not, in order, and their values.
public struct SceneVector: Hashable, Sendable {
  let places: [Int]
  let values: [Double]

  /// Makes a vector from all its values.
  public init(_ values: [Double]) {
    let kept = values.indices.filter { values[$0] != 0 }
    self.init(places: kept, values: kept.map { values[$0] })
  }

  init(places: [Int], values: [Double]) {
    self.places = places
    self.values = values
  }

  /// The vector at length 1; nothing stays nothing.
  public var normalized: SceneVector {
    let length = squaredLength.squareRoot()
    return length > 0 ? SceneVector(places: places, values: values.map { $0 / length }) : self
  }

  /// The square of its length.
  var squaredLength: Double { values.reduce(0) { $0 + $1 * $1 } }

  /// Two vectors as one, the second behind so many places.
  public func joined(with other: SceneVector, after count: Int) -> SceneVector {
    SceneVector(places: places + other.places.map { $0 + count }, values: values + other.values)
  }

  /// The product with a vector of which all places are there.
  func product(with dense: [Double]) -> Double {
    var sum = 0.0
    for (index, place) in places.enumerated() { sum += values[index] * dense[place] }
    return sum
  }
}

/// Texts as vectors without a model: words by how often and how rarely they come, hashed to a place.
///
/// There is nothing here but whole numbers and the four operations with roots, so that all machines come to the same bytes.
public struct TextVectors: Sendable {
  /// How many places a text has.
  static let places = 4096

  private var documents: [Int: Int] = [:]
  private var count = 0

  /// Learns how rare words are.
  ///
  /// - Complexity: Linear in the texts.
  public init(learningFrom texts: [String]) {
    for text in texts {
      count += 1
      for word in Set(Self.words(of: text)) { documents[word, default: 0] += 1 }
    }
  }

  /// The vector of a text, at length 1.
  public func vector(of text: String) -> SceneVector {
    var counts: [Int: Int] = [:]
    for word in Self.words(of: text) { counts[word, default: 0] += 1 }
    let places = counts.keys.sorted()
    let values = places.map { word in
      let often = 1 + Double(counts[word] ?? 1).binaryLogarithm
      return often * (Double(count + 1) / Double(documents[word, default: 0] + 1)).binaryLogarithm
    }
    return SceneVector(places: places, values: values).normalized
  }

  /// Scene and action of pairs as one vector each, learnt from the pairs themselves.
  public static func vectors(of pairs: [ScenePair]) -> [SceneVector] {
    let scenes = TextVectors(learningFrom: pairs.map(\.scene))
    let actions = TextVectors(learningFrom: pairs.map(\.action))
    return pairs.map {
      scenes.vector(of: $0.scene).joined(with: actions.vector(of: $0.action), after: places)
    }
  }

  /// The words as places; a sign of a script without spaces is a word.
  private static func words(of text: String) -> [Int] {
    var words: [Int] = []
    var hash: UInt64 = basis
    func finish() {
      if hash != basis { words.append(Int(truncatingIfNeeded: hash ^ hash >> 32) & (places - 1)) }
      hash = basis
    }
    for scalar in text.folded().unicodeScalars {
      guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
        finish()
        continue
      }
      let standsAlone = scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value)
      if standsAlone { finish() }
      hash = (hash ^ UInt64(scalar.value)) &* 0x100_0000_01b3
      if standsAlone { finish() }
    }
    finish()
    return words
  }

  /// FNV-1a's, by scalars.
  private static let basis: UInt64 = 0xcbf2_9ce4_8422_2325
}

extension Double {
  /// The logarithm to base 2 of a number from 1, by a series whose sum is the same everywhere.
  fileprivate var binaryLogarithm: Double {
    guard self > 0, isFinite else { return 0 }
    let part = (significand - 1) / (significand + 1)
    var (term, sum) = (part, 0.0)
    for power in stride(from: 1.0, through: 25, by: 2) {
      sum += term / power
      term *= part * part
    }
    return Double(exponent) + sum * 2 * 1.442_695_040_888_963_4
  }
}
