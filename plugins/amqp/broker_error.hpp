// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stdexcept>
#include <string>

#include <amqp.h>

namespace amqp_package
{

/// The exception of a broker that is away or refuses what it is asked for. The session is over
/// then.
class broker_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The exception of a channel or connection that the broker has closed, with the reply code that it
/// gives (AMQP 0-9-1, 1.2).
class broker_refusal : public broker_error
{
public:
    broker_refusal(int code, const std::string& why) : broker_error(why), code_(code) {}

    [[nodiscard]] int code() const noexcept { return code_; }

private:
    int code_;
};

/// Throws broker_error for a reply that is none of success.
void require_ok(const amqp_rpc_reply_t& reply);

/// Whether a reply is that the broker has closed the channel.
[[nodiscard]] bool is_channel_close(const amqp_rpc_reply_t& reply) noexcept;

/// Returns what the broker says as it closes a channel or a connection. Throws broker_error if the
/// method does neither.
[[nodiscard]] broker_refusal refusal_of(const amqp_method_t& method);

} // namespace amqp_package
