// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "field_table.hpp"

#include "session.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace amqp_package
{
namespace
{

namespace json = penstock::json;

// What the source sets beside the headers, and the publisher tells beside them.
constexpr std::array<std::string_view, 11> elsewhere{
    "mimetype",       "charset",  "content_encoding", "message_id", "exchange",   "routing_key",
    "correlation_id", "reply_to", "message_type",     "timestamp",  "redelivered"};

constexpr std::size_t longest_name = 255; // a length of one byte

json::value json_of(const amqp_field_value_t& field);

json::array json_of(const amqp_array_t& list)
{
    json::array made;
    for (int i = 0; i < list.num_entries; ++i)
        made.push_back(json_of(list.entries[i]));
    return made;
}

// Bytes that are no UTF-8 would be no JSON.
json::value text_value(const amqp_bytes_t& bytes)
{
    const std::string_view text = text_of(bytes);
    return penstock::detail::is_utf8(text) ? json::value(json::string(text)) : json::value();
}

json::value number_value(double number)
{
    return std::isfinite(number) ? json::value(number) : json::value();
}

json::value json_of(const amqp_field_value_t& field)
{
    switch (static_cast<amqp_field_value_kind_t>(field.kind))
    {
    case AMQP_FIELD_KIND_BOOLEAN: return field.value.boolean != 0;
    case AMQP_FIELD_KIND_I8: return field.value.i8;
    case AMQP_FIELD_KIND_U8: return field.value.u8;
    case AMQP_FIELD_KIND_I16: return field.value.i16;
    case AMQP_FIELD_KIND_U16: return field.value.u16;
    case AMQP_FIELD_KIND_I32: return field.value.i32;
    case AMQP_FIELD_KIND_U32: return field.value.u32;
    case AMQP_FIELD_KIND_I64: return field.value.i64;
    case AMQP_FIELD_KIND_U64:
    case AMQP_FIELD_KIND_TIMESTAMP: return field.value.u64;
    case AMQP_FIELD_KIND_F32: return number_value(static_cast<double>(field.value.f32));
    case AMQP_FIELD_KIND_F64: return number_value(field.value.f64);
    case AMQP_FIELD_KIND_DECIMAL:
        return number_value(field.value.decimal.value /
                            std::pow(10.0, field.value.decimal.decimals));
    case AMQP_FIELD_KIND_UTF8:
    case AMQP_FIELD_KIND_BYTES: return text_value(field.value.bytes);
    case AMQP_FIELD_KIND_TABLE: return amqp_package::json_of(field.value.table);
    case AMQP_FIELD_KIND_ARRAY: return json_of(field.value.array);
    case AMQP_FIELD_KIND_VOID: break;
    }
    return nullptr;
}

} // namespace

json::object json_of(const amqp_table_t& table)
{
    json::object made;
    for (int i = 0; i < table.num_entries; ++i)
        if (const std::string_view key = text_of(table.entries[i].key);
            penstock::detail::is_utf8(key))
            made[key] = json_of(table.entries[i].value);
    return made;
}

field_table::field_table(const json::object& meta)
{
    for (const auto& [name, value] : meta)
        if (!std::string_view(name).starts_with("x-") &&
            std::ranges::find(elsewhere, std::string_view(name)) == elsewhere.end())
            add(name, value);
    if (bytes_ > most_bytes)
        throw std::invalid_argument("meta: has " + std::to_string(bytes_) + " bytes; at most " +
                                    std::to_string(most_bytes) + " were expected");
}

void field_table::add(std::string_view name, const json::value& value)
{
    if (name.size() > longest_name)
        throw std::invalid_argument("meta: has a name of " + std::to_string(name.size()) +
                                    " bytes; at most 255 were expected");
    amqp_table_entry_t made{};
    made.key = bytes_of(name);
    constexpr std::size_t of_a_number = 9; // with its kind
    bytes_ += name.size() + of_a_number;
    switch (value.kind())
    {
    case json::kind::null: made.value.kind = AMQP_FIELD_KIND_VOID; break;
    case json::kind::bool_:
        made.value.kind = AMQP_FIELD_KIND_BOOLEAN;
        made.value.value.boolean = value.get_bool() ? 1 : 0;
        break;
    case json::kind::int64:
        made.value.kind = AMQP_FIELD_KIND_I64;
        made.value.value.i64 = value.get_int64();
        break;
    case json::kind::double_:
        if (!std::isfinite(value.get_double())) // brokers cannot read it, and give up the message
            throw std::invalid_argument(
                "meta: " + std::string(name) +
                " is a number that is not finite; a finite one was expected");
        made.value.kind = AMQP_FIELD_KIND_F64;
        made.value.value.f64 = value.get_double();
        break;
    case json::kind::string:
        made.value.kind = AMQP_FIELD_KIND_UTF8;
        made.value.value.bytes = bytes_of(value.get_string());
        bytes_ += value.get_string().size();
        break;
    case json::kind::uint64: // brokers have no kind for one beyond 63 bits
    case json::kind::array:
    case json::kind::object:
        texts_.push_back(penstock::write_json(value));
        made.value.kind = AMQP_FIELD_KIND_UTF8;
        made.value.value.bytes = bytes_of(texts_.back());
        bytes_ += texts_.back().size();
        break;
    }
    entries_.push_back(made);
}

amqp_table_t field_table::table() const
{
    return {static_cast<int>(entries_.size()), entries_.data()};
}

} // namespace amqp_package
