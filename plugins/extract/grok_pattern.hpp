// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "grok_expansion.hpp"

#include <penstock/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace extract_package
{

/// The error of a match that would take more than its limits allow.
class match_limit_error final : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// What one match may take. PCRE2 counts steps anew for each byte of a text that it begins at; the
/// time bounds all of them, and is looked at when it begins.
struct match_limits
{
    std::uint32_t steps = 1'000'000;            ///< calls within PCRE2, about
    std::uint32_t depth = 10'000;               ///< of places that are gone back to
    std::size_t memory = std::size_t{16} << 20; ///< in bytes
    std::chrono::milliseconds time{1000};       ///< that a processor works
};

/// A grok pattern that is compiled. Used by one thread at a time: it keeps the memory that a match
/// takes for the next one.
class grok_pattern
{
public:
    /// Compiles an expression that was expanded. Throws std::invalid_argument with the reason of
    /// PCRE2. [any thread; a stack of full size]
    explicit grok_pattern(grok_expansion expanded);

    /// Whether a text has a part that the pattern matches; then `found` gets fields and values, one
    /// for each capture that took part. A capture that is not of its type stays a text. Throws
    /// match_limit_error, and std::runtime_error if PCRE2 fails. [any thread]
    [[nodiscard]] bool match(std::string_view text, const match_limits& limits,
                             std::vector<std::pair<std::string, penstock::json::value>>& found);

private:
    struct release
    {
        void operator()(pcre2_code* code) const { pcre2_code_free(code); }
        void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
        void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
    };

    struct place
    {
        std::size_t group;
        std::string field;
        capture_type type;
    };

    void note_names(const std::vector<grok_capture>& captures);

    std::unique_ptr<pcre2_code, release> code_;
    std::unique_ptr<pcre2_match_context, release> context_;
    std::unique_ptr<pcre2_match_data, release> data_;
    std::vector<place> places_; // in order of their groups
};

} // namespace extract_package
