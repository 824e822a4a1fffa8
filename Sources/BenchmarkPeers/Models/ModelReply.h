#ifndef MODEL_REPLY_H
#define MODEL_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A reply as a string of bytes of which more and more may be sent: head, tokens of equal length, tail.
typedef struct {
  size_t sent, length;
  size_t tokens;
  /// In nanoseconds.
  int64_t start, delay, interval;
} reply;

/// Begins what a request asks for; false where its path is none of the two.
///
/// `/stream/200/50/…` streams 200 tokens, 50 a second (0: all at once), and `/answer/50/…` answers after 50 ms.
bool reply_begin(reply *result, const char *request, int64_t now);

/// How many bytes may have been sent at a time.
size_t reply_due(const reply *reply, int64_t now);

/// When more may be sent than has been.
int64_t reply_next(const reply *reply);

/// The next bytes to send; cuts the length that is wanted to what lies in one piece.
const char *reply_bytes(const reply *reply, size_t *length);

#endif
