import TestSupport
import Testing

@testable import DramatisLLM

/// What is learnt from refusals, in the words of many services.
@Suite struct ServiceLessonTests {
  private static func body(_ names: [String]) -> JSONValue {
    let values: [String: JSONValue] = [
      "max_tokens": 300, "max_completion_tokens": 300, "temperature": 0, "stream": true, "top_logprobs": 20,
      "logprobs": true, "stream_options": ["include_usage": true], "stop": ["\nAnn:"], "seed": 7,
      "top_p": 0.9,
      "response_format": ["type": "json_schema"], "reasoning_effort": "none", "think": "low",
      "frequency_penalty": 0.4, "thinking": ["type": "enabled", "budget_tokens": 1024],
      "output_config": ["format": "x"],
    ]
    let messages: JSONValue = [
      ["role": "system", "content": "Be Ann."], ["role": "user", "content": "Hello."],
    ]
    return .object(
      [.init("model", "m"), .init("messages", messages)] + names.map { .init($0, values[$0] ?? 1) })
  }

  private static func change(_ error: String, status: Int?, names: [String]) -> ServiceLesson.Change? {
    ServiceLesson(from: ServiceFault(Array(error.utf8).span), status: status, of: body(names))?.change
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let error: String
    var status: Int? = 400
    var names = ["max_tokens", "temperature", "stream", "stream_options", "stop"]
    let change: ServiceLesson.Change?
    var testDescription: String { error }
  }

