// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace prometheus_package
{

/// One value of a time series, as a target tells it.
struct sample
{
    std::string name;
    std::string type; ///< of its metric: counter, gauge, histogram, summary, or untyped
    std::vector<std::pair<std::string, std::string>> labels;
    double value = 0;                      ///< also infinite, or not a number
    std::optional<std::int64_t> timestamp; ///< milliseconds since 1970, if there is one
};

/// Reads the text format 0.0.4 of Prometheus
/// (https://prometheus.io/docs/instrumenting/exposition_formats/). Throws std::runtime_error, with
/// the number of the line, for what is not of that format, for a label that comes twice, and for
/// more samples than `most`. [any thread]
[[nodiscard]] std::vector<sample> read_exposition(std::string_view text, std::size_t most);

} // namespace prometheus_package
