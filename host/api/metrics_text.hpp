// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::host::api
{

/// Writes metrics in the text form that Prometheus reads. All samples of one family come together,
/// after its head.
class metrics_text
{
public:
    using labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    /// Starts a family; `type` is `counter`, `gauge` or `histogram`.
    void family(std::string_view name, std::string_view type, std::string_view help);

    /// Adds a sample to the family that was started last. Label values are escaped.
    void sample(labels with, std::uint64_t value);
    template <std::floating_point Number>
    void sample(labels with, Number value)
    {
        line({}, with, number(value));
    }

    /// Adds a sample of a part of that family: `_bucket`, `_sum`, `_count`.
    void part(std::string_view suffix, labels with, std::uint64_t value);
    template <std::floating_point Number>
    void part(std::string_view suffix, labels with, Number value)
    {
        line(suffix, with, number(value));
    }

    /// Writes a number as samples and labels have it: `0.5`, `+Inf`.
    [[nodiscard]] static std::string number(double value);

    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    void line(std::string_view suffix, labels with, std::string_view value);

    std::string text_;
    std::string name_;
};

} // namespace penstock::host::api
