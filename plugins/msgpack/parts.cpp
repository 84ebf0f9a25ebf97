// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "parts.hpp"

#include "token.hpp"

#include <utility>

namespace msgpack_package
{
namespace
{

struct event
{
    point_in_time time;
    std::string_view metadata;
    std::string_view map;
};

token_kind kind_of(const value_bytes& value)
{
    return read_token(value.bytes, 0).kind;
}

// The two elements of a list that has two.
std::optional<std::pair<value_bytes, value_bytes>> pair_in(const value_bytes& list)
{
    const token head = read_token(list.bytes, 0);
    if (head.kind != token_kind::list || head.count != 2)
        return std::nullopt;
    documents elements = documents::of_list(list);
    auto first = elements.next();
    auto second = elements.next();
    return std::pair(*std::move(first), *std::move(second));
}

std::optional<event> event_in(const value_bytes& list)
{
    const auto pair = pair_in(list);
    if (!pair || kind_of(pair->second) != token_kind::map)
        return std::nullopt;
    event found{{}, {}, pair->second.bytes};
    value_bytes time = pair->first;
    if (const auto head = pair_in(time))
    {
        if (kind_of(head->second) != token_kind::map)
            return std::nullopt;
        found.metadata = head->second.bytes;
        time = head->first;
    }
    const auto at = event_time_of(read_token(time.bytes, 0));
    if (!at)
        return std::nullopt;
    found.time = *at;
    return found;
}

bool is_scalar(const value_bytes& value)
{
    return value.wrong.empty() && kind_of(value) != token_kind::list &&
           kind_of(value) != token_kind::map;
}

} // namespace

std::optional<part> parts::next()
{
    for (;;)
    {
        if (elements_)
        {
            if (const auto element = elements_->next())
                return part_of("document " + std::to_string(document_) + ", element " +
                                   std::to_string(element->number),
                               *element);
            elements_.reset();
        }
        auto document = documents_.next();
        if (!document)
            return std::nullopt;
        if (is_scalar(*document))
            return scalars(*std::move(document));
        if (document->wrong.empty() && kind_of(*document) == token_kind::list &&
            !(events_ && event_in(*document)))
        {
            document_ = document->number;
            elements_ = documents::of_list(*document);
            continue;
        }
        return part_of("document " + std::to_string(document->number), *document);
    }
}

part parts::part_of(std::string where, const value_bytes& value) const
{
    part made{std::move(where), value.offset, value.bytes, {}, {}};
    if (!value.wrong.empty())
        made.wrong = ", " + value.wrong;
    else if (const token_kind kind = kind_of(value); kind == token_kind::map)
        made.map = value.bytes;
    else if (const auto found = events_ ? event_in(value) : std::nullopt)
    {
        made.map = found->map;
        made.time = found->time;
        made.metadata = found->metadata;
    }
    else
        made.wrong = " is " + std::string(name_of(kind)) + "; a map was expected";
    return made;
}

part parts::scalars(value_bytes first)
{
    std::size_t last = first.number;
    std::size_t size = first.bytes.size();
    for (documents ahead = documents_;; documents_ = ahead)
    {
        const auto following = ahead.next();
        if (!following || !is_scalar(*following))
            break;
        last = following->number;
        size += following->bytes.size();
    }
    part made{"document " + std::to_string(first.number),
              first.offset,
              {first.bytes.data(), size},
              " is " + std::string(name_of(kind_of(first))),
              {}};
    if (last > first.number)
    {
        made.where = "documents " + std::to_string(first.number) + " to " + std::to_string(last);
        made.wrong = " are neither maps nor lists";
    }
    made.wrong += "; a map or a list was expected";
    return made;
}

} // namespace msgpack_package
