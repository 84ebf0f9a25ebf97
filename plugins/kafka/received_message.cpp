// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "received_message.hpp"

#include <penstock/detail/utf8.hpp>

#include <string_view>
#include <utility>

namespace kafka_package
{
namespace
{

namespace json = penstock::json;

std::string_view text_of(const void* bytes, std::size_t count)
{
    return {static_cast<const char*>(bytes), count};
}

void add(json::object& to, std::string_view name, json::value&& value)
{
    const auto [place, is_new] = to.emplace(name, value);
    if (is_new)
        return;
    if (!place->value().is_array())
        place->value() = json::array{std::move(place->value())};
    place->value().get_array().push_back(std::move(value));
}

void read_headers(const rd_kafka_message_t& from, received_message& into)
{
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&from, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i)
    {
        const std::string_view text = value == nullptr ? std::string_view() : text_of(value, size);
        const bool is_text = value != nullptr && penstock::detail::is_utf8(text);
        if (!penstock::detail::is_utf8(name))
            continue;
        if (std::string_view(name) == "content-type" && is_text)
            into.type = text;
        else
        {
            constexpr std::size_t of_an_entry = 64;
            into.header_bytes += std::string_view(name).size() + text.size() + of_an_entry;
            add(into.headers, name, is_text ? json::value(json::string(text)) : json::value());
        }
    }
}

} // namespace

received_message received(const rd_kafka_message_t& from)
{
    received_message made;
    made.from = {rd_kafka_topic_name(from.rkt), from.partition};
    made.offset = from.offset;
    if (from.key != nullptr)
        made.key = penstock::detail::repaired_utf8(text_of(from.key, from.key_len));
    if (from.payload != nullptr)
        made.body = text_of(from.payload, from.len);
    rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
    made.timestamp = rd_kafka_message_timestamp(&from, &type);
    read_headers(from, made);
    return made;
}

} // namespace kafka_package