  @Test(arguments: [
    Case(error: #"{"error":{"message":"不支持的参数：temperature"}}"#, change: .leaveOut("temperature")),
    Case(
      error: #"{"error":{"code":"1214","message":"top_p参数非法。请检查文档。"}}"#, names: ["temperature", "top_p"],
      change: .leaveOut("top_p")),
    Case(
      error: #"{"error":{"message":"参数 max_tokens 的取值范围为 [1, 128]"}}"#,
      change: .atMost("max_tokens", 128)),
    Case(
      error: #"{"error":{"message":"max_tokens不能超过256"}}"#, change: .atMost("max_tokens", 256)),
    Case(error: #"{"error":{"message":"该模型不支持 system 角色"}}"#, change: .withoutSystem),
    Case(error: #"{"error":{"message":"模型不支持系统消息"}}"#, change: .withoutSystem),
    Case(
      error: #"{"error":{"message":"未知字段 stream_options"}}"#, change: .leaveOut("stream_options")),
    Case(error: #"{"error":{"message":"账户余额不足，请充值"}}"#, change: nil),
    Case(error: "Not Implemented", status: 501, change: .use("stream", false)),
    Case(error: "", status: 501, names: ["max_tokens", "stream"], change: .use("stream", false)),
    Case(error: "Not Implemented", status: 501, names: ["stream", "response_format"], change: nil),
    Case(error: "Not Implemented", status: 501, names: ["max_tokens"], change: nil),
    Case(
      error:
        #"{"error":{"message":"Unsupported parameter: 'top_p' is not supported with this model.","param":"top_p"}}"#,
      names: ["temperature", "top_p"], change: .leaveOut("top_p")),
    Case(
      error: #"{"error":{"message":"Unrecognized request argument supplied: stream_options","param":null}}"#,
      change: .leaveOut("stream_options")),
    Case(
      error: #"{"message":"property 'seed' is unsupported"}"#, names: ["stop", "seed"],
      change: .leaveOut("seed")),
    Case(error: #"{"detail":"json: unknown field \"stop\""}"#, change: .leaveOut("stop")),
    Case(
      error: "Bad Request", names: ["stream_options", "temperature"], change: .leaveOut("stream_options")),
    Case(
      error: #"{"error":{"message":"Penalty is not enabled for models/tiny"}}"#,
      names: ["presence_penalty"], change: .leaveOut("presence_penalty")),
    Case(
      error:
        #"{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}"#,
      status: 422, names: ["seed", "stop"], change: .leaveOut("seed")),
    Case(
      error:
        #"{"type":"error","error":{"type":"invalid_request_error","message":"top_p: Extra inputs are not permitted"}}"#,
      names: ["top_p", "stop"], change: .leaveOut("top_p")),
    Case(
      error:
        #"{"error":{"message":"`temperature` and `top_p` cannot both be specified for this model. Please use only one."}}"#,
      names: ["top_p", "temperature"], change: .leaveOut("top_p")),
    Case(
      error:
        #"{"error":"litellm.UnsupportedParamsError: gpt-5 models don't support temperature=0. Only temperature=1 is supported."}"#,
      change: .leaveOut("temperature")),
    Case(
      error:
        #"{"details":{"error":{"message":"azure: Unsupported value: 'temperature' does not support 0 with this model.","param":"temperature"}},"error":"400 Bad Request"}"#,
      change: .leaveOut("temperature")),
    Case(
      error:
        #"[{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"top_logprobs\": Cannot find field.","status":"INVALID_ARGUMENT"}}]"#,
      names: ["logprobs", "top_logprobs"], change: .leaveOut("top_logprobs")),
    Case(
      error: #"{"error":{"message":"You are not allowed to request logprobs from this model."}}"#,
      status: 403,
      names: ["logprobs", "top_logprobs"], change: .leaveOut("logprobs")),
    Case(
      error: #"{"error":{"message":"This response_format type is unavailable now"}}"#,
      names: ["response_format"],
      change: .leaveOut("response_format")),
    Case(
      error: #"{"error":{"message":"This model does not support response format `json_schema`."}}"#,
      names: ["response_format", "stop"], change: .leaveOut("response_format")),
    Case(
      error: #"{"error":{"message":"Failed to initialize samplers: failed to parse grammar"}}"#,
      names: ["response_format", "stop"], change: .leaveOut("response_format")),
    Case(
      error: #"{"error":{"message":"output_config.format is not supported by this model"}}"#,
      names: ["output_config", "stop"], change: .leaveOut("output_config")),
    Case(
      error: #"{"error":{"message":"The model does not support frequency penalty."}}"#,
      names: ["frequency_penalty", "seed"], change: .leaveOut("frequency_penalty")),
    Case(
      error:
        #"{"error":{"message":"Your organization must be verified to stream this model.","param":"stream"}}"#,
      change: .use("stream", false)),
    Case(
      error:
        #"{"error":{"message":"Unsupported parameter: 'max_tokens'. Use 'max_output_tokens' instead."}}"#,
      change: .rename("max_tokens", to: "max_output_tokens")),
    Case(
      error: #"{"error":{"message":"Unknown parameter: 'max_completion_tokens'."}}"#,
      names: ["max_completion_tokens"],
      change: .rename("max_completion_tokens", to: "max_tokens")),
    Case(
      error:
        #"{"error":{"message":"max_tokens is too large: 300. This model supports at most 256 completion tokens."}}"#,
      change: .atMost("max_tokens", 256)),
    Case(
      error:
        #"{"detail":[{"type":"enum","loc":["body","messages",0,"role"],"msg":"Input should be 'user' or 'assistant'"}]}"#,
      change: .withoutSystem),
    Case(
      error:
        #"{"error":{"message":"max_tokens must be in the valid range of [1, 256]; at most 256 are allowed"}}"#,
      change: .atMost("max_tokens", 256)),
    Case(
      error:
        #"{"error":{"message":"max_tokens: 300 > 128, which is the maximum allowed number of output tokens for m"}}"#,
      change: .atMost("max_tokens", 128)),
    Case(
      error:
        #"{"error":{"message":"Invalid value for 'top_logprobs': must be less than or equal to 5.","param":"top_logprobs"}}"#,
      names: ["logprobs", "top_logprobs"], change: .atMost("top_logprobs", 5)),
    Case(
      error:
        #"{"error":{"message":"Unsupported value: 'reasoning_effort' does not support 'none' with this model. Supported values are: 'low', 'medium', and 'high'.","param":"reasoning_effort"}}"#,
      names: ["reasoning_effort"], change: .use("reasoning_effort", "low")),
    Case(
      error: #"{"error":"think value \"low\" is not supported for this model"}"#, names: ["think"],
      change: .use("think", true)),
    Case(
      error: #"{"error":"\"tinyllama\" does not support thinking"}"#, names: ["stream", "think", "stop"],
      change: .use("think", true)),
    Case(
      error:
        #"{"error":{"message":"\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\" and \"output_config.effort\"."}}"#,
      names: ["thinking"], change: .use("thinking", ["type": "adaptive"])),
    Case(
      error:
        #"{"error":{"message":"Provider returned error","metadata":{"raw":"{\"detail\":\"Unsupported parameter: stop\"}"}}}"#,
      change: .leaveOut("stop")),
    Case(
      error: #"{"error":{"message":"Developer instruction is not enabled for models/gemma"}}"#,
      change: .withoutSystem),
    Case(error: "Only user and assistant roles are supported!", status: 500, change: .withoutSystem),
    Case(
      error: #"{"error":{"message":"Conversation roles must alternate user/assistant/user/assistant/..."}}"#,
      status: 500,
      change: .withoutSystem),
    Case(
      error:
        #"{"error":{"message":"Unsupported value: 'messages[0].role' does not support 'system' with this model.","param":"messages[0].role"}}"#,
      change: .withoutSystem),
  ])
  func `a refusal in a service's own words says what to do otherwise`(refusal: Case) {
    #expect(Self.change(refusal.error, status: refusal.status, names: refusal.names) == refusal.change)
  }

  @Test(arguments: [
    (#"{"error":{"message":"Incorrect API key provided. Only valid keys are supported: temperature"}}"#, 401),
    (#"{"error":{"message":"Rate limit reached for 'max_tokens' per minute"}}"#, 429),
    (#"{"error":{"message":"The model 'm' does not exist"}}"#, 404),
    (#"{"error":{"message":"upstream closed the stream"}}"#, 502),
    (#"{"error":{"message":"The engine had to stop, invalid memory"}}"#, 500),
    ("<html><head><title>Bad gateway</title></head></html>", 502), ("", 400),
  ])
  func `an error that is about something else teaches nothing`(error: String, status: Int) {
    #expect(
      Self.change(error, status: status, names: ["max_tokens", "temperature", "stream", "stop"]) == nil)
  }

  @Test(
    arguments: [
      (
        "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (8700 in the messages, 300 in the completion).",
        8192, 8700
      ),
      ("prompt is too long: 210000 tokens > 200000 maximum", 200000, 210000),
      ("Requested tokens (2600) exceed context window of 2048", 2048, 2600),
      (
        "Trying to keep the first 5125 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens",
        4096, 5125
      ),
      ("Input prompt (35,247 tokens) is too long and exceeds limit of 1000", 1000, 35247),
      ("The input token count (40000) exceeds the maximum number of tokens allowed (32768).", 32768, 40000),
      ("input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000", 200000, 190000),
      ("Input prompt is too big compared to KV size", nil, nil),
    ] as [(String, Int?, Int?)])
  func `an overflow gives the numbers that it names`(words: String, limit: Int?, prompt: Int?) {
    let fault = ServiceFault(["error": ["message": .string(words), "code": 400]])
    #expect(fault.overflow == ServiceFault.Overflow(limit: limit, prompt: prompt))
  }

  @Test(arguments: [
    (
      #"{"error":{"message":"Provider returned error","metadata":{"raw":"no funds upstream"}}}"#,
      "Provider returned error: no funds upstream"
    ),
    (#"{"error":"plain"}"#, "plain"), (#"{"message":"here"}"#, "here"),
    (#"{"errors":[{"detail":"in a list"}]}"#, "in a list"),
    (#"{"detail":[{"loc":["body","n"],"msg":"Field required"}]}"#, "body.n: Field required"),
    (
      #"{"error":{"cause":"{\"error\":{\"message\":\"deep inside\"}}","message":"call failed"}}"#,
      "call failed: deep inside"
    ),
    ("<!DOCTYPE html><html><head><title>Sign in</title></head></html>", "a web page came: 'Sign in'"),
  ])
  func `the cause of an error is found however deep it stands`(body: String, message: String) {
    #expect(ServiceFault(Array(body.utf8).span).message == message)
  }
}
