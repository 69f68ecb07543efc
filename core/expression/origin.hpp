// Where a text of the language was written, for errors that point to it.
#pragma once

#include "core/expression/expression.hpp"

#include <string>

namespace goflow::core {

/// Counted from 1, in characters; line 0 means unknown.
struct Position {
  int line = 0;
  int column = 0;
};

/// A text in a workflow file, and what it is there.
struct Origin {
  Position at = {};         // where it begins
  std::string called = {};  // "condition of node 'enough'"
  // Each of its lines stands in the file as it is, beginning in the column of the first.
  bool is_verbatim = false;
};

/// An error, and the text that it is in.
struct PlacedError {
  ExpressionError error;
  std::string text;
  Origin origin;
};

/// The line of the text that an error is in, and where it is to be looked for in the file.
struct FaultInText {
  Position at = {};  // of the offending part, or of the whole text where it is not verbatim
  std::string line;  // of a long line the part around the fault
  int begin = 0;     // the offending part of it, in characters
  int end = 1;
};

FaultInText locate(const ExpressionError& error, const std::string& text, const Origin& origin);

/// Something compiled, and where its text begins in the file.
template <class T>
struct Placed {
  T what;
  Position at = {};
  std::string called = {};  // these as in Origin
  bool is_verbatim = false;

  [[nodiscard]] Origin origin() const { return {at, called, is_verbatim}; }
};

}  // namespace goflow::core
