#include "BenchmarkPeers.h"

#include <stdio.h>
#include <yaml.h>

long peer_parse_yaml(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return -1;
  yaml_parser_t parser;
  long events = yaml_parser_initialize(&parser) ? 0 : -1;
  if (events == 0) yaml_parser_set_input_file(&parser, file);
  for (bool more = events == 0; more;) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) {
      events = -1;
      break;
    }
    more = event.type != YAML_STREAM_END_EVENT;
    events++;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  fclose(file);
  return events;
}
