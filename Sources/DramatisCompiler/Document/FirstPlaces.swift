/// The places where the keys of a mapping were given first.
struct FirstPlaces {
  /// Up to so many keys are looked through one by one, which is quicker than hashing them.
  private static let few = 12
  private var keys: [(text: String, place: Int)] = []
  /// The keys beyond the few.
  private var more: [String: Int] = [:]

  subscript(key: String) -> Int? {
    for known in keys where known.text == key { return known.place }
    return more.isEmpty ? nil : more[key]
  }

  /// Remembers a key that was not given before.
  mutating func note(_ key: String, at place: Int) {
    if keys.count < Self.few { keys.append((key, place)) } else { more[key] = place }
  }
}
