/// The characters that ship with Dramatis, embedded so that they can be talked with by name.
public enum BundledProfiles {
  /// The names, sorted.
  public static let names = EmbeddedTexts.names

  /// The profile of a name as it stands in its file; nil where there is none.
  public static func profile(_ name: String) -> [UInt8]? {
    EmbeddedTexts.text(name).map { Array($0.utf8) }
  }
}
