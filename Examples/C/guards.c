/* Two hundred guards of one profile in C: a step for all, a turn with the game's own facts and its own model, a save.
 *   cc -std=c99 guards.c -ldramatis -o guards && ./guards guard.yaml */
#include "dramatis.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GUARDS = 200 };

static void check(dramatis_status status, const char *what) {
  if (status == DRAMATIS_OK) return;
  fprintf(stderr, "%s: %s: %s\n", what, dramatis_status_name(status), dramatis_message());
  exit(1);
}

/* What the game knows and no text says. */
static int32_t ask(void *user, const dramatis_question *question) {
  int *is_night = user;
  if (question->name.length == 7 && memcmp(question->name.bytes, "isNight", 7) == 0)
    return *is_night ? DRAMATIS_YES : DRAMATIS_NO;
  return DRAMATIS_UNKNOWN;
}

/* A game that has a model hands the prompt in here, and the line back. */
static int32_t speak(void *user, const dramatis_text *prompt, dramatis_reply reply) {
  (void)user;
  if (prompt->length == 0 || prompt->bytes[0] != '{') return DRAMATIS_STOP;
  check(dramatis_say(reply, "Halt, says the model.", DRAMATIS_ZERO_TERMINATED), "say");
  return DRAMATIS_OK;
}

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  char *bytes;
  long size;
  if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) exit(3);
  rewind(file);
  bytes = malloc((size_t)size + 1);
  if (bytes == NULL || fread(bytes, 1, (size_t)size, file) != (size_t)size) exit(3);
  fclose(file);
  *length = (size_t)size;
  return bytes;
}

int main(int argc, char **argv) {
  dramatis_program program;
  dramatis_instance guards[GUARDS], again;
  dramatis_event nightfall, threat;
  dramatis_step_result results[GUARDS];
  dramatis_calls calls = {NULL, ask, NULL};
  dramatis_text text;
  size_t length;
  int i, wary = 0, is_night = 1;
  char name[32];
  char *bytes = read_file(argc > 1 ? argv[1] : "guard.yaml", &length);
  char *save;

  check(dramatis_load(bytes, length, "guard.yaml", DRAMATIS_ZERO_TERMINATED, &program, NULL), "load");
  free(bytes);
  for (i = 0; i < GUARDS; i++) {
    sprintf(name, "Guard %d", i + 1);
    check(dramatis_instance_new(program, name, DRAMATIS_ZERO_TERMINATED, (uint64_t)i, &guards[i]), "instance");
  }

  /* One event for all of them, answered by what it says itself. */
  check(dramatis_event_new(&nightfall), "event");
  check(dramatis_event_kind(nightfall, "nightfall", DRAMATIS_ZERO_TERMINATED), "kind");
  check(dramatis_event_answer(nightfall, "isNight", DRAMATIS_ZERO_TERMINATED, DRAMATIS_YES), "answer");
  check(dramatis_step_many(guards, GUARDS, nightfall, results, NULL), "step many");
  for (i = 0; i < GUARDS; i++) wary += results[i].changes;
  printf("%d of %d guards are wary after nightfall\n", wary, GUARDS);

  /* A turn with one of them: the cues hear the threat, the game says whether it is night. */
  check(dramatis_event_parse("{\"actor\":\"Rowan\",\"text\":\"Out of my way!\",\"to\":[\"Guard 17\"]}",
                             DRAMATIS_ZERO_TERMINATED, &threat), "event");
  calls.user = &is_night;
  check(dramatis_turn(guards[16], threat, &calls, &text), "turn");
  printf("Guard 17: %.*s\n", (int)text.length, text.bytes);
  check(dramatis_state(guards[16], "watch", DRAMATIS_ZERO_TERMINATED, &text), "state");
  printf("Guard 17 is %.*s\n", (int)text.length, text.bytes);
  check(dramatis_explain(guards[16], DRAMATIS_AS_TEXT, &text), "explain");
  printf("%.*s\n", (int)text.length, text.bytes);

  /* The same with a model of the game's own. */
  calls.speak = speak;
  check(dramatis_turn(guards[16], threat, &calls, &text), "turn");
  printf("Guard 17: %.*s\n", (int)text.length, text.bytes);

  /* All that the guard is, in some bytes, and back. */
  check(dramatis_save(guards[16], &text), "save");
  length = text.length;
  save = malloc(length);
  if (save == NULL) return 3;
  memcpy(save, text.bytes, length);
  check(dramatis_restore(program, save, length, &again, NULL), "restore");
  free(save);
  check(dramatis_state(again, "watch", DRAMATIS_ZERO_TERMINATED, &text), "state");
  printf("restored from %u bytes: %.*s\n", (unsigned)length, (int)text.length, text.bytes);

  /* What was freed is told, whoever uses it. */
  check(dramatis_instance_free(again), "free");
  printf("freed twice: %s\n", dramatis_status_name(dramatis_instance_free(again)));
  for (i = 0; i < GUARDS; i++) check(dramatis_instance_free(guards[i]), "free");
  check(dramatis_event_free(nightfall), "free");
  check(dramatis_event_free(threat), "free");
  check(dramatis_program_free(program), "free");
  return 0;
}
