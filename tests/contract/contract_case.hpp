// How a contract suite names and runs its cases.
#pragma once

/// A subcase of that name which hands a new store, from `make`, to the function of that name.
#define GOFLOW_CONTRACT_CASE(name) \
  SUBCASE(#name) {                 \
    const auto store = make();     \
    name(*store);                  \
  }
