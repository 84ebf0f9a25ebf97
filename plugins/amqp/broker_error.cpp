// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker_error.hpp"

#include "../packets/one_line.hpp"

#include <amqp_framing.h>

namespace amqp_package
{
namespace
{

broker_refusal refusal_with(int code, const amqp_bytes_t& text)
{
    return {code, packets::one_line(std::to_string(code) + " " +
                                    std::string(static_cast<const char*>(text.bytes), text.len))};
}

} // namespace

broker_refusal refusal_of(const amqp_method_t& method)
{
    if (method.id == AMQP_CHANNEL_CLOSE_METHOD)
    {
        const auto* close = static_cast<const amqp_channel_close_t*>(method.decoded);
        return refusal_with(close->reply_code, close->reply_text);
    }
    if (method.id == AMQP_CONNECTION_CLOSE_METHOD)
    {
        const auto* close = static_cast<const amqp_connection_close_t*>(method.decoded);
        return refusal_with(close->reply_code, close->reply_text);
    }
    throw broker_error("the broker sent what was not asked for");
}

bool is_channel_close(const amqp_rpc_reply_t& reply) noexcept
{
    return reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION &&
           reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD;
}

void require_ok(const amqp_rpc_reply_t& reply)
{
    if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION)
        throw refusal_of(reply.reply);
    if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION)
        throw broker_error(amqp_error_string2(reply.library_error));
    if (reply.reply_type != AMQP_RESPONSE_NORMAL)
        throw broker_error("the broker closed the connection");
}

} // namespace amqp_package
