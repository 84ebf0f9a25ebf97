// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "publication.hpp"

#include "../packets/one_line.hpp"

#include <algorithm>

namespace amqp_package
{
namespace
{

// So long a thread is lent; teardown waits for it.
constexpr std::chrono::milliseconds slice{100};

} // namespace

publication::publication(session& to, const std::string& exchange,
                         std::span<const message* const> messages)
    : session_(to),
      exchange_(exchange),
      messages_(messages),
      tag_before_(to.sent()),
      fates_(messages.size(), fate::open),
      is_settled_(messages.size(), false)
{
}

bool publication::advance()
{
    const clock::time_point pause = clock::now() + slice;
    for (;;)
    {
        for (amqp_frame_t frame; session_.read(frame);)
            read(frame);
        if (settled_ == messages_.size())
            return true;
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(pause - clock::now());
        if (left.count() <= 0)
            return false;
        if (session_.wait(left, sent_ < messages_.size()))
            send();
    }
}

// As much as the socket has room for, at least.
void publication::send()
{
    const message& next = *messages_[sent_];
    if (!is_head_sent_)
    {
        session_.send_head(exchange_, next.routing_key(), next.properties(), next.body().size());
        is_head_sent_ = true;
    }
    const std::string_view part = next.body().substr(body_sent_, session::most_body);
    session_.send_body(part);
    last_progress_ = clock::now();
    body_sent_ += part.size();
    if (body_sent_ < next.body().size())
        return;
    ++sent_;
    body_sent_ = 0;
    is_head_sent_ = false;
}

void publication::read(const amqp_frame_t& frame)
{
    if (frame.frame_type == AMQP_FRAME_HEADER)
        return take_back(
            *static_cast<const amqp_basic_properties_t*>(frame.payload.properties.decoded));
    if (frame.frame_type != AMQP_FRAME_METHOD) // the body of one that comes back
        return;
    const amqp_method_t& method = frame.payload.method;
    if (method.id == AMQP_BASIC_ACK_METHOD)
    {
        const auto* ack = static_cast<const amqp_basic_ack_t*>(method.decoded);
        settle(ack->delivery_tag, ack->multiple != 0, fate::confirmed);
    }
    else if (method.id == AMQP_BASIC_NACK_METHOD)
    {
        const auto* nack = static_cast<const amqp_basic_nack_t*>(method.decoded);
        settle(nack->delivery_tag, nack->multiple != 0, fate::refused);
    }
    else if (method.id == AMQP_BASIC_RETURN_METHOD)
    {
        const auto* returned = static_cast<const amqp_basic_return_t*>(method.decoded);
        returned_key_ = text_of(returned->routing_key);
        why_returned_ = packets::one_line(std::to_string(returned->reply_code) + " " +
                                          std::string(text_of(returned->reply_text)));
    }
}

// It comes before its confirm, which says that the broker is done with it. Messages of one packet
// with one key go the same way.
void publication::take_back(const amqp_basic_properties_t& of)
{
    const bool has_id = (of._flags & AMQP_BASIC_MESSAGE_ID_FLAG) != 0;
    const std::string_view id = has_id ? text_of(of.message_id) : std::string_view();
    for (std::size_t i = oldest_; i < messages_.size() && i <= sent_; ++i)
        if (!is_settled_[i] && messages_[i]->id() == id &&
            messages_[i]->routing_key() == returned_key_)
            fates_[i] = fate::returned;
}

void publication::settle(std::uint64_t tag, bool with_those_before, fate how)
{
    const std::size_t end = tag == 0 ? sent_ : static_cast<std::size_t>(tag - tag_before_);
    if (end > messages_.size() || (tag != 0 && tag <= tag_before_))
        throw broker_error("the broker confirmed what was not sent");
    for (std::size_t i = with_those_before ? oldest_ : end - 1; i < end; ++i)
    {
        if (is_settled_[i])
            continue;
        is_settled_[i] = true;
        ++settled_;
        if (fates_[i] == fate::open)
            fates_[i] = how;
    }
    while (oldest_ < messages_.size() && is_settled_[oldest_])
        ++oldest_;
    last_progress_ = clock::now();
}

} // namespace amqp_package
