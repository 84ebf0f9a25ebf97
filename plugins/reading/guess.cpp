// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "guess.hpp"
#include "ascii.hpp"

#include <penstock/charset.hpp>
#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>

#include <uchardet/uchardet.h>

namespace reading
{

namespace
{

constexpr std::size_t longest_look = std::size_t{64} << 10;
constexpr std::size_t longest_before = std::size_t{1} << 10;

// What uchardet calls otherwise than browsers do.
constexpr std::pair<std::string_view, std::string_view> other_names[] = {
    {"uhc", "euc-kr"}, {"iso-8859-11", "tis-620"}};

struct release
{
    void operator()(::uchardet* detector) const { ::uchardet_delete(detector); }
};

} // namespace

std::string guessed_charset(std::string_view text, std::string_view fallback)
{
    if (penstock::detail::is_utf8(text))
        return "utf-8";
    const std::unique_ptr<::uchardet, release> detector(::uchardet_new());
    if (detector == nullptr)
        throw std::bad_alloc();
    // What is ASCII before the first other byte tells nothing but a little of its surroundings.
    const auto* const first =
        std::ranges::find_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const auto place = static_cast<std::size_t>(first - text.begin());
    const std::string_view look =
        text.substr(place - std::min(place, longest_before), longest_look);
    if (::uchardet_handle_data(detector.get(), look.data(), look.size()) != 0)
        return std::string(fallback);
    ::uchardet_data_end(detector.get());
    std::string name = lower(::uchardet_get_charset(detector.get()));
    for (const auto& [other, known] : other_names)
        if (name == other)
            name = known;
    return penstock::is_charset(name) ? name : std::string(fallback);
}

} // namespace reading
