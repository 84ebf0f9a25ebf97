// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "session.hpp"

#include "../packets/one_line.hpp"

#include <array>
#include <cerrno>
#include <new>
#include <system_error>

#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace amqp_package
{
namespace
{

constexpr int frame_bytes = 128 * 1024; // as brokers have it by default
// What a socket has room for when it says so is a third of this, at least.
constexpr int send_buffer = 512 * 1024;
constexpr const char* trusted_by_system = "/etc/ssl/certs/ca-certificates.crt";

timeval timeval_of(std::chrono::milliseconds time)
{
    return {time.count() / 1000, time.count() % 1000 * 1000};
}

amqp_table_entry_t entry_of(const char* key, bool value)
{
    amqp_table_entry_t made{};
    made.key = amqp_cstring_bytes(key);
    made.value.kind = AMQP_FIELD_KIND_BOOLEAN;
    made.value.value.boolean = value ? 1 : 0;
    return made;
}

amqp_table_entry_t entry_of(const char* key, const char* value)
{
    amqp_table_entry_t made{};
    made.key = amqp_cstring_bytes(key);
    made.value.kind = AMQP_FIELD_KIND_UTF8;
    made.value.value.bytes = amqp_cstring_bytes(value);
    return made;
}

amqp_table_entry_t entry_of(const char* key, int value)
{
    amqp_table_entry_t made{};
    made.key = amqp_cstring_bytes(key);
    made.value.kind = AMQP_FIELD_KIND_I32;
    made.value.value.i32 = value;
    return made;
}

template <std::size_t Size>
amqp_table_t table_of(std::array<amqp_table_entry_t, Size>& entries)
{
    return {static_cast<int>(Size), entries.data()};
}

} // namespace

amqp_bytes_t bytes_of(std::string_view text) noexcept
{
    return {text.size(), const_cast<char*>(text.data())};
}

std::string_view text_of(const amqp_bytes_t& bytes) noexcept
{
    return {static_cast<const char*>(bytes.bytes), bytes.len};
}

session::session(const session_settings& with)
    : state_(amqp_new_connection()), name_(with.to.text())
{
    if (state_ == nullptr)
        throw std::bad_alloc();
    try
    {
        open(with);
        log_in(with);
    }
    catch (...)
    {
        close();
        throw;
    }
}

session::~session()
{
    if (is_open_ && wait(std::chrono::milliseconds(0), true))
    {
        amqp_connection_close_t close{};
        close.reply_code = AMQP_REPLY_SUCCESS;
        amqp_send_method(state_, 0, AMQP_CONNECTION_CLOSE_METHOD, &close);
    }
    close();
}

void session::close() noexcept
{
    amqp_destroy_connection(state_);
    if (socket_ >= 0)
        ::close(socket_);
}

void session::open(const session_settings& with)
{
    amqp_socket_t* const socket =
        with.to.is_secure ? amqp_ssl_socket_new(state_) : amqp_tcp_socket_new(state_);
    if (socket == nullptr)
        throw std::bad_alloc();
    if (with.to.is_secure)
    {
        const char* const trusted = with.ca_file.empty() ? trusted_by_system : with.ca_file.c_str();
        if (amqp_ssl_socket_set_cacert(socket, trusted) != AMQP_STATUS_OK)
            throw broker_error(std::string(trusted) + ": has no certificates to trust");
        amqp_ssl_socket_set_verify_peer(socket, 1);
        amqp_ssl_socket_set_verify_hostname(socket, 1);
        require(amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST));
    }
    timeval time = timeval_of(with.connect_time);
    require(amqp_socket_open_noblock(socket, with.to.host.c_str(), with.to.port, &time));
    socket_ = ::fcntl(amqp_get_sockfd(state_), F_DUPFD_CLOEXEC, 0);
    if (socket_ < 0)
        throw broker_error(std::generic_category().message(errno));
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);
    require(amqp_set_handshake_timeout(state_, &time));
    require(amqp_set_rpc_timeout(state_, &time));
}

