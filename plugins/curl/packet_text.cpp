// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "packet_text.hpp"

#include "../packets/place_problem.hpp"

#include <algorithm>
#include <stdexcept>

namespace curl
{
namespace
{

namespace json = penstock::json;

std::string text_of_place(const json::value* value, const std::string& name)
{
    const auto wrong = [&](std::string_view what)
    {
        return std::invalid_argument(name + ": " + std::string(what) +
                                     "; a text or a number was expected");
    };
    if (value == nullptr || value->is_null())
        throw wrong("is absent");
    if (value->is_array())
        throw wrong("is a list");
    if (value->is_object())
        throw wrong("is an object");
    return value->is_string() ? std::string(value->get_string()) : penstock::write_json(*value);
}

} // namespace

const json::value* find_place(const penstock::packet& in, std::string_view name)
{
    constexpr std::string_view meta = "/meta/";
    constexpr std::string_view fields = "/fields/";
    if (name.starts_with(meta))
        return in.find_meta(name.substr(meta.size()));
    if (name.starts_with(fields))
        return in.find(name.substr(fields.size()));
    const json::value* found = in.find_meta(name);
    return found != nullptr ? found : in.find(name);
}

packet_text::packet_text(std::string_view text)
{
    constexpr std::string_view open = "{{";
    constexpr std::string_view close = "}}";
    while (!text.empty())
    {
        const std::size_t begin = text.find(open);
        if (begin != 0)
            parts_.push_back({std::string(text.substr(0, begin)), false});
        if (begin == std::string_view::npos)
            return;
        text.remove_prefix(begin + open.size());
        const std::size_t end = text.find(close);
        if (end == std::string_view::npos)
            throw std::invalid_argument("has a place that does not end; {{NAME}} was expected");
        if (end == 0)
            throw std::invalid_argument("has a place without a name; {{NAME}} was expected");
        if (const std::string wrong = packets::problem_of_place(text.substr(0, end));
            !wrong.empty())
            throw std::invalid_argument(wrong);
        parts_.push_back({std::string(text.substr(0, end)), true});
        text.remove_prefix(end + close.size());
    }
}

std::string packet_text::problem_of(std::string_view text)
{
    try
    {
        (void)packet_text(text);
        return {};
    }
    catch (const std::invalid_argument& error)
    {
        return error.what();
    }
}

const std::string* packet_text::only_place() const noexcept
{
    return parts_.size() == 1 && parts_.front().is_place ? &parts_.front().text : nullptr;
}

bool packet_text::is_fixed() const noexcept
{
    return std::ranges::none_of(parts_, &part::is_place);
}

std::string packet_text::fill(const penstock::packet& from, writer write) const
{
    std::string filled;
    for (const part& each : parts_)
    {
        if (!each.is_place)
        {
            filled += each.text;
            continue;
        }
        const std::string text = text_of_place(find_place(from, each.text), each.text);
        filled += write == nullptr ? text : write(text);
    }
    return filled;
}

} // namespace curl
