/// The characters that ship with Dramatis, embedded so that they can be talked with by name.
public enum BundledProfiles {
  /// The names, sorted.
  public static let names = ["kaethe", "mara", "plimsoll"]

  /// The profile of a name as it stands in its file; nil where there is none.
  public static func profile(_ name: String) -> [UInt8]? {
    switch name {
    case "kaethe": PackageResources.kaethe_yaml
    case "mara": PackageResources.mara_yaml
    case "plimsoll": PackageResources.plimsoll_yaml
    default: nil
    }
  }
}
