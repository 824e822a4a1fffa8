/* Calls the C interface as a game never should: any function with any handle, any text and any number, from four threads at once.
 * Nothing may trap; .ci/fuzz builds and runs it with libFuzzer and the address sanitizer. */
#include "dramatis.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const uint8_t *bytes;
  size_t count;
} input;

/* Handles that were given out, by all threads, good ones and freed ones; a race between them is what is tried. */
static _Atomic uint64_t known[16];

static const char profile[] =
    "dramatis: 1\ncharacter: Guard\nvariables: { patience: { initial: 3, min: 0, max: 5 } }\n"
    "questions: { isNight: { ask: Is it night? }, threatened: { ask: A threat?, cues: [kill] } }\n"
    "machines:\n  watch:\n    states: { calm: \"\", wary: \"\" }\n    transitions:\n"
    "      - { from: any, to: wary, when: threatened }\n      - { from: any, to: calm, when: isNight }\n"
    "lines: [{ when: watch == wary, say: [Halt!] }, Hm.]\n";

static uint8_t next(input *in) {
  if (in->count == 0) return 0;
  in->count--;
  return *in->bytes++;
}

static uint64_t handle(input *in) {
  uint8_t byte = next(in);
  uint64_t value = known[byte & 15];
  return byte < 240 ? value : value ^ ((uint64_t)next(in) << (next(in) & 63));
}

static void keep(input *in, uint64_t value) { known[next(in) & 15] = value; }

/* A text of the input, a word that means something, NULL, or a length that is none. Only bytes that are there are named. */
static const char *text(input *in, size_t *length) {
  static const char *const words[] = {"watch", "patience", "isNight", "calm", "I kill you", "Guard 17", "3", "{\"text\":\"kill\"}", ""};
  uint8_t kind = next(in);
  size_t count;
  const char *bytes;
  switch (kind & 7) {
    case 0: *length = 0; return NULL;
    case 1: *length = next(in); return NULL;
    case 2: *length = SIZE_MAX / 2; return "x";
    case 3:
      count = next(in);
      if (count > in->count) count = in->count;
      bytes = (const char *)in->bytes;
      in->bytes += count;
      in->count -= count;
      *length = count;
      return bytes;
    default: *length = DRAMATIS_ZERO_TERMINATED; return words[kind % (sizeof words / sizeof *words)];
  }
}

static double number(input *in) {
  static const double numbers[] = {0, 1, -1, 0.5, 1e308, INFINITY, -INFINITY, NAN};
  return numbers[next(in) & 7];
}

static int32_t ask(void *user, const dramatis_question *question) {
  input *in = user;
  dramatis_text state;
  if (question->name.bytes[question->name.length] != 0) abort();
  if (next(in) & 1) dramatis_state(handle(in), "watch", DRAMATIS_ZERO_TERMINATED, &state);
  if (next(in) == 7) dramatis_instance_free(handle(in));
  return (int32_t)(next(in) % 5) - 1;
}

static int32_t speak(void *user, const dramatis_text *prompt, dramatis_reply reply) {
  input *in = user;
  size_t length;
  const char *line = text(in, &length);
  if (prompt->bytes[prompt->length] != 0) abort();
  dramatis_say(next(in) == 1 ? handle(in) : reply, line, length);
  keep(in, reply);
  return (int32_t)(next(in) % 3) - 1;
}

static void look(const dramatis_text *text) {
  size_t place;
  volatile char sum = 0;
  for (place = 0; place < text->length; place++) sum = (char)(sum ^ text->bytes[place]);
  if (text->bytes != NULL && text->bytes[text->length] != 0) abort();
}

