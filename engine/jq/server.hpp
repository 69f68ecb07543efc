// The process that computes jq for a run, so that a program can be abandoned without harm to it.
#pragma once

namespace goflow::engine {

/// Answers the frames that come on `in` with one each on `out`, until `in` ends. The first holds
/// `{programs}`, and is answered with `{faults}`, or with `{error, hint}` where there is no libjq;
/// all others are calls, answered with `{value}` or `{error, hint}`.
void serve_jq(int in, int out);

}  // namespace goflow::engine
