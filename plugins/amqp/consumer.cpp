// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "consumer.hpp"

#include "field_table.hpp"

#include <penstock/detail/utf8.hpp>

#include <array>
#include <system_error>
#include <utility>

#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/time.h>
#include <unistd.h>

namespace amqp_package
{
namespace
{

namespace json = penstock::json;

std::string text_in(const amqp_bytes_t& bytes)
{
    return penstock::detail::repaired_utf8(text_of(bytes));
}

delivered_message message_of(const amqp_envelope_t& from)
{
    const amqp_basic_properties_t& properties = from.message.properties;
    const auto has = [&](amqp_flags_t flag) { return (properties._flags & flag) != 0; };
    delivered_message made;
    made.tag = from.delivery_tag;
    made.is_redelivered = from.redelivered != 0;
    made.exchange = text_in(from.exchange);
    made.routing_key = text_in(from.routing_key);
    made.body = text_of(from.message.body);
    if (has(AMQP_BASIC_MESSAGE_ID_FLAG))
        made.id = text_in(properties.message_id);
    if (has(AMQP_BASIC_CONTENT_TYPE_FLAG))
        made.type = text_in(properties.content_type);
    if (has(AMQP_BASIC_HEADERS_FLAG))
        made.headers = json_of(properties.headers);
    if (has(AMQP_BASIC_CONTENT_ENCODING_FLAG))
        made.further["content_encoding"] = text_in(properties.content_encoding);
    if (has(AMQP_BASIC_CORRELATION_ID_FLAG))
        made.further["correlation_id"] = text_in(properties.correlation_id);
    if (has(AMQP_BASIC_REPLY_TO_FLAG))
        made.further["reply_to"] = text_in(properties.reply_to);
    if (has(AMQP_BASIC_TYPE_FLAG))
        made.further["message_type"] = text_in(properties.type);
    if (has(AMQP_BASIC_TIMESTAMP_FLAG))
        made.further["timestamp"] = properties.timestamp;
    return made;
}

} // namespace

consumer::consumer(std::unique_ptr<session> with, consumer_settings how)
    : session_(std::move(with)),
      how_(std::move(how)),
      wake_up_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (wake_up_ < 0)
        throw std::system_error(errno, std::generic_category(), "eventfd");
    try
    {
        session_->consume(how_.queue, how_.name, how_.prefetch);
        thread_ = std::thread([this] { work(); });
    }
    catch (...)
    {
        ::close(wake_up_);
        throw;
    }
}

// A consumer that leaves the broker, and deliveries that it did not acknowledge, lets another one
// read on before these are back in the queue: then they come out of order. Of a connection that is
// cut they are back first.
consumer::~consumer()
{
    bool has_open_deliveries = false;
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
        has_open_deliveries = delivered_ != acknowledged_;
    }
    if (has_open_deliveries)
        session_->cut();
    else
        session_->stop_reading();
    wake();
    thread_.join();
    ::close(wake_up_);
}

std::vector<delivered_message> consumer::take(std::size_t most, std::chrono::milliseconds time)
{
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, time, [this] { return !messages_.empty() || why_lost_; });
    require_session();
    std::vector<delivered_message> taken;
    for (; !messages_.empty() && taken.size() < most; messages_.pop_front())
        taken.push_back(std::move(messages_.front()));
    return taken;
}

void consumer::acknowledge(std::uint64_t last)
{
    {
        const std::lock_guard lock(mutex_);
        require_session();
        to_acknowledge_ = last;
    }
    wake();
}

bool consumer::await_acknowledged(std::chrono::milliseconds time)
{
    std::unique_lock lock(mutex_);
    is_awaited_ = true;
    wake();
    const bool is_done = news_.wait_for(
        lock, time, [this] { return acknowledged_ == to_acknowledge_ || why_lost_; });
    require_session();
    return is_done;
}

void consumer::require_session() const
{
    if (why_lost_)
        throw broker_error(*why_lost_);
}

void consumer::wake() const
{
    (void)::eventfd_write(wake_up_, 1);
}

void consumer::work()
{
    std::string why = "the session was ended";
    try
    {
        attend();
    }
    catch (const std::exception& error)
    {
        why = error.what();
    }
    const std::lock_guard lock(mutex_);
    why_lost_ = why;
    if (!ends_)
        session_->cut(); // what was delivered goes back at once, also while nobody takes it
    news_.notify_all();
}

void consumer::attend()
{
    for (;;)
    {
        send_acknowledgements();
        while (receive())
            continue;
        {
            const std::lock_guard lock(mutex_);
            if (ends_)
                return;
        }
        wait();
    }
}

// A question behind the acknowledgements is answered when they have been handled.
void consumer::send_acknowledgements()
{
    std::uint64_t last = 0;
    bool is_awaited = false;
    {
        const std::lock_guard lock(mutex_);
        last = to_acknowledge_;
        is_awaited = is_awaited_ && acknowledged_ != last;
        is_awaited_ = is_awaited;
    }
    if (last != last_sent_)
        session_->require(amqp_basic_ack(session_->raw(), session::channel, last, 1));
    last_sent_ = last;
    if (!is_awaited)
        return;
    session_->synchronize(how_.prefetch);
    const std::lock_guard lock(mutex_);
    acknowledged_ = last;
    is_awaited_ = to_acknowledge_ != last;
    news_.notify_all();
}

// Takes a message that has come; false: none has.
bool consumer::receive()
{
    amqp_maybe_release_buffers(session_->raw());
    amqp_envelope_t envelope{};
    timeval nothing{};
    const amqp_rpc_reply_t reply = amqp_consume_message(session_->raw(), &envelope, &nothing, 0);
    if (reply.reply_type == AMQP_RESPONSE_NORMAL)
    {
        const std::unique_ptr<amqp_envelope_t, void (*)(amqp_envelope_t*)> end(
            &envelope, amqp_destroy_envelope);
        delivered_message made = message_of(envelope);
        const std::lock_guard lock(mutex_);
        delivered_ = made.tag;
        messages_.push_back(std::move(made));
        news_.notify_all();
        return true;
    }
    if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION &&
        reply.library_error == AMQP_STATUS_TIMEOUT)
        return false;
    if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION &&
        reply.library_error != AMQP_STATUS_UNEXPECTED_STATE)
        session_->require(reply.library_error);
    amqp_frame_t other;
    (void)session_->read(other); // which throws for what ends the session
    return true;
}

void consumer::wait() const
{
    constexpr int signs_of_life = 500; // of which the library thinks when it is called, in ms
    std::array<pollfd, 2> waiting{pollfd{session_->socket(), POLLIN, 0},
                                  pollfd{wake_up_, POLLIN, 0}};
    ::poll(waiting.data(), waiting.size(), signs_of_life);
    eventfd_t ignored = 0;
    (void)::eventfd_read(wake_up_, &ignored);
}

} // namespace amqp_package
