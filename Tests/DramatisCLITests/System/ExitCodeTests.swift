import TestSupport
import Testing

/// 0 fine, 1 the input has problems, 2 wrong usage, 3 the environment failed.
@Suite struct ExitCodeTests {
  struct Case: CustomTestStringConvertible {
    let arguments: [String]
    let status: Int32
    /// What standard output and standard error together have to say.
    let says: String

    init(_ arguments: String, _ status: Int32, _ says: String) {
      self.arguments = arguments.split(separator: " ").map(String.init)
      self.status = status
      self.says = says
    }

    var testDescription: String { "dramatis " + arguments.joined(separator: " ") }
  }

  @Test(arguments: [
    Case("", 0, "SUBCOMMANDS"), Case("--help", 0, "Example: dramatis chat"), Case("--version", 0, "0.1.0"),
    Case("chat --help", 0, "Example: dramatis chat"), Case("run --help", 0, "Example: dramatis run"),
    Case("serve --help", 0, "Example: dramatis serve"), Case("serve", 2, "give --stdio"),
    Case("serve --schema", 0, "json-schema.org"), Case("serve --stdio --schema", 2, "give --stdio"),
    Case("validate --help", 0, "Example: dramatis validate"),
    Case("new --help", 0, "Example: dramatis new"),
    Case("pairs --help", 0, "Example: dramatis pairs"), Case("pairs -o x", 2, "Missing expected argument"),
    Case("induce --help", 0, "Example: dramatis induce"),
    Case("evaluate --help", 0, "Example: dramatis evaluate"),
    Case("wiki --help", 0, "Example: dramatis wiki"),
    Case("wiki mara", 0, "# Mara"), Case("wiki", 2, "Missing expected argument"),
    Case("compile --help", 0, "Example: dramatis compile"),
    Case("inspect --help", 0, "Example: dramatis inspect"),
    Case("graph --help", 0, "Example: dramatis graph"),
    Case("simulate --help", 0, "Example: dramatis simulate"),
    Case("simulate Profiles/mara.yaml --yes 2", 2, "from 0 to 1"),
    Case("simulate Profiles/mara.yaml --turns 0", 2, "--turns"),
    Case("inspect Profiles/mara.yaml --positions 0", 2, "--positions"),
    Case("graph Profiles/mara.yaml --format png", 2, "png"),
    Case("codify --help", 0, "Example: dramatis codify"),
    Case("codify README.md", 2, "--output"), Case("codify README.md -o -", 2, "--output takes"),
    Case("codify README.md -o /tmp/x.yaml --stage verse", 2, "verse"),
    Case("codify README.md -o /no/x.yaml", 2, "no language model is configured"),
    Case("codify /no/such/file.txt -o /no/x.yaml", 3, "cannot read /no/such/file.txt"),
    Case("codify - -o /no/x.yaml", 1, "is no text"),
    Case("codify LICENSE -o /no/x.yaml --dry-run", 0, "STAGE facts"),
    Case("cues --help", 0, "Example: dramatis cues"), Case("cues", 0, "@thank.de"),
    Case("cues @thank.en", 0, "thank*"), Case("cues @thnk", 2, "did you mean @thank"),
    Case("cues --language tlh", 2, "there are no lists in 'tlh'"),
    Case("cues --text hello", 2, "take a profile"), Case("cues mara --text thanks", 0, "means yes"),
    Case("prompt --help", 0, "Example: dramatis prompt"),
    Case("models --help", 0, "Example: dramatis models"),
    Case("doctor --help", 0, "Example: dramatis doctor"),
    Case("prompt Profiles/mara.yaml --discriminator llm", 2, "no model is asked"),
    Case("models", 2, "no language model is configured"),
    Case("doctor", 2, "no language model is configured"),
    Case("models --endpoint olama", 2, "did you mean 'ollama'"),
    Case("doctor --endpoint ollama", 2, "which model?"),
    Case("models --base-url ftp://x", 2, "only http and https"),
    Case("chat mara --endpoint openai --model x", 3, "OPENAI_API_KEY is not set"),
    Case("chat mara --endpoint a --base-url http://b", 2, "give one of them"),
    Case("chat mara --no-model --discriminator llm", 2, "contradict"),
    Case("run Profiles/mara.yaml --discriminator llm", 2, "no language model is configured"),
    Case("run Profiles/mara.yaml --temperature 3", 2, "from 0 to 2"),
    Case("validate Profiles", 0, "no problems"),
    Case("validate Examples Profiles/mara.yaml", 0, "11 profiles and 1 story checked: no problems"),
    Case("validate -", 1, "P005"), Case("validate README.md", 1, "P0"),
    Case("validate Sources", 1, "no profiles found"),
    Case("validate", 2, "Missing expected argument"), Case("wrong", 2, "Unexpected argument"),
    Case("run", 2, "Missing expected argument"),
    Case("run - --events -", 2, "cannot both be standard input"),
    Case("run Profiles/mara.yaml --discriminator magic", 2, "magic"),
    Case("run Profiles/mara.yaml --seed x", 2, "--seed"),
    Case("chat -", 2, "standard input is what you say"), Case("new ..", 2, "a letter or a digit"),
    Case("compile Profiles/mara.yaml", 2, "--output"),
    Case("validate /no/such/file.yaml", 3, "cannot read /no/such/file.yaml"),
    Case("chat /no/such/file.yaml", 3, "No such file"), Case("run Sources", 3, "Is a directory"),
    Case("run Profiles/mara.yaml --events /no/such/file", 3, "No such file"),
    Case("compile Profiles/mara.yaml -o /no/such/folder/x", 3, "cannot write"),
    Case("compile Profiles/mara.yaml -o Profiles/mara.yaml", 3, "is not a compiled program"),
  ])
  func `every way to call it ends with the right code and says why`(of call: Case) async throws {
    let result = try await Tool.dramatis.run(call.arguments, input: .init())
    #expect(result.status == call.status)
    #expect((result.output + result.errors).contains(call.says))
  }

  @Test func `a profile with mistakes ends every command that takes one with 1 and the report`() async throws
  {
    let folder = try TemporaryFolder()
    let path = try folder.file("broken.yaml", "dramatis: 1\ncharacter: Ann\nmood: sad\n")
    for arguments in [
      ["validate", path], ["run", path], ["chat", path], ["compile", path, "-o", path + ".program"],
    ] {
      let result = try await Tool.dramatis.run(arguments, input: .init())
      #expect(result.status == 1)
      #expect((result.output + result.errors).contains("error[P018]: unknown key 'mood'"))
    }
    #expect(try folder.files == ["broken.yaml"])
  }
}