void session::log_in(const session_settings& with)
{
    std::array capabilities{entry_of("connection.blocked", true),
                            entry_of("consumer_cancel_notify", true)};
    std::array properties{entry_of("connection_name", "penstock"), amqp_table_entry_t{}};
    properties[1].key = amqp_cstring_bytes("capabilities");
    properties[1].value.kind = AMQP_FIELD_KIND_TABLE;
    properties[1].value.value.table = table_of(capabilities);
    const amqp_table_t told = table_of(properties);
    require_ok(amqp_login_with_properties(state_, with.to.virtual_host.c_str(), 0, frame_bytes,
                                          static_cast<int>(with.heartbeat.count()), &told,
                                          AMQP_SASL_METHOD_PLAIN, with.user.c_str(),
                                          with.password.c_str()));
    amqp_channel_open(state_, channel);
    require_reply();
    is_open_ = true;
}

void session::check_queue(const std::string& name)
{
    amqp_queue_declare(state_, channel, bytes_of(name), 1, 0, 0, 0, amqp_empty_table);
    require_reply();
}

void session::check_exchange(const std::string& name)
{
    amqp_exchange_declare(state_, channel, bytes_of(name), bytes_of("direct"), 1, 0, 0, 0,
                          amqp_empty_table);
    require_reply();
}

void session::declare_queue(const std::string& name, unsigned members)
{
    std::array arguments{entry_of("x-queue-type", "quorum"),
                         entry_of("x-quorum-initial-group-size", static_cast<int>(members))};
    amqp_queue_declare(state_, channel, bytes_of(name), 0, 1, 0, 0, table_of(arguments));
    require_reply();
}

bool session::has_queue(const std::string& name)
{
    const std::optional<broker_refusal> refusal = ask_aside(
        [&](amqp_channel_t channel)
        { amqp_queue_declare(state_, channel, bytes_of(name), 1, 0, 0, 0, amqp_empty_table); });
    if (refusal && refusal->code() != AMQP_NOT_FOUND)
        throw broker_refusal(*refusal);
    return !refusal;
}

// A declaration that the broker never fulfils, for no quorum queue is transient: it says what the
// queue differs in, its durability first.
bool session::is_durable(const std::string& queue)
{
    std::array arguments{entry_of("x-queue-type", "quorum")};
    const std::optional<broker_refusal> refusal = ask_aside(
        [&](amqp_channel_t channel)
        { amqp_queue_declare(state_, channel, bytes_of(queue), 0, 0, 0, 0, table_of(arguments)); });
    if (!refusal) // it is as declared
        return false;
    return refusal->code() != AMQP_PRECONDITION_FAILED ||
           std::string_view(refusal->what()).find("'durable'") != std::string_view::npos;
}

// It is there, so nothing is declared.
bool session::may_be_quorum(const std::string& queue)
{
    std::array arguments{entry_of("x-queue-type", "quorum")};
    const std::optional<broker_refusal> refusal = ask_aside(
        [&](amqp_channel_t channel)
        { amqp_queue_declare(state_, channel, bytes_of(queue), 0, 1, 0, 0, table_of(arguments)); });
    return !refusal || refusal->code() != AMQP_PRECONDITION_FAILED ||
           std::string_view(refusal->what()).find("'x-queue-type'") == std::string_view::npos;
}

// Asks on another channel: the broker closes the one on which it refuses something. Returns what it
// refuses.
std::optional<broker_refusal>
session::ask_aside(const std::function<void(amqp_channel_t)>& question)
{
    constexpr amqp_channel_t other = 2;
    amqp_channel_open(state_, other);
    require_reply();
    question(other);
    const amqp_rpc_reply_t reply = amqp_get_rpc_reply(state_);
    if (!is_channel_close(reply))
    {
        require_ok(reply);
        require_ok(amqp_channel_close(state_, other, AMQP_REPLY_SUCCESS));
        return std::nullopt;
    }
    broker_refusal refusal = refusal_of(reply.reply);
    amqp_channel_close_ok_t ok{};
    require(amqp_send_method(state_, other, AMQP_CHANNEL_CLOSE_OK_METHOD, &ok));
    return refusal;
}

