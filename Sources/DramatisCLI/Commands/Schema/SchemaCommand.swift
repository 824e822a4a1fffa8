import ArgumentParser
import DramatisCompiler

/// Prints a JSON Schema.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of profiles, of scenarios or of stories, for editors.",
    discussion: """
      An editor with a YAML language server then completes keys and checks them while you type. Name the schema in \
      the first line of a file:

        # yaml-language-server: $schema=dramatis.schema.json

      A schema knows the shape of a file only; dramatis validate knows the rest.

      Example: dramatis schema profile > dramatis.schema.json
      """)

  @Argument(help: "What to describe: profile, scenarios or story.")
  var kind = JSONSchema.profile

  func run() throws {
    Console.output.write(try kind.text)
  }
}

extension JSONSchema: ExpressibleByArgument {}
