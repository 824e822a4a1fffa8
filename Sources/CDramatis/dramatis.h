/* dramatis.h: characters with codified state, for every engine that can call C.
 *
 * C99 and C++. Link with -ldramatis, or load libdramatis.so at run time.
 *
 *   dramatis_program guard;
 *   dramatis_instance one;
 *   dramatis_event event;
 *   dramatis_text line;
 *   if (dramatis_load(bytes, length, "guard.yaml", DRAMATIS_ZERO_TERMINATED, &guard, NULL) != DRAMATIS_OK)
 *     puts(dramatis_message());
 *   dramatis_instance_new(guard, "Guard 17", DRAMATIS_ZERO_TERMINATED, 17, &one);
 *   dramatis_event_parse("{\"actor\":\"Rowan\",\"text\":\"Halt!\"}", DRAMATIS_ZERO_TERMINATED, &event);
 *   dramatis_turn(one, event, NULL, &line);
 *
 * What holds for every function
 *
 * - It returns a status. No call ends or stops the process, whatever it is given: NULL, a handle of another kind, one that was
 *   freed, bytes that are no UTF-8. After a status other than DRAMATIS_OK nothing has changed, what was to be
 *   written is 0 or empty, and dramatis_message() says what was wrong.
 * - Text that goes in is UTF-8: a pointer and a length in bytes, or DRAMATIS_ZERO_TERMINATED for the length. It is copied; the
 *   caller keeps it. NULL with the length 0 is the empty text. No text may have more than DRAMATIS_LONGEST_TEXT bytes.
 * - Text that comes out is a dramatis_text. Its bytes belong to the library, and are valid until the same thread calls another function
 *   that gives a text; do not free them. There is always a zero behind them, which the length does not count.
 * - Where a pointer is marked as optional, NULL means that the caller does not want it.
 * - A handle is a number, never 0. It is valid until it is freed; from then on it gives DRAMATIS_BAD_HANDLE, also where
 *   something new was made in its place. Freeing a program does not touch its instances.
 * - Every function may be called from any thread. Calls for one instance take place one after the other; while a turn of it is under
 *   way, and with that in its call-backs, every other call for it gives DRAMATIS_BUSY.
 * - Seeds decide all chance: the same program, seed, events and answers give the same states and lines.
 */
#ifndef DRAMATIS_H
#define DRAMATIS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ---- */

/* Goes up where a function changes or goes away; new functions do not raise it. */
#define DRAMATIS_API_VERSION 1

/* The DRAMATIS_API_VERSION of the library that is there at run time. */
uint32_t dramatis_api_version(void);

/* The version of the library, such as "0.1.0"; valid for ever. */
const char *dramatis_version(void);

/* ---- Statuses ---- */

typedef int32_t dramatis_status;

enum {
  DRAMATIS_OK = 0,
  DRAMATIS_BAD_HANDLE = 1,   /* freed, of another kind, or no handle at all */
  DRAMATIS_BAD_ARGUMENT = 2, /* NULL where it may not be, no UTF-8, too long, no finite number, no such enumerator */
  DRAMATIS_UNKNOWN_NAME = 3, /* no machine, state, variable or question is called so */
  DRAMATIS_BAD_PROFILE = 4,  /* the profile has mistakes, or the compiled program is damaged */
  DRAMATIS_BAD_SAVE = 5,     /* it is no save, or one of another character */
  DRAMATIS_BAD_EVENT = 6,    /* it has neither a text nor a scene nor a kind, or is no JSON */
  DRAMATIS_BAD_VALUE = 7,    /* the variable takes no such value */
  DRAMATIS_BUSY = 8,         /* a turn of the instance is under way */
  DRAMATIS_STOPPED = 9,      /* a call-back said DRAMATIS_STOP; the turn did not take place */
  DRAMATIS_FULL = 10         /* there are too many handles of a kind; free some */
};

/* A stable word for a status, such as "bad-handle"; valid for ever. Never NULL. */
const char *dramatis_status_name(dramatis_status status);

/* What went wrong in this thread's last call that failed, and what to do: one line, valid until the thread's next call that fails.
 * Never NULL; empty where nothing has failed yet. */
const char *dramatis_message(void);

/* ---- Texts and handles ---- */

#define DRAMATIS_ZERO_TERMINATED ((size_t)-1)
#define DRAMATIS_LONGEST_TEXT ((size_t)67108864)

typedef struct dramatis_text {
  const char *bytes;
  size_t length; /* in bytes, without the zero behind them */
} dramatis_text;

typedef uint64_t dramatis_program;
typedef uint64_t dramatis_instance;
typedef uint64_t dramatis_event;

/* ---- Programs ---- */

/* Loads a character: a profile in YAML, or what `dramatis compile` made of one, which loads faster.
 *
 * name          what to call it in diagnostics
 * diagnostics   optional: what there is to say about it, warnings too, as a JSON array of objects with path, line, column, endLine,
 *               endColumn, code, severity, message, help and text; also written where the profile is refused */
