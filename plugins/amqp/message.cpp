// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "message.hpp"

#include "session.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace amqp_package
{
namespace
{

constexpr std::size_t longest_text = 255; // a length of one byte

std::string type_of_data(const penstock::packet& from)
{
    std::string type(from.meta_text("mimetype").value_or("application/octet-stream"));
    if (const auto charset = from.meta_text("charset"))
        type.append("; charset=").append(*charset);
    const bool is_printable =
        std::ranges::all_of(type, [](char c) { return c >= ' ' && c <= '~'; });
    return is_printable && type.size() <= longest_text ? type : "application/octet-stream";
}

} // namespace

message::message(std::size_t place, const penstock::packet& from, content what,
                 std::string routing_key)
    : place_(place), routing_key_(std::move(routing_key)), headers_(from.meta())
{
    if (routing_key_.size() > longest_text)
        throw std::invalid_argument("routing_key: has " + std::to_string(routing_key_.size()) +
                                    " bytes; at most 255 were expected");
    if (from.id() != penstock::packet_id{})
        id_ = from.id().text();
    if (what == content::fields && from.field_count() != 0)
    {
        from.write_fields(text_);
        type_ = "application/json";
        return;
    }
    if (from.data().empty())
        throw std::invalid_argument("has no data; some was expected");
    data_ = from.data().view();
    type_ = type_of_data(from);
    if (const auto encoding = from.meta_text("content_encoding"))
        encoding_ = encoding->substr(0, longest_text);
}

amqp_basic_properties_t message::properties() const
{
    constexpr std::uint8_t persistent = 2;
    amqp_basic_properties_t made{};
    made._flags =
        AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_HEADERS_FLAG;
    made.content_type = bytes_of(type_);
    made.delivery_mode = persistent;
    made.headers = headers_.table();
    if (!id_.empty())
    {
        made._flags |= AMQP_BASIC_MESSAGE_ID_FLAG;
        made.message_id = bytes_of(id_);
    }
    if (!encoding_.empty())
    {
        made._flags |= AMQP_BASIC_CONTENT_ENCODING_FLAG;
        made.content_encoding = bytes_of(encoding_);
    }
    return made;
}

} // namespace amqp_package
