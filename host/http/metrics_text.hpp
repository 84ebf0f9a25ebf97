// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::host::http
{

/// Writes metrics in the text form that Prometheus reads. All samples of one family come together,
/// after its head.
class metrics_text
{
public:
    using labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    /// Starts a family; `type` is `counter` or `gauge`.
    void family(std::string_view name, std::string_view type, std::string_view help);

    /// Adds a sample to the family that was started last. Label values are escaped.
    void sample(labels with, std::uint64_t value);

    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string text_;
    std::string name_;
};

} // namespace penstock::host::http
