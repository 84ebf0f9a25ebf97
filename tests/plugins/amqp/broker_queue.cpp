// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker_queue.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <thread>

#include <amqp_tcp_socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace
{

constexpr amqp_channel_t channel = 1;

amqp_bytes_t bytes_of(std::string_view text)
{
    return {text.size(), const_cast<char*>(text.data())};
}

std::string text_of(const amqp_bytes_t& bytes)
{
    return {static_cast<const char*>(bytes.bytes), bytes.len};
}

amqp_table_entry_t entry_of(const std::string& name, const std::string& value)
{
    amqp_table_entry_t made{};
    made.key = bytes_of(name);
    if (value.find_first_not_of("0123456789") == std::string::npos)
    {
        made.value.kind = AMQP_FIELD_KIND_I64;
        made.value.value.i64 = std::stoll(value);
    }
    else
    {
        made.value.kind = AMQP_FIELD_KIND_UTF8;
        made.value.value.bytes = bytes_of(value);
    }
    return made;
}

amqp_connection_state_t connected_with(std::uint16_t port)
{
    const amqp_connection_state_t made = amqp_new_connection();
    amqp_socket_t* const socket = amqp_tcp_socket_new(made);
    timeval patience{30, 0};
    amqp_set_handshake_timeout(made, &patience);
    amqp_set_rpc_timeout(made, &patience);
    if (amqp_socket_open_noblock(socket, "127.0.0.1", port, &patience) == AMQP_STATUS_OK &&
        amqp_login(made, "/", 0, 131072, 0, AMQP_SASL_METHOD_PLAIN, "guest", "guest").reply_type ==
            AMQP_RESPONSE_NORMAL)
        return made;
    amqp_destroy_connection(made);
    return nullptr;
}

} // namespace

bool broker_queue::lets_in(std::uint16_t port)
{
    const amqp_connection_state_t made = connected_with(port);
    if (made == nullptr)
        return false;
    amqp_connection_close(made, AMQP_REPLY_SUCCESS);
    amqp_destroy_connection(made);
    return true;
}

std::string broker_queue::fresh_name()
{
    static std::atomic<unsigned> number = 0;
    return "test-" + std::to_string(::getpid()) + "-" + std::to_string(++number);
}

broker_queue::broker_queue(std::uint16_t port, kind what,
                           const std::vector<std::pair<std::string, std::string>>& arguments,
                           std::string name)
    : port_(port), kind_(what), arguments_(arguments), name_(std::move(name))
{
    if (what == kind::quorum)
        arguments_.emplace_back("x-queue-type", "quorum");
    connect();
    declare();
}

// A quorum queue that is deleted and declared again may be another one to the members of the first.
void broker_queue::clear()
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (look_up().consumer_count != 0)
    {
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("rabbitmq: " + name_ + " is still consumed");
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    amqp_queue_purge(connection_, channel, bytes_of(name_));
    require();
}

void broker_queue::declare()
{
    std::vector<amqp_table_entry_t> entries;
    for (const auto& [argument, value] : arguments_)
        entries.push_back(entry_of(argument, value));
    amqp_queue_declare(connection_, channel, bytes_of(name_), 0, kind_ != kind::transient, 0, 0,
                       {static_cast<int>(entries.size()), entries.data()});
    require();
}

broker_queue::~broker_queue()
{
    amqp_destroy_connection(connection_);
}

void broker_queue::connect()
{
    if (connection_ != nullptr)
        amqp_destroy_connection(connection_);
    connection_ = connected_with(port_);
    if (connection_ == nullptr)
        throw std::runtime_error("rabbitmq: does not let in");
    amqp_channel_open(connection_, channel);
    require();
    amqp_confirm_select(connection_, channel);
    require();
    published_ = 0;
}

void broker_queue::require() const
{
    const amqp_rpc_reply_t reply = amqp_get_rpc_reply(connection_);
    if (reply.reply_type == AMQP_RESPONSE_NORMAL)
        return;
    std::string why = "rabbitmq: failed";
    if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION &&
        reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD)
        why = text_of(static_cast<amqp_channel_close_t*>(reply.reply.decoded)->reply_text);
    throw std::runtime_error(why);
}

void broker_queue::put(const std::string& body, const std::string& id, const std::string& type,
                       const std::vector<std::pair<std::string, std::string>>& headers)
{
    publish(body, id, type, headers);
    await_confirms(1);
}

void broker_queue::put_all(const std::vector<std::string>& bodies)
{
    for (const std::string& each : bodies)
        publish(each, each, {}, {});
    await_confirms(bodies.size());
}

