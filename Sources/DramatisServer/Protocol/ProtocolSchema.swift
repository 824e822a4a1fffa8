import DramatisLLM

/// The messages of the protocol as JSON Schema, made from the table of methods.
public enum ProtocolSchema {
  /// JSON Schema 2020-12 of every line that goes in or comes out; the parameters and results of a method stand under
  /// `$defs`, as `turn.params` and `turn.result`.
  public static var json: String {
    let methods = Method.all + Method.ours
    var definitions: [JSONValue.Member] = [
      JSONValue.Member("event", event), JSONValue.Member("diagnostic", diagnostic),
      JSONValue.Member("error", error),
    ]
    for method in methods {
      definitions.append(
        JSONValue.Member("\(method.name).params", FieldType.schema(of: method.parameters, isClosed: true)))
      definitions.append(
        JSONValue.Member("\(method.name).result", FieldType.schema(of: method.result, isClosed: false)))
    }
    let schema: JSONValue = [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Messages of dramatis serve, JSON-RPC 2.0, one a line",
      "anyOf": .array(
        [response] + methods.map(request)
          + [["type": "array", "minItems": 1, "items": ["$ref": "#"]]]),
      "$defs": .object(definitions),
    ]
    return schema.spelled
  }

  private static func request(_ method: Method) -> JSONValue {
    let isNotification = [Method.changed.name, Method.withdrawn.name].contains(method.name)
    var properties: JSONValue = [
      "jsonrpc": ["const": "2.0"], "method": ["const": .string(method.name)],
      "params": ["$ref": .string("#/$defs/\(method.name).params")],
    ]
    if !isNotification, case .object(let members) = properties {
      properties = .object(members + [JSONValue.Member("id", FieldType.identifier.schema)])
    }
    let needsParameters = method.parameters.contains(where: \.isRequired)
    return [
      "type": "object", "description": .string(method.summary), "properties": properties,
      "required": needsParameters ? ["jsonrpc", "method", "params"] : ["jsonrpc", "method"],
      "additionalProperties": false,
    ]
  }

  private static let response: JSONValue = [
    "type": "object", "description": "What came of a request; exactly one of result and error.",
    "properties": [
      "jsonrpc": ["const": "2.0"], "id": FieldType.identifier.schema, "result": ["type": "object"],
      "error": ["$ref": "#/$defs/error"],
    ],
    "required": ["jsonrpc", "id"], "oneOf": [["required": ["result"]], ["required": ["error"]]],
    "additionalProperties": false,
  ]

  private static var error: JSONValue {
    let codes = RPCError.Kind.allCases.map { kind -> JSONValue in
      ["const": JSONValue(integerLiteral: kind.rawValue), "description": .string(kind.meaning)]
    }
    return [
      "type": "object",
      "properties": [
        "code": ["oneOf": .array(codes)], "message": ["type": "string"],
        "data": [
          "type": "object",
          "properties": [
            "code": ["type": "string", "description": "a stable word"],
            "diagnostics": ["type": "array", "items": ["$ref": "#/$defs/diagnostic"]],
          ], "required": ["code"],
        ],
      ],
      "required": ["code", "message", "data"],
    ]
  }

  private static let diagnostic: JSONValue = {
    let numbers = ["line", "column", "endLine", "endColumn"].map {
      Field.needed($0, is: .wholeNumber(1...(1 << 53)), means: "a place in the file, from 1")
    }
    return FieldType.schema(
      of: [
        .needed("path", is: .text, means: "the file"), .needed("code", is: .text, means: "such as P012"),
        .needed("severity", is: .word(["error", "warning"]), means: "how grave it is"),
        .needed("message", is: .text, means: "what is wrong"),
        .needed("help", is: .list(.text), means: "what to do"),
        .needed("text", is: .text, means: "for a reader, with an excerpt"),
      ] + numbers, isClosed: false)
  }()

  private static let event = FieldType.schema(
    of: [
      .optional("actor", is: .text, means: "who acts"),
      .optional("text", is: .text, means: "what is said or done"),
      .optional("to", is: .list(.text), means: "who is addressed; everyone unless given"),
      .optional("kind", is: .text, means: "speech unless given"),
      .optional("data", is: .mapping(.any), means: "what conditions read as event.data.KEY"),
      .optional("present", is: .list(.text), means: "who perceives it; everyone unless given"),
      .optional("scene", is: .text, means: "replaces the remembered scene for this turn"),
      .optional("partners", is: .list(.text), means: "whose topics are read; the actor's unless given"),
    ], isClosed: true)
}
