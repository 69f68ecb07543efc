// The metrics of the claim check as documents for programs.
#pragma once

#include "core/claimcheck/blob_index.hpp"
#include "core/claimcheck/metrics.hpp"
#include "core/value/value.hpp"

#include <string>

namespace goflow::core {

Object metrics_document(const ClaimCounters& counters, const BlobTotals& present);

/// Version 0.0.4 of the text format that Prometheus collects.
std::string prometheus_text(const ClaimCounters& counters, const BlobTotals& present);

}  // namespace goflow::core
