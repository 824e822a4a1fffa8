import Dramatis
import DramatisLLM

/// The file of what was learnt of services: `$XDG_STATE_HOME/dramatis/services.jsonl`.
///
/// That it cannot be read or written costs a request or two, and nobody is told.
struct LessonFile {
  /// What is read of it, from its end.
  private static let longest = 1 << 20

  private let path: String?

  /// The file of this user.
  init() {
    path = Folder.state().map { "\($0)/services.jsonl" }
  }

  /// What is known of an endpoint, to which what is learnt will be added.
  func memory(of endpoint: Endpoint) -> ServiceMemory {
    ServiceMemory(lessons(about: endpoint)) { lesson in
      guard let file = try? opened() else { return }
      try? file.append(ServiceMemory.line(of: lesson, about: endpoint))
    }
  }

  private func lessons(about endpoint: Endpoint) -> [ServiceLesson] {
    guard let path, OutputFile(path: path).exists, let bytes = try? opened().readEnd(atMost: Self.longest)
    else { return [] }
    return ServiceMemory.lessons(in: String(decoding: bytes, as: UTF8.self), about: endpoint)
  }

  /// Forgets what was learnt of an endpoint; how many lessons that were.
  func forget(_ endpoint: Endpoint) throws(Failure) -> Int {
    let known = lessons(about: endpoint).count
    guard known > 0 else { return 0 }
    do throws(FileError) {
      let file = try opened()
      let text = String(decoding: try file.readEnd(atMost: Self.longest), as: UTF8.self)
      try file.replaceContent(ServiceMemory.lines(text, forgetting: endpoint))
    } catch {
      throw Failure(error)
    }
    return known
  }

  private func opened() throws(FileError) -> LockedFile {
    guard let path else { throw FileError(.unnamed, path: "services.jsonl") }
    try Folder.make(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    return try LockedFile.awaiting(path)
  }
}
