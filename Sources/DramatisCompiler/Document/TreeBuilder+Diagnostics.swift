import Dramatis

extension TreeBuilder {
  var emptyFile: Diagnostic {
    Diagnostic(
      .emptyFile, message: "the file is empty", help: ["a profile begins with 'dramatis: 1'"])
  }

  func severalDocuments(at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .severalDocuments, message: "the file holds more than one document", at: file.span(place),
      label: "the second begins here", help: ["put every document into a file of its own"])
  }

  func nestingTooDeep(at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .nestingTooDeep, message: "lists and mappings are nested more than \(limits.depth) deep",
      at: file.span(place), help: ["flatten the structure"])
  }

  func undefinedAlias(_ name: String, at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .undefinedAlias, message: "undefined alias \(name.quoted)", at: file.span(place),
      label: "no anchor of this name comes before it",
      help: nearest(name, among: anchors.recentNames).map { ["did you mean \($0.quoted)?"] }
        ?? ["put quotes around text that begins with '*'"])
  }

  func recursiveAlias(_ name: String, at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .recursiveAlias, message: "the alias \(name.quoted) contains itself", at: file.span(place),
      label: "this is inside the value that it repeats")
  }

  func tooManyNodes(at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .aliasExpansion, message: "the file holds more than \(limits.nodes) values", at: file.span(place),
      label: "the limit is passed here", help: ["an alias counts as all the values that it repeats"])
  }

  func tooMuchRepeated(at place: Range<Int>) -> Diagnostic {
    Diagnostic(
      .aliasExpansion, message: "aliases repeat more than \(limits.aliasBytes) bytes of text",
      at: file.span(place),
      label: "the limit is passed here", help: ["an alias counts as all the text that it repeats"])
  }

  func scalarTooLong(_ length: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .scalarTooLong, message: "a text of \(length) bytes is longer than the \(limits.scalarBytes) allowed",
      at: span, help: ["split it into several texts"])
  }

  func tagNotAllowed(at place: Range<Int>) -> Diagnostic {
    let tag = String(decoding: file.bytes[place], as: UTF8.self)
    return Diagnostic(
      .tagNotAllowed, message: "the tag \(tag.quoted) is not allowed", at: file.span(place),
      help: ["remove it", "put quotes around text that begins with '!'"])
  }
}