dramatis_status dramatis_load(const char *bytes, size_t length, const char *name, size_t name_length,
                              dramatis_program *program, dramatis_text *diagnostics);

dramatis_status dramatis_program_free(dramatis_program program);

/* What the program declares, as a JSON object: character, hash, machines with their states, variables, questions. Machines and states
 * stand in the order of their indices. */
dramatis_status dramatis_program_describe(dramatis_program program, dramatis_text *description);

/* The index of a machine, for dramatis_state_at, by its name. */
dramatis_status dramatis_machine_index(dramatis_program program, const char *machine, size_t length, int32_t *index);

/* ---- Instances ---- */

/* One character of a program.
 *
 * name   under which it acts and is addressed; that of the program's character where it is NULL */
dramatis_status dramatis_instance_new(dramatis_program program, const char *name, size_t name_length, uint64_t seed,
                                      dramatis_instance *instance);

dramatis_status dramatis_instance_free(dramatis_instance instance);

/* Where it stands, as a JSON object: name, turn, states, variables. */
dramatis_status dramatis_instance_describe(dramatis_instance instance, dramatis_text *description);

/* The name of the state that a machine is in. */
dramatis_status dramatis_state(dramatis_instance instance, const char *machine, size_t length, dramatis_text *state);

/* The index of the state that a machine is in, by the machine's index; the fast form. */
dramatis_status dramatis_state_at(dramatis_instance instance, int32_t machine, int32_t *state);

/* Puts a machine into a state, as a designer would; nothing else happens. */
dramatis_status dramatis_force(dramatis_instance instance, const char *machine, size_t machine_length,
                               const char *state, size_t state_length);

/* The value of a variable as JSON: a number, true, false or a text in quotation marks. */
dramatis_status dramatis_value(dramatis_instance instance, const char *variable, size_t length, dramatis_text *value);

/* The value of a variable that is a number; true and false are 1 and 0. */
dramatis_status dramatis_number(dramatis_instance instance, const char *variable, size_t length, double *value);

/* Writes a variable, clamped to its bounds. The value is JSON, as dramatis_value gives it. */
dramatis_status dramatis_set(dramatis_instance instance, const char *variable, size_t length, const char *value,
                             size_t value_length);

dramatis_status dramatis_set_number(dramatis_instance instance, const char *variable, size_t length, double value);

/* Whether names that the program does not know are refused from now on, in answers, kinds and data: 1 or 0, which is how it begins. */
dramatis_status dramatis_strict(dramatis_instance instance, int32_t is_strict);

/* ---- Events ---- */

/* Something that happens. An event may be used any number of times, for any instances, and changed in between. */
dramatis_status dramatis_event_new(dramatis_event *event);

/* Makes an event from a JSON object with actor, text, to, kind, data, present, scene, partners and answers; a key that is not known
 * is refused. */
dramatis_status dramatis_event_parse(const char *json, size_t length, dramatis_event *event);

dramatis_status dramatis_event_free(dramatis_event event);

/* The parts of an event; empty takes an actor, a text or a scene away again. */
dramatis_status dramatis_event_actor(dramatis_event event, const char *name, size_t length);
dramatis_status dramatis_event_text(dramatis_event event, const char *text, size_t length);
dramatis_status dramatis_event_scene(dramatis_event event, const char *scene, size_t length);
dramatis_status dramatis_event_kind(dramatis_event event, const char *kind, size_t length);

/* Adds somebody who is addressed; an event without anybody addresses everyone. */
dramatis_status dramatis_event_to(dramatis_event event, const char *name, size_t length);

/* What conditions read as event.data.KEY. A number has to be finite. */
dramatis_status dramatis_event_number(dramatis_event event, const char *key, size_t length, double value);
dramatis_status dramatis_event_boolean(dramatis_event event, const char *key, size_t length, int32_t value);
dramatis_status dramatis_event_word(dramatis_event event, const char *key, size_t length, const char *value,
                                    size_t value_length);

/* Answers to questions. */
enum { DRAMATIS_NO = 0, DRAMATIS_YES = 1, DRAMATIS_UNKNOWN = 2, DRAMATIS_STOP = -1 };

/* Answers a question by its name or its exact text, so that nobody is asked. */
dramatis_status dramatis_event_answer(dramatis_event event, const char *question, size_t length, int32_t answer);

/* The same with the probability of yes, from 0 to 1. */
dramatis_status dramatis_event_probability(dramatis_event event, const char *question, size_t length,
                                           double probability);

/* ---- Steps: an event in, no line out ---- */

