// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "quick_json.hpp"

#include <penstock/detail/value_builder.hpp>

#include <boost/json/value_stack.hpp>

#include <simdjson.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace penstock::detail
{

namespace
{

namespace dom = simdjson::dom;

// What a thread keeps between texts grows with the longest: ten times its size. Longer ones get a
// parser of their own. The longest are left to the other, which needs no memory but for the value.
constexpr std::size_t longest_kept = std::size_t{256} << 10;
constexpr std::size_t longest = std::size_t{4} << 20;

// A value takes no more than so many times its text: `0,` or `[],`.
constexpr std::size_t greatest_growth = 16;

// `"":0,`, and the brackets of an object.
constexpr std::size_t shortest_member = 5;

// The deepest that the parser goes.
constexpr std::size_t deepest = 64;

bool knows(const json_options& options) noexcept
{
    return options.duplicates == duplicate_key::last_wins && options.depth >= deepest;
}

std::size_t longest_of(const json_options& options) noexcept
{
    return std::min(longest, options.memory / greatest_growth);
}

// Calls `use(element)` if the text is accepted; returns whether it was. What is nested deeper than
// the parser goes is left to the other.
template <class Use>
bool with_document(std::string_view text, const json_options& options, Use use)
{
    if (!knows(options) || text.size() > longest_of(options))
        return false;
    thread_local dom::parser kept(longest_kept);
    dom::parser own;
    dom::parser& parser = text.size() <= longest_kept ? kept : own;
    if (parser.capacity() < text.size() || parser.max_depth() != deepest)
        if (parser.allocate(text.size(), deepest) != simdjson::SUCCESS)
            return false;
    dom::element document;
    if (parser.parse(text.data(), text.size()).get(document) != simdjson::SUCCESS)
        return false;
    use(document);
    return true;
}

json::string_view view(std::string_view text) noexcept
{
    return {text.data(), text.size()};
}

// Whether an object has more than so many members.
bool has_wider(const dom::element& in, std::size_t most)
{
    if (in.is_object())
    {
        std::size_t count = 0;
        for (const dom::key_value_pair& each : dom::object(in))
            if (++count > most || has_wider(each.value, most))
                return true;
    }
    else if (in.is_array())
    {
        for (const dom::element& each : dom::array(in))
            if (has_wider(each, most))
                return true;
    }
    return false;
}

// Whether an object of the text may have more than so many members, or has.
bool may_be_wider(const dom::element& document, std::string_view text, std::size_t most)
{
    return text.size() / shortest_member >= most && has_wider(document, most);
}

void push(json::value_stack& to, const dom::element& from)
{
    switch (from.type())
    {
    case dom::element_type::OBJECT: {
        std::size_t count = 0;
        for (const dom::key_value_pair& each : dom::object(from))
        {
            to.push_key(view(each.key));
            push(to, each.value);
            ++count;
        }
        to.push_object(count);
        break;
    }
    case dom::element_type::ARRAY: {
        std::size_t count = 0;
        for (const dom::element& each : dom::array(from))
        {
            push(to, each);
            ++count;
        }
        to.push_array(count);
        break;
    }
    case dom::element_type::STRING: to.push_string(view(std::string_view(from))); break;
    case dom::element_type::INT64: to.push_int64(std::int64_t(from)); break;
    case dom::element_type::UINT64: to.push_uint64(std::uint64_t(from)); break;
    case dom::element_type::DOUBLE: to.push_double(double(from)); break;
    case dom::element_type::BOOL: to.push_bool(bool(from)); break;
    case dom::element_type::NULL_VALUE: to.push_null(); break;
    }
}

} // namespace

std::optional<json::value> read_quickly(std::string_view text, const json_options& options)
{
    std::optional<json::value> read;
    with_document(text, options,
                  [&](const dom::element& document)
                  {
                      if (may_be_wider(document, text, std::min(options.members, wide_object)))
                          return;
                      alignas(json::value) unsigned char room[8192];
                      json::value_stack stack({}, room, sizeof room);
                      stack.reset();
                      push(stack, document);
                      read = stack.release();
                  });
    return read;
}

bool is_quickly_accepted(std::string_view text, const json_options& options)
{
    bool fits = false;
    with_document(text, options,
                  [&](const dom::element& document)
                  { fits = !may_be_wider(document, text, options.members); });
    return fits;
}

bool is_surely_within(std::size_t size, const json_options& options) noexcept
{
    return knows(options) && size <= longest_of(options) &&
           (options.members >= wide_object || size / shortest_member < options.members);
}

} // namespace penstock::detail
