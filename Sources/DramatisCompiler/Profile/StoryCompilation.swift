import Dramatis

/// A cast of characters with the commitments that they share.
public struct Story: Hashable, Sendable {
  /// What the story is called.
  public let title: String
  /// The first thing that happens; empty where nothing is said of it.
  public let opening: String
  /// The characters in order; each carries all shared commitments and moves those that it owns.
  public let cast: [Program]
  /// Their profiles without what the story adds, in the same order.
  let profiles: [CastProfile]
}

/// The profile of a member of a cast.
struct CastProfile: Hashable, Sendable {
  /// Its file, seen from the folder of the story.
  let path: String
  let program: Program
}

/// What came of compiling a story and the profiles of its cast.
public struct StoryCompilation: Sendable {
  /// What the file of a member of the cast turned out to hold.
  public enum CastFile: Sendable {
    /// The bytes of a profile or of a compiled program, and what to call it in diagnostics.
    case bytes([UInt8], name: String)
    /// A book of lore of another front end, and what to call it in diagnostics.
    case book(Lorebook, name: String)
    /// It cannot be had, and why.
    case unreadable(String)
  }

  /// The story; nil if there was an error anywhere.
  public let story: Story?
  /// What there is to say about the story's own file.
  public let document: Compilation
  /// What came of the profiles of the cast, as far as they could be read.
  public let profiles: [Compilation]

  /// Compiles a story from the bytes of a YAML file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file; anything may be in it.
  ///   - name: What to call it in diagnostics, usually its path.
  ///   - profile: Gives the file of a path in `cast`, which is relative and leads to nothing outside.
  public init(of bytes: [UInt8], name: String, profile: (String) -> CastFile) {
    let limits = ProfileLimits.standard
    let document = DocumentReader(limits: limits.reading).read(name: name, bytes: bytes)
    var reader = ProfileReader(file: document.file, limits: limits)
    var profiles: [Compilation] = []
    let story = document.root.flatMap { reader.story($0, from: profile, adding: &profiles) }
    let diagnostics = document.diagnostics(adding: reader.diagnostics)
    self.document = Compilation(of: document.file, root: document.root, diagnostics)
    self.profiles = profiles
    let isSound =
      diagnostics.allSatisfy { $0.severity != .error } && profiles.allSatisfy { $0.errors.isEmpty }
    self.story = isSound ? story : nil
  }

  private init(_ other: StoryCompilation, with document: Compilation, profiles: [Compilation]) {
    (story, self.document, self.profiles) = (other.story, document, profiles)
  }

  /// The same with other diagnostics.
  func with(_ document: Compilation, profiles: [Compilation]) -> StoryCompilation {
    StoryCompilation(self, with: document, profiles: profiles)
  }

  /// All diagnostics as a reader sees them, file after file.
  public func report() -> String {
    ([document] + profiles).filter { !$0.diagnostics.isEmpty }.map { $0.report($0.diagnostics) }
      .joined(separator: "\n\n")
  }

  /// Whether there is nothing to say.
  public var isClean: Bool { ([document] + profiles).allSatisfy(\.diagnostics.isEmpty) }
  /// How many errors there are in all files.
  public var errors: Int { ([document] + profiles).reduce(0) { $0 + $1.errors.count } }
  /// How many warnings there are in all files.
  public var warnings: Int { ([document] + profiles).reduce(0) { $0 + $1.warnings.count } }
}
