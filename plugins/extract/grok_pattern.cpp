// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "grok_pattern.hpp"
#include "typed_text.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

namespace extract_package
{

namespace
{

std::string message_of(int code)
{
    std::array<PCRE2_UCHAR, 256> text{};
    pcre2_get_error_message(code, text.data(), text.size());
    return reinterpret_cast<const char*>(text.data());
}

} // namespace

grok_pattern::grok_pattern(grok_expansion expanded)
{
    int error = 0;
    std::size_t at = 0;
    code_.reset(pcre2_compile(
        reinterpret_cast<PCRE2_SPTR>(expanded.expression.data()), expanded.expression.size(),
        PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DUPNAMES, &error, &at,
        nullptr));
    if (!code_)
        throw std::invalid_argument("is no expression at byte " + std::to_string(at) +
                                    " of what it stands for: " + message_of(error) +
                                    "; one of PCRE2 was expected");
    context_.reset(pcre2_match_context_create(nullptr));
    data_.reset(pcre2_match_data_create_from_pattern(code_.get(), nullptr));
    if (!context_ || !data_)
        throw std::bad_alloc();
    note_names(expanded.captures);
}

// Those of captures, and those that an expression has itself.
void grok_pattern::note_names(const std::vector<grok_capture>& captures)
{
    std::uint32_t count = 0;
    std::uint32_t size = 0;
    PCRE2_SPTR table = nullptr;
    pcre2_pattern_info(code_.get(), PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(code_.get(), PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(code_.get(), PCRE2_INFO_NAMETABLE, &table);
    for (std::uint32_t n = 0; n < count; ++n)
    {
        const PCRE2_SPTR entry = table + std::size_t{n} * size; // its number, then its name
        const std::size_t group = (std::size_t{entry[0]} << 8) | entry[1];
        std::string name = reinterpret_cast<const char*>(entry + 2);
        const auto known = std::ranges::find(captures, name, &grok_capture::group);
        if (known == captures.end())
            places_.push_back({group, std::move(name), capture_type::text});
        else
            places_.push_back({group, known->field, known->type});
    }
    std::ranges::sort(places_, {}, &place::group);
}

bool grok_pattern::match(std::string_view text, const match_limits& limits,
                         std::vector<std::pair<std::string, penstock::json::value>>& found)
{
    pcre2_set_match_limit(context_.get(), limits.steps);
    pcre2_set_depth_limit(context_.get(), limits.depth);
    pcre2_set_heap_limit(context_.get(), static_cast<std::uint32_t>(limits.memory >> 10));
    const int result = pcre2_match(code_.get(), reinterpret_cast<PCRE2_SPTR>(text.data()),
                                   text.size(), 0, 0, data_.get(), context_.get());
    if (result == PCRE2_ERROR_NOMATCH)
        return false;
    if (result == PCRE2_ERROR_MATCHLIMIT || result == PCRE2_ERROR_DEPTHLIMIT ||
        result == PCRE2_ERROR_HEAPLIMIT)
        throw match_limit_error(message_of(result));
    if (result < 0)
        throw std::runtime_error("PCRE2: " + message_of(result) + "; a match was expected");
    const PCRE2_SIZE* const bounds = pcre2_get_ovector_pointer(data_.get());
    for (const place& each : places_)
    {
        const std::size_t begin = bounds[2 * each.group];
        const std::size_t end = bounds[2 * each.group + 1];
        if (begin != PCRE2_UNSET && begin <= end)
            found.emplace_back(each.field, typed(text.substr(begin, end - begin), each.type));
    }
    return true;
}

} // namespace extract_package