void broker_queue::publish(const std::string& body, const std::string& id, const std::string& type,
                           const std::vector<std::pair<std::string, std::string>>& headers)
{
    std::vector<amqp_table_entry_t> entries;
    for (const auto& [name, value] : headers)
        entries.push_back(entry_of(name, value));
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_HEADERS_FLAG;
    properties.delivery_mode = 2;
    properties.headers = {static_cast<int>(entries.size()), entries.data()};
    properties.message_id = bytes_of(id);
    properties.content_type = bytes_of(type);
    if (!id.empty())
        properties._flags |= AMQP_BASIC_MESSAGE_ID_FLAG;
    if (!type.empty())
        properties._flags |= AMQP_BASIC_CONTENT_TYPE_FLAG;
    if (amqp_basic_publish(connection_, channel, amqp_empty_bytes, bytes_of(name_), 0, 0,
                           &properties, bytes_of(body)) != AMQP_STATUS_OK)
        throw std::runtime_error("rabbitmq: takes no message");
    ++published_;
}

void broker_queue::await_confirms(std::size_t count)
{
    while (count > 0)
    {
        amqp_frame_t frame{};
        timeval patience{30, 0};
        if (amqp_simple_wait_frame_noblock(connection_, &frame, &patience) != AMQP_STATUS_OK ||
            frame.payload.method.id != AMQP_BASIC_ACK_METHOD)
            throw std::runtime_error("rabbitmq: confirms no message");
        const auto* ack = static_cast<const amqp_basic_ack_t*>(frame.payload.method.decoded);
        if (ack->multiple != 0)
            count = static_cast<std::size_t>(published_ - ack->delivery_tag);
        else
            --count;
        amqp_maybe_release_buffers(connection_);
    }
}

std::vector<queued_message> broker_queue::take()
{
    const std::size_t count = size();
    const amqp_bytes_t consumer = bytes_of("test");
    amqp_basic_consume(connection_, channel, bytes_of(name_), consumer, 0, 1, 0, amqp_empty_table);
    require();
    std::vector<queued_message> taken;
    while (taken.size() < count)
        if (!receive(taken, {30, 0}))
            throw std::runtime_error("rabbitmq: gives no message");
    amqp_basic_cancel(connection_, channel, consumer);
    require();
    while (receive(taken, {0, 0})) // what came meanwhile
        continue;
    return taken;
}

bool broker_queue::receive(std::vector<queued_message>& into, timeval patience)
{
    amqp_maybe_release_buffers(connection_);
    amqp_envelope_t envelope{};
    if (amqp_consume_message(connection_, &envelope, &patience, 0).reply_type !=
        AMQP_RESPONSE_NORMAL)
        return false;
    const amqp_basic_properties_t& properties = envelope.message.properties;
    const auto has = [&](amqp_flags_t flag) { return (properties._flags & flag) != 0; };
    queued_message& made = into.emplace_back();
    made.body = text_of(envelope.message.body);
    made.is_redelivered = envelope.redelivered != 0;
    made.is_persistent = has(AMQP_BASIC_DELIVERY_MODE_FLAG) && properties.delivery_mode == 2;
    if (has(AMQP_BASIC_MESSAGE_ID_FLAG))
        made.id = text_of(properties.message_id);
    if (has(AMQP_BASIC_CONTENT_TYPE_FLAG))
        made.type = text_of(properties.content_type);
    for (int i = 0; has(AMQP_BASIC_HEADERS_FLAG) && i < properties.headers.num_entries; ++i)
    {
        const amqp_table_entry_t& each = properties.headers.entries[i];
        if (each.value.kind == AMQP_FIELD_KIND_UTF8)
            made.headers.push_back(text_of(each.key) + "=" + text_of(each.value.value.bytes));
    }
    amqp_destroy_envelope(&envelope);
    return true;
}

std::vector<std::string> broker_queue::take_bodies()
{
    std::vector<std::string> bodies;
    for (queued_message& each : take())
        bodies.push_back(std::move(each.body));
    return bodies;
}

void broker_queue::give_back_first()
{
    const amqp_rpc_reply_t got = amqp_basic_get(connection_, channel, bytes_of(name_), 0);
    if (got.reply_type != AMQP_RESPONSE_NORMAL || got.reply.id != AMQP_BASIC_GET_OK_METHOD)
        throw std::runtime_error("rabbitmq: gives no message");
    const std::uint64_t tag = static_cast<amqp_basic_get_ok_t*>(got.reply.decoded)->delivery_tag;
    amqp_message_t message{};
    amqp_read_message(connection_, channel, &message, 0);
    amqp_destroy_message(&message);
    amqp_basic_nack(connection_, channel, tag, 0, 1);
}

std::size_t broker_queue::size()
{
    return look_up().message_count;
}

amqp_queue_declare_ok_t broker_queue::look_up()
{
    const amqp_queue_declare_ok_t* const told =
        amqp_queue_declare(connection_, channel, bytes_of(name_), 1, 0, 0, 0, amqp_empty_table);
    require();
    return *told;
}

void broker_queue::remove()
{
    amqp_queue_delete(connection_, channel, bytes_of(name_), 0, 0);
    require();
}

void broker_queue::bind(const std::string& pattern)
{
    amqp_queue_bind(connection_, channel, bytes_of(name_), bytes_of("amq.topic"), bytes_of(pattern),
                    amqp_empty_table);
    require();
}
