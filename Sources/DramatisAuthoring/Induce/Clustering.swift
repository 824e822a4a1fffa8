import Dramatis

/// Vectors in clusters by k-means, the same on every machine.
///
/// The first centres are drawn as k-means++ does (Arthur and Vassilvitskii 2007), from draws that depend on the seed alone;
/// of two centres that are equally near the first counts.
public struct Clustering: Hashable, Sendable {
  /// The centre of each cluster.
  let centres: [[Double]]
  /// The cluster of each vector.
  public let assignment: [Int]

  private static let mostRounds = 100

  /// Clusters vectors.
  ///
  /// - Parameters:
  ///   - count: How many clusters, at least 1; no more than there are vectors.
  ///   - seed: Decides where the centres begin.
  /// - Complexity: Linear in the vectors' values, the clusters and the rounds, of which there are at most a hundred.
  public init(_ vectors: [SceneVector], into count: Int, seed: UInt64) {
    let width = (vectors.compactMap { $0.places.last }.max() ?? -1) + 1
    var centres = Self.beginnings(vectors, count: max(min(count, vectors.count), 0), width: width, seed: seed)
    var assignment = [Int](repeating: -1, count: vectors.count)
    for _ in 0..<Self.mostRounds {
      let squares = centres.map { $0.reduce(0) { $0 + $1 * $1 } }
      let next = vectors.map { Self.nearest(to: $0, among: centres, squares: squares) }
      guard next != assignment else { break }
      assignment = next
      centres = Self.means(vectors, assignment, before: centres)
    }
    self.centres = centres
    self.assignment = assignment
  }

  /// The vectors nearest to each centre, among all of them, so that one may stand for two clusters.
  ///
  /// - Returns: Indices, the nearest first; distances that differ by less than a billionth are equal, and of equals the first counts.
  public func nearest(_ count: Int, of vectors: [SceneVector]) -> [[Int]] {
    centres.map { centre in
      let square = centre.reduce(0) { $0 + $1 * $1 }
      let distances = vectors.map { vector in
        ((vector.squaredLength + square - 2 * vector.product(with: centre)) * Self.grain).rounded()
      }
      return vectors.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(count).map { $0 }
    }
  }

  /// How many steps of distance there are to 1: sums in another order must not change who is nearer.
  static let grain = 0x1p30

  private static func beginnings(
    _ vectors: [SceneVector], count: Int, width: Int, seed: UInt64
  ) -> [[Double]] {
    guard count > 0 else { return [] }
    let first = Draw.index(Draw.number(seed: seed, turn: 0, site: 0), below: vectors.count)
    var centres = [vectors[first].dense(width)]
    var distances = [Double](repeating: .infinity, count: vectors.count)
    while centres.count < count {
      let centre = centres[centres.count - 1]
      let square = centre.reduce(0) { $0 + $1 * $1 }
      for (index, vector) in vectors.enumerated() {
        let distance = vector.squaredLength + square - 2 * vector.product(with: centre)
        distances[index] = min(distances[index], max(distance, 0))
      }
      let whole = distances.reduce(0, +)
      var left = Draw.number(seed: seed, turn: centres.count, site: 0) * whole
      let chosen = distances.firstIndex { distance in
        left -= distance
        return distance > 0 && left <= 0
      }
      centres.append(vectors[chosen ?? centres.count % vectors.count].dense(width))
    }
    return centres
  }

  private static func nearest(to vector: SceneVector, among centres: [[Double]], squares: [Double]) -> Int {
    var (best, least) = (0, Double.infinity)
    for (index, centre) in centres.enumerated() {
      let distance = squares[index] - 2 * vector.product(with: centre)
      if distance < least { (best, least) = (index, distance) }
    }
    return best
  }

  /// The mean of each cluster; one without a vector stays where it is.
  private static func means(
    _ vectors: [SceneVector], _ assignment: [Int], before centres: [[Double]]
  ) -> [[Double]] {
    var sums = centres.map { [Double](repeating: 0, count: $0.count) }
    var counts = [Int](repeating: 0, count: centres.count)
    for (vector, cluster) in zip(vectors, assignment) {
      counts[cluster] += 1
      for (index, place) in vector.places.enumerated() { sums[cluster][place] += vector.values[index] }
    }
    return centres.indices.map { cluster in
      counts[cluster] == 0 ? centres[cluster] : sums[cluster].map { $0 / Double(counts[cluster]) }
    }
  }
}

extension SceneVector {
  /// All of its values.
  fileprivate func dense(_ width: Int) -> [Double] {
    var values = [Double](repeating: 0, count: width)
    for (index, place) in places.enumerated() { values[place] = self.values[index] }
    return values
  }
}