static void step(input *in) {
  size_t one, other;
  uint64_t made = 0;
  int32_t index;
  double value;
  const char *a, *b;
  char *copied;
  dramatis_text out = {NULL, 0};
  dramatis_text *place = next(in) == 0 ? NULL : &out;
  dramatis_step_result results[4];
  dramatis_status statuses[4];
  uint64_t several[4];
  dramatis_calls calls = {in, next(in) & 1 ? ask : NULL, next(in) & 2 ? speak : NULL};
  switch (next(in) % 32) {
    case 0: a = text(in, &one); dramatis_load(a, one, "f", 1, &made, place); keep(in, made); break;
    case 1: dramatis_load(profile, sizeof profile - 1, NULL, 0, &made, place); keep(in, made); break;
    case 2: dramatis_program_free(handle(in)); break;
    case 3: dramatis_program_describe(handle(in), place); break;
    case 4: a = text(in, &one); dramatis_machine_index(handle(in), a, one, &index); break;
    case 5: a = text(in, &one); dramatis_instance_new(handle(in), a, one, next(in), &made); keep(in, made); break;
    case 6: dramatis_instance_free(handle(in)); break;
    case 7: dramatis_instance_describe(handle(in), place); break;
    case 8: a = text(in, &one); dramatis_state(handle(in), a, one, place); break;
    case 9: dramatis_state_at(handle(in), (int32_t)next(in) - 3, &index); break;
    case 10: a = text(in, &one); b = text(in, &other); dramatis_force(handle(in), a, one, b, other); break;
    case 11: a = text(in, &one); dramatis_value(handle(in), a, one, place); break;
    case 12: a = text(in, &one); dramatis_number(handle(in), a, one, next(in) ? &value : NULL); break;
    case 13: a = text(in, &one); b = text(in, &other); dramatis_set(handle(in), a, one, b, other); break;
    case 14: a = text(in, &one); dramatis_set_number(handle(in), a, one, number(in)); break;
    case 15: dramatis_strict(handle(in), next(in)); break;
    case 16: dramatis_event_new(&made); keep(in, made); break;
    case 17: a = text(in, &one); dramatis_event_parse(a, one, &made); keep(in, made); break;
    case 18: dramatis_event_free(handle(in)); break;
    case 19: a = text(in, &one); dramatis_event_actor(handle(in), a, one); break;
    case 20: a = text(in, &one); dramatis_event_text(handle(in), a, one); break;
    case 21: a = text(in, &one); dramatis_event_to(handle(in), a, one); break;
    case 22: a = text(in, &one); dramatis_event_number(handle(in), a, one, number(in)); break;
    case 23: a = text(in, &one); dramatis_event_probability(handle(in), a, one, number(in)); break;
    case 24: a = text(in, &one); dramatis_event_answer(handle(in), a, one, (int32_t)next(in) - 2); break;
    case 25:
      for (one = 0; one < 4; one++) several[one] = handle(in);
      dramatis_step_many(several, 4, handle(in), results, next(in) ? statuses : NULL);
      break;
    case 26: a = text(in, &one); b = text(in, &other); dramatis_hear(handle(in), a, one, b, other, NULL); break;
    case 27: dramatis_explain(handle(in), next(in) % 3, place); break;
    case 28:
      if (dramatis_save(handle(in), &out) != DRAMATIS_OK || out.length == 0) break;
      copied = malloc(out.length);
      if (copied == NULL) break;
      memcpy(copied, out.bytes, one = out.length);
      if (next(in) & 1) copied[next(in) % one] ^= (char)next(in);
      dramatis_restore(handle(in), copied, one, &made, place);
      free(copied);
      keep(in, made);
      break;
    case 29: dramatis_reload(handle(in), handle(in), place); break;
    case 30: dramatis_step(handle(in), handle(in), results); break;
    default: dramatis_turn(handle(in), handle(in), next(in) ? &calls : NULL, place); break;
  }
  look(&out);
  if (strlen(dramatis_message()) > 100000) abort();
}

static void *run(void *argument) {
  input *in = argument;
  while (in->count > 0) step(in);
  return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  pthread_t threads[4];
  input parts[4];
  int thread;
  uint64_t made = 0, instance = 0, event = 0;
  dramatis_load(profile, sizeof profile - 1, NULL, 0, &made, NULL);
  dramatis_instance_new(made, NULL, 0, 1, &instance);
  dramatis_event_parse("{\"text\":\"kill\"}", DRAMATIS_ZERO_TERMINATED, &event);
  for (thread = 0; thread < 16; thread++) known[thread] = thread % 3 == 0 ? made : thread % 3 == 1 ? instance : event;
  for (thread = 0; thread < 4; thread++) {
    parts[thread].bytes = bytes + count / 4 * (size_t)thread;
    parts[thread].count = count / 4;
    if (pthread_create(&threads[thread], NULL, run, &parts[thread]) != 0) abort();
  }
  for (thread = 0; thread < 4; thread++) pthread_join(threads[thread], NULL);
  for (thread = 0; thread < 16; thread++) {
    dramatis_instance_free(known[thread]);
    dramatis_event_free(known[thread]);
    dramatis_program_free(known[thread]);
  }
  dramatis_instance_free(instance);
  dramatis_event_free(event);
  dramatis_program_free(made);
  return 0;
}

#ifdef DRAMATIS_STANDALONE
/* Without libFuzzer, for sanitizers that it cannot be linked with: inputs by chance, for so many seconds. */
#include <stdio.h>
#include <time.h>

int main(int argc, char **argv) {
  static uint8_t bytes[4096];
  const time_t end = time(NULL) + (argc > 1 ? atoi(argv[1]) : 10);
  uint64_t state = 88172645463325252u;
  unsigned long count = 0;
  while (time(NULL) < end) {
    size_t place;
    for (place = 0; place < sizeof bytes; place++) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      bytes[place] = (uint8_t)(state >> 32);
    }
    LLVMFuzzerTestOneInput(bytes, sizeof bytes);
    count++;
  }
  printf("%lu inputs from four threads\n", count);
  return 0;
}
#endif