void session::confirm_publishes()
{
    amqp_confirm_select(state_, channel);
    require_reply();
}

void session::send_head(const std::string& exchange, const std::string& routing_key,
                        const amqp_basic_properties_t& properties, std::size_t body_bytes)
{
    amqp_basic_publish_t method{};
    method.exchange = bytes_of(exchange);
    method.routing_key = bytes_of(routing_key);
    method.mandatory = 1;
    require(amqp_send_method(state_, channel, AMQP_BASIC_PUBLISH_METHOD, &method));
    amqp_frame_t frame{};
    frame.frame_type = AMQP_FRAME_HEADER;
    frame.channel = channel;
    frame.payload.properties.class_id = AMQP_BASIC_CLASS;
    frame.payload.properties.body_size = body_bytes;
    frame.payload.properties.decoded = const_cast<amqp_basic_properties_t*>(&properties);
    require(amqp_send_frame(state_, &frame));
    ++sent_;
}

void session::send_body(std::string_view part)
{
    amqp_frame_t frame{};
    frame.frame_type = AMQP_FRAME_BODY;
    frame.channel = channel;
    frame.payload.body_fragment = bytes_of(part);
    require(amqp_send_frame(state_, &frame));
}

void session::consume(const std::string& queue, const std::string& consumer, std::uint16_t prefetch)
{
    synchronize(prefetch);
    amqp_basic_consume(state_, channel, bytes_of(queue), bytes_of(consumer), 0, 0, 0,
                       amqp_empty_table);
    require_reply();
    require(amqp_set_rpc_timeout(state_, nullptr));
}

// The bound for consumers to come, which there are none of: any question that changes nothing would
// do.
void session::synchronize(std::uint16_t prefetch)
{
    amqp_basic_qos(state_, channel, 0, prefetch, 0);
    require_reply();
}

bool session::read(amqp_frame_t& into)
{
    for (;;)
    {
        amqp_maybe_release_buffers(state_);
        timeval nothing{};
        const int status = amqp_simple_wait_frame_noblock(state_, &into, &nothing);
        if (status == AMQP_STATUS_TIMEOUT)
            return false;
        if (status != AMQP_STATUS_OK)
            is_open_ = false;
        require(status);
        if (into.frame_type == AMQP_FRAME_METHOD)
            notice(into);
        if (into.channel == channel)
            return true;
    }
}

void session::notice(const amqp_frame_t& frame)
{
    const amqp_method_t& method = frame.payload.method;
    switch (method.id)
    {
    case AMQP_CONNECTION_BLOCKED_METHOD:
        blocked_ = packets::one_line(std::string(
            text_of(static_cast<const amqp_connection_blocked_t*>(method.decoded)->reason)));
        break;
    case AMQP_CONNECTION_UNBLOCKED_METHOD: blocked_.clear(); break;
    case AMQP_CONNECTION_CLOSE_METHOD: is_open_ = false; throw refusal_of(method);
    case AMQP_CHANNEL_CLOSE_METHOD: throw refusal_of(method);
    case AMQP_BASIC_CANCEL_METHOD:
        throw broker_error("the broker delivers no more, as of a queue that was deleted");
    default: break;
    }
}

bool session::wait(std::chrono::milliseconds time, bool for_room) const
{
    pollfd waiting{socket_, static_cast<short>(for_room ? POLLIN | POLLOUT : POLLIN), 0};
    ::poll(&waiting, 1, static_cast<int>(time.count()));
    return (waiting.revents & POLLOUT) != 0;
}

void session::require(int status) const
{
    if (status == AMQP_STATUS_OK)
        return;
    if (status == AMQP_STATUS_NO_MEMORY)
        throw std::bad_alloc();
    throw broker_error(amqp_error_string2(status));
}

void session::require_reply() const
{
    require_ok(amqp_get_rpc_reply(state_));
}

void session::stop_reading() const noexcept
{
    ::shutdown(socket_, SHUT_RD);
}

void session::cut() const noexcept
{
    ::shutdown(socket_, SHUT_RDWR);
}

} // namespace amqp_package
