import Dramatis

/// What came of compiling a file of lore for a cast: ours, or a book of another front end.
public struct LoreCompilation: Sendable {
  /// What there is to say about the file.
  public let document: Compilation
  /// The cast, with the book; nil if there was an error.
  public let cast: [Program]?
  /// The book as the last of the cast knows it, or as everybody does; nil if there was an error.
  public let book: Lorebook?

  /// Compiles a file of lore of ours.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, in YAML; anything may be in it.
  ///   - name: What to call it in diagnostics, usually its path.
  ///   - cast: Who is to know of it; conditions are resolved among the names of each. Without anybody no name is
  ///     unknown.
  package init(ofOwn bytes: [UInt8], name: String, for cast: [Program]) {
    let book = name.split(separator: "/").last.map(String.init) ?? name
    let limits = ProfileLimits.standard
    let document = DocumentReader(limits: limits.reading).read(name: name, bytes: bytes)
    var diagnostics: [Diagnostic] = []
    var programs: [Program] = []
    var last: Lorebook?
    // Each has names of its own, so that each is a reading of its own; what is said of several is said once.
    for program in cast.isEmpty ? [nil] : cast.map(Optional.some) {
      var reader = ProfileReader(file: document.file, limits: limits)
      if let program {
        reader.resolver.names.declareAll(of: program)
        reader.firstLoreCondition = program.loreConditions.count
      } else {
        reader.namesAreUnknown()
      }
      let lore = document.root.flatMap { reader.lore($0, called: book, for: program) }
      for diagnostic in reader.diagnostics where !diagnostics.contains(diagnostic) {
        diagnostics.append(diagnostic)
      }
      last = lore
      if let program, let lore {
        programs.append(
          program.knowing(
            lore, questions: reader.resolver.names.questions, conditions: reader.loreConditions))
      }
    }
    let all = document.diagnostics(adding: diagnostics)
    self.document = Compilation(of: document.file, root: document.root, all)
    let isSound = !all.contains { $0.severity == .error }
    (self.cast, self.book) = (isSound ? programs : nil, isSound ? last : nil)
  }

  /// Gives a book to a cast that was read from a file of another front end.
  ///
  /// - Parameters:
  ///   - book: The book; nil where it could not be read.
  ///   - problem: What is wrong with the file, in a sentence; nil for nothing.
  ///   - name: What to call the file in diagnostics.
  package init(_ book: Lorebook?, problem: String? = nil, name: String, for cast: [Program]) {
    let file = SourceFile(name: name, text: "")
    document = Compilation(
      of: file,
      problem.map { [Diagnostic(.unsupportedFile, message: $0, at: file.span(0..<0))] } ?? [])
    self.cast = book.map { book in
      cast.map { $0.knowing(book, questions: $0.questions, conditions: []) }
    }
    self.book = book
  }
}

extension ProfileReader {
  /// Reads a file of lore.
  fileprivate mutating func lore(_ root: Node, called name: String, for program: Program?) -> Lorebook? {
    guard checkStart(of: root, as: .lore, in: file), let fields = fields(of: root, as: LorebookKeys.self)
    else {
      return nil
    }
    let reader = program.map { [$0.character] + $0.aliases } ?? everybody(in: fields)
    return lorebook(fields, called: program?.freeLoreName(name) ?? name, for: reader)
  }

  /// Whoever a file says that its entries are for, to read all of them.
  private func everybody(in fields: Fields<LorebookKeys>) -> [String] {
    (fields.entries.node?.elements ?? []).flatMap { $0[\LoreEntryKeys.members]?.elements ?? [] }.map(\.text)
  }
}

extension Program {
  /// A name that none of the character's books has.
  func freeLoreName(_ name: String) -> String {
    var free = name
    var number = 2
    while lore.contains(where: { $0.name == free }) {
      free = "\(name) \(number)"
      number += 1
    }
    return free
  }

  /// The same character with a further book.
  ///
  /// - Parameters:
  ///   - questions: All questions, the program's own first.
  ///   - conditions: The conditions of the book's entries.
  fileprivate func knowing(
    _ book: Lorebook, questions: [Question], conditions: [Condition]
  ) -> Program {
    inStory(
      questions: questions, commitments: commitments, lines: lines, setting: "",
      lore: [book.renamed(freeLoreName(book.name))], loreConditions: conditions)
  }
}

extension Lorebook {
  /// The same book by another name.
  func renamed(_ name: String) -> Lorebook {
    var book = self
    book.name = name
    for index in book.entries.indices {
      book.entries[index].book = name
      book.entries[index].source = book.entries[index].identity
    }
    return book
  }
}