typedef struct dramatis_step_result {
  int64_t turn;       /* the number of the turn, from 1 */
  int32_t relevant;   /* 1 where the event concerned the character, else 0 */
  int32_t changes;    /* how many machines went to another state */
  int32_t statements; /* how many statements apply */
  int32_t due;        /* how many commitments have to be paid */
} dramatis_step_result;

/* Steps an instance, which says nothing. What the event does not answer, the cues of the profile do; what they cannot tell is
 * unknown.
 *
 * result   optional */
dramatis_status dramatis_step(dramatis_instance instance, dramatis_event event, dramatis_step_result *result);

/* Steps many instances on one event, of whatever programs. One that cannot be stepped keeps the others from nothing.
 *
 * results    optional: count of them
 * statuses   optional: count of them
 * Returns the first status that is not DRAMATIS_OK. */
dramatis_status dramatis_step_many(const dramatis_instance *instances, size_t count, dramatis_event event,
                                   dramatis_step_result *results, dramatis_status *statuses);

/* Lets an instance hear a line of somebody else, on which it steps within the turn that it is in.
 *
 * result   optional */
dramatis_status dramatis_hear(dramatis_instance instance, const char *line, size_t length, const char *speaker,
                              size_t speaker_length, dramatis_step_result *result);

/* ---- Turns: an event in, at most one line out ---- */

/* What a character is asked about. Its texts are valid until the call-back returns. */
typedef struct dramatis_question {
  dramatis_text instance; /* the name of who is asked */
  dramatis_text name;     /* the question's name; empty for one that is written as ask("…") */
  dramatis_text ask;      /* the question in words */
  dramatis_text scene;    /* what it is about: the events of the scene, one a line */
  dramatis_text event;    /* the newest event as a JSON object */
  int32_t is_about_line;  /* 1 where it is about a line of the character's own, else 0 */
} dramatis_question;

/* Where a call-back puts the line; valid until it returns. */
typedef uint64_t dramatis_reply;

typedef struct dramatis_calls {
  /* Handed to both call-backs. */
  void *user;

  /* Optional. Answers a question that the event has not answered: DRAMATIS_YES, DRAMATIS_NO, DRAMATIS_UNKNOWN to leave it to the
   * cues of the profile, or DRAMATIS_STOP to call the turn off. */
  int32_t (*ask)(void *user, const dramatis_question *question);

  /* Optional. Writes the line with a model of the game's own, and hands it over with dramatis_say; where it says nothing,
   * the character is silent. Without it the profile's own lines are spoken. Returns DRAMATIS_OK, or DRAMATIS_STOP to call the turn off.
   *
   * prompt   what to tell the model, as a JSON object: messages, an array of objects with role (system, user or assistant)
   *          and text */
  int32_t (*speak)(void *user, const dramatis_text *prompt, dramatis_reply reply);
} dramatis_calls;

/* Takes a turn: the instance steps on the event and may say something, on which it steps as well.
 *
 * calls   optional
 * line    optional: what was said; empty where nothing was
 * A turn takes place whole or not at all. The call-backs are called in the calling thread and must not throw or jump out. */
dramatis_status dramatis_turn(dramatis_instance instance, dramatis_event event, const dramatis_calls *calls,
                              dramatis_text *line);

/* Hands over a line from within `speak`; a second one replaces the first. */
dramatis_status dramatis_say(dramatis_reply reply, const char *line, size_t length);

/* ---- Why ---- */

enum { DRAMATIS_AS_TEXT = 0, DRAMATIS_AS_JSON = 1 };

/* What the last step or turn of an instance did and why: its changes, answers and statements, and what let them. */
dramatis_status dramatis_explain(dramatis_instance instance, int32_t format, dramatis_text *explanation);

/* ---- Saving, and changed profiles ---- */

/* All that an instance is, as bytes to keep: after restoring, the next line is the one that would have come. */
dramatis_status dramatis_save(dramatis_instance instance, dramatis_text *save);

/* Makes an instance from a save, also where the profile has changed since: what is gone is carried over by name.
 *
 * changes   optional: what could not be carried over as it was, as a JSON array of texts */
dramatis_status dramatis_restore(dramatis_program program, const char *save, size_t length,
                                 dramatis_instance *instance, dramatis_text *changes);

/* Gives a running instance another program, as dramatis_restore would; the handle stays.
 *
 * changes   optional */
dramatis_status dramatis_reload(dramatis_instance instance, dramatis_program program, dramatis_text *changes);

/* ---- Log ---- */

/* Is told what a game's author should know and no call fails for: an answer to no question, a profile's warnings.
 *
 * message   valid until the call-back returns; it may come from any thread that calls the library, while that call lasts */
typedef void (*dramatis_log)(void *user, const dramatis_text *message);

/* Sets who is told, for the whole process; NULL for nobody. The call-back must not call the library. */
dramatis_status dramatis_set_log(dramatis_log log, void *user);

#ifdef __cplusplus
}
#endif

#endif
