// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "grok_pattern.hpp"
#include "typed_text.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include <time.h>

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

// Where an expression begins, behind the verbs as (*ANYCRLF) that only count before all else.
std::size_t begin_of(std::string_view expression)
{
    constexpr std::string_view in_verbs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=";
    std::size_t begin = 0;
    while (expression.substr(begin).starts_with("(*"))
    {
        const std::size_t end = expression.find_first_not_of(in_verbs, begin + 2);
        if (end == std::string_view::npos || expression[end] != ')')
            break;
        begin = end + 1;
    }
    return begin;
}

// PCRE2 calls back here, and so each time that it begins anew.
constexpr std::string_view callout = "(?C)";

// The time that a match may take: of this thread's processor, so that a busy machine fails none.
class time_limit
{
public:
    explicit time_limit(std::chrono::nanoseconds time)
        : time_(time), end_(std::chrono::steady_clock::now() + time), used_(used())
    {
    }

    [[nodiscard]] bool is_over() const
    {
        return std::chrono::steady_clock::now() > end_ && used() - used_ > time_;
    }

private:
    static std::chrono::nanoseconds used()
    {
        timespec now{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
    }

    std::chrono::nanoseconds time_;
    std::chrono::steady_clock::time_point end_; // before which the time cannot be over
    std::chrono::nanoseconds used_;             // before the match
};

} // namespace

grok_pattern::grok_pattern(grok_expansion expanded)
{
    int error = 0;
    std::size_t at = 0;
    const std::size_t begin = begin_of(expanded.expression);
    expanded.expression.insert(begin, callout);
    code_.reset(pcre2_compile(
        reinterpret_cast<PCRE2_SPTR>(expanded.expression.data()), expanded.expression.size(),
        PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DUPNAMES, &error, &at,
        nullptr));
    if (at > begin)
        at -= std::min(at - begin, callout.size());
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
    time_limit time(limits.time);
    const auto on_callout = [](pcre2_callout_block*, void* limit) noexcept
    { return static_cast<const time_limit*>(limit)->is_over() ? PCRE2_ERROR_CALLOUT : 0; };
    pcre2_set_callout(context_.get(), on_callout, &time);
    const int result = pcre2_match(code_.get(), reinterpret_cast<PCRE2_SPTR>(text.data()),
                                   text.size(), 0, 0, data_.get(), context_.get());
    if (result == PCRE2_ERROR_NOMATCH)
        return false;
    if (result == PCRE2_ERROR_CALLOUT)
        throw match_limit_error("time limit exceeded");
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
