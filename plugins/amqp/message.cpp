// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "message.hpp"

#include "session.hpp"

#include <stdexcept>
#include <utility>

namespace amqp_package
{
namespace
{

constexpr std::size_t longest_text = 255; // a length of one byte

} // namespace

message::message(std::size_t place, const penstock::packet& from, brokers::content what,
                 std::string routing_key)
    : place_(place), routing_key_(std::move(routing_key)), headers_(from.meta()), body_(from, what)
{
    if (routing_key_.size() > longest_text)
        throw std::invalid_argument("routing_key: has " + std::to_string(routing_key_.size()) +
                                    " bytes; at most 255 were expected");
    if (from.id() != penstock::packet_id{})
        id_ = from.id().text();
    type_ = body_.type().size() <= longest_text ? body_.type() : brokers::unknown_type;
    if (const auto encoding = from.meta_text("content_encoding"); body_.is_data() && encoding)
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
