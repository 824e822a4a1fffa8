#include "ModelReply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK(delta, end)                                                                            \
  "data: {\"id\":\"chatcmpl-0123456789abcdef\",\"object\":\"chat.completion.chunk\",\"created\":"    \
  "1770000000,\"model\":\"bench\",\"system_fingerprint\":\"fp_0\",\"choices\":[{\"index\":0,"        \
  "\"delta\":" delta ",\"logprobs\":null,\"finish_reason\":" end "}]}\n\n"
#define USAGE                                                                                        \
  "data: {\"id\":\"chatcmpl-0123456789abcdef\",\"object\":\"chat.completion.chunk\",\"created\":"    \
  "1770000000,\"model\":\"bench\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,"                    \
  "\"completion_tokens\":9,\"total_tokens\":18}}\n\n"
#define ANSWER                                                                                       \
  "{\"id\":\"chatcmpl-0123456789abcdef\",\"object\":\"chat.completion\",\"created\":1770000000,"     \
  "\"model\":\"bench\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"   \
  "\"yes\"},\"logprobs\":{\"content\":[{\"token\":\"yes\",\"logprob\":-0.1,\"bytes\":null,"          \
  "\"top_logprobs\":[{\"token\":\"yes\",\"logprob\":-0.1,\"bytes\":null},{\"token\":\"no\","         \
  "\"logprob\":-2.4,\"bytes\":null}]}]},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":"  \
  "9,\"completion_tokens\":1,\"total_tokens\":10}}"

enum { block_tokens = 256, longest_text = 1024 };

static char head[longest_text], tail[longest_text], answer[2 * longest_text];
static char block[block_tokens * longest_text];
static size_t head_length, tail_length, answer_length, token_length;

/// Appends a chunk as HTTP has it; an empty one ends the body.
static size_t append_chunk(char *text, const char *data) {
  size_t length = strlen(data);
  return (size_t)sprintf(text, "%zx\r\n%s\r\n", length, data);
}

static void write_texts(void) {
  head_length = (size_t)sprintf(
      head, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  head_length +=
      append_chunk(head + head_length, CHUNK("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
  for (size_t index = 0; index < block_tokens; index++) {
    token_length = append_chunk(block + index * token_length, CHUNK("{\"content\":\" word\"}", "null"));
  }
  tail_length = append_chunk(tail, CHUNK("{}", "\"stop\""));
  tail_length += append_chunk(tail + tail_length, USAGE);
  tail_length += append_chunk(tail + tail_length, "data: [DONE]\n\n");
  tail_length += append_chunk(tail + tail_length, "");
  answer_length = (size_t)sprintf(
      answer, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
      strlen(ANSWER), ANSWER);
}

bool reply_begin(reply *result, const char *request, int64_t now) {
  if (token_length == 0) write_texts();
  *result = (reply){.start = now};
  unsigned tokens, rate, milliseconds;
  if (sscanf(request, "POST /stream/%u/%u/", &tokens, &rate) == 2) {
    result->tokens = tokens;
    result->interval = rate == 0 ? 0 : 1000000000 / rate;
    result->length = head_length + tokens * token_length + tail_length;
    return tokens > 0;
  }
  if (sscanf(request, "POST /answer/%u/", &milliseconds) != 1) return false;
  result->delay = milliseconds * INT64_C(1000000);
  result->length = answer_length;
  return true;
}

size_t reply_due(const reply *reply, int64_t now) {
  int64_t age = now - reply->start - reply->delay;
  if (age < 0) return 0;
  if (reply->interval == 0) return reply->length;
  size_t due = (size_t)(age / reply->interval);
  return due >= reply->tokens ? reply->length : head_length + due * token_length;
}

int64_t reply_next(const reply *reply) {
  if (reply->interval == 0) return reply->start + reply->delay;
  size_t due = reply->sent < head_length ? 0 : (reply->sent - head_length) / token_length;
  return reply->start + (int64_t)(due + 1) * reply->interval;
}

const char *reply_bytes(const reply *reply, size_t *length) {
  if (reply->tokens == 0) return answer + reply->sent;
  size_t sent = reply->sent;
  if (sent < head_length) {
    if (*length > head_length - sent) *length = head_length - sent;
    return head + sent;
  }
  sent -= head_length;
  if (sent >= reply->tokens * token_length) return tail + sent - reply->tokens * token_length;
  size_t rest = reply->tokens * token_length - sent, place = sent % token_length;
  size_t block_rest = block_tokens * token_length - place;
  if (*length > rest) *length = rest;
  if (*length > block_rest) *length = block_rest;
  return block + place;
}
