#include "BenchmarkPeers.h"

#include <math.h>

namespace {

constexpr double margin = 1e-6;

/// Writes the row of one state: where it goes, and at its own place that it stays.
void row(const double *yes, size_t state, size_t count, double *weights) {
  double stay = 0, top = -INFINITY, sum = 0;
  for (size_t j = 0; j < count; j++) {
    if (j == state) continue;
    double p = yes[j] < margin ? margin : yes[j] > 1 - margin ? 1 - margin : yes[j];
    weights[j] = log(p);
    stay += log(1 - p);
    if (weights[j] > top) top = weights[j];
  }
  weights[state] = stay;
  if (stay > top) top = stay;
  for (size_t j = 0; j < count; j++) sum += weights[j] = exp(weights[j] - top);
  for (size_t j = 0; j < count; j++) weights[j] /= sum;
}

}  // namespace

extern "C" void peer_belief_update(double *belief, const double *yes, size_t count, double *work) {
  double *next = work, *weights = work + count, sum = 0;
  for (size_t j = 0; j < count; j++) next[j] = 0;
  for (size_t i = 0; i < count; i++) {
    if (!(belief[i] > 0)) continue;
    row(yes + i * count, i, count, weights);
    for (size_t j = 0; j < count; j++) next[j] += belief[i] * weights[j];
  }
  for (size_t j = 0; j < count; j++) sum += next[j];
  for (size_t j = 0; j < count; j++) belief[j] = next[j] / sum;
}
