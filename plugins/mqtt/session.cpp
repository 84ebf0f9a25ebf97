// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "session.hpp"

#include "reach.hpp"

#include <array>
#include <cerrno>
#include <mutex>
#include <new>
#include <span>
#include <system_error>

#include <fcntl.h>
#include <mqtt_protocol.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mqtt_package
{
namespace
{

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

constexpr const char* trusted_by_system = "/etc/ssl/certs";

// Once in a process; what it holds ends with that.
void begin_library()
{
    static std::once_flag begun;
    std::call_once(begun, [] { mosquitto_lib_init(); });
}

mosquitto* made_by(const session_settings& with, void* self)
{
    begin_library();
    const char* const client = with.client.empty() ? nullptr : with.client.c_str();
    mosquitto* const made = mosquitto_new(client, !with.is_kept, self);
    if (made == nullptr)
        throw std::bad_alloc();
    return made;
}

// A broker that is gone without a word is found by the system.
void watch(int socket)
{
    const int yes = 1;
    const int idle = 10;
    const int between = 5;
    const int times = 3;
    const unsigned unanswered = 25'000; // ms
    ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &between, sizeof between);
    ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &times, sizeof times);
    ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &unanswered, sizeof unanswered);
}

} // namespace

session::session(const session_settings& with, session_events on)
    : name_(with.to.text()),
      is_version_5_(with.is_version_5),
      connect_time_(with.connect_time),
      events_(std::move(on)),
      handle_(made_by(with, this), mosquitto_destroy)
{
    prepare(with);
    if (const std::string wrong = problem_of_reaching(with.to, connect_time_); !wrong.empty())
        throw mqtt_error(wrong);
    mosquitto_property* properties = nullptr;
    if (with.is_version_5 && with.is_kept)
        mosquitto_property_add_int32(&properties, MQTT_PROP_SESSION_EXPIRY_INTERVAL, 0xffffffff);
    const int code =
        mosquitto_connect_bind_v5(raw(), with.to.host.c_str(), with.to.port,
                                  static_cast<int>(with.keep_alive.count()), nullptr, properties);
    mosquitto_property_free_all(&properties);
    require(code);
    watch(mosquitto_socket(raw()));
    await([this] { return is_connected_; }, true, "no answer");
}

session::~session() = default;

void session::prepare(const session_settings& with)
{
    mosquitto_threaded_set(raw(), true);
    mosquitto_int_option(raw(), MOSQ_OPT_PROTOCOL_VERSION,
                         with.is_version_5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311);
    mosquitto_int_option(raw(), MOSQ_OPT_TCP_NODELAY, 1);
    mosquitto_int_option(raw(), MOSQ_OPT_SEND_MAXIMUM, 1000);
    if (with.receive_maximum != 0)
        mosquitto_int_option(raw(), MOSQ_OPT_RECEIVE_MAXIMUM,
                             static_cast<int>(with.receive_maximum));
    if (!with.user.empty())
        require(mosquitto_username_pw_set(raw(), with.user.c_str(), with.password.c_str()));
    const auto named = [](const std::string& file)
    { return file.empty() ? nullptr : file.c_str(); };
    if (with.to.is_secure)
        require(mosquitto_tls_set(raw(), named(with.authorities),
                                  with.authorities.empty() ? trusted_by_system : nullptr,
                                  named(with.certificate), named(with.key), nullptr));
    mosquitto_connect_v5_callback_set(raw(), on_connect);
    mosquitto_disconnect_v5_callback_set(raw(), on_disconnect);
    mosquitto_subscribe_v5_callback_set(raw(), on_subscribe);
    mosquitto_message_v5_callback_set(raw(), on_message);
    mosquitto_publish_v5_callback_set(raw(), on_publish);
}

void session::subscribe(const std::vector<std::string>& topics)
{
    subscribed_ = 0;
    for (const std::string& each : topics)
        require(mosquitto_subscribe_v5(raw(), nullptr, each.c_str(), 1,
                                       is_version_5_ ? MQTT_SUB_OPT_SEND_RETAIN_NEW : 0, nullptr));
    while (wants_to_write())
        write(connect_time_);
    await([&] { return subscribed_ == topics.size(); }, false, "no answer to the subscription");
}

void session::await(const std::function<bool()>& what, bool may_write,
                    const std::string& else_wrong)
{
    const clock::time_point end = clock::now() + connect_time_;
    while (!what())
    {
        if (clock::now() > end)
            throw mqtt_error(else_wrong + " within " + std::to_string(connect_time_.count()) +
                             " ms");
        advance(10ms, may_write);
    }
}

int session::socket() const
{
    const int found = mosquitto_socket(raw());
    if (found < 0)
        throw mqtt_error(wrong_.empty() ? "the connection was lost" : wrong_);
    return found;
}

void session::advance(std::chrono::milliseconds time, bool may_write)
{
    const bool writes = may_write && wants_to_write();
    pollfd waiting{socket(), static_cast<short>(writes ? POLLIN | POLLOUT : POLLIN), 0};
    ::poll(&waiting, 1, static_cast<int>(time.count()));
    if ((waiting.revents & POLLOUT) != 0)
        require(mosquitto_loop_write(raw(), 1));
    if ((waiting.revents & ~POLLOUT) != 0)
        require(mosquitto_loop_read(raw(), 1));
    if (may_write)
        require(mosquitto_loop_misc(raw()));
    if (!wrong_.empty())
        throw mqtt_error(wrong_);
}

void session::write(std::chrono::milliseconds time)
{
    pollfd waiting{socket(), POLLOUT, 0};
    if (::poll(&waiting, 1, static_cast<int>(time.count())) == 0)
        throw mqtt_error("the broker takes nothing");
    require(mosquitto_loop_write(raw(), 1));
    if (!wrong_.empty())
        throw mqtt_error(wrong_);
}

bool session::wants_to_write() const
{
    return mosquitto_want_write(raw());
}

// The library closes its socket at once; who connects again by the same id then would have the
// broker throw away what it has not read yet.
void session::leave() noexcept
{
    const int socket = ::fcntl(mosquitto_socket(raw()), F_DUPFD_CLOEXEC, 0);
    if (socket < 0)
        return;
    if (mosquitto_disconnect(raw()) == MOSQ_ERR_SUCCESS)
        mosquitto_loop_write(raw(), 1);
    const clock::time_point end = clock::now() + 1s;
    std::array<char, 4096> ignored{};
    pollfd waiting{socket, POLLIN, 0};
    while (clock::now() < end && ::poll(&waiting, 1, 100) >= 0)
        if (waiting.revents != 0 && ::recv(socket, ignored.data(), ignored.size(), 0) <= 0)
            break;
    ::close(socket);
}

void session::require(int code) const
{
    if (code == MOSQ_ERR_SUCCESS)
        return;
    if (code == MOSQ_ERR_NOMEM)
        throw std::bad_alloc();
    if (!wrong_.empty())
        throw mqtt_error(wrong_);
    throw mqtt_error(code == MOSQ_ERR_ERRNO ? std::generic_category().message(errno)
                                            : mosquitto_strerror(code));
}

void session::on_connect(mosquitto*, void* self, int reason, int flags, const mosquitto_property*)
{
    auto& of = *static_cast<session*>(self);
    of.is_connected_ = reason == 0;
    of.was_kept_ = (flags & 1) != 0;
    if (reason != 0)
        of.wrong_ =
            of.is_version_5_ ? mosquitto_reason_string(reason) : mosquitto_connack_string(reason);
}

void session::on_disconnect(mosquitto*, void* self, int reason, const mosquitto_property*)
{
    auto& of = *static_cast<session*>(self);
    constexpr int of_broker = 0x80; // and above; below are those of the library
    if (of.wrong_.empty())
        of.wrong_ = reason >= of_broker ? mosquitto_reason_string(reason)
                                        : std::string("the connection was lost");
}

void session::on_subscribe(mosquitto*, void* self, int, int count, const int* granted,
                           const mosquitto_property*)
{
    auto& of = *static_cast<session*>(self);
    ++of.subscribed_;
    for (const int each : std::span(granted, static_cast<std::size_t>(count)))
        if (each >= 0x80)
            of.wrong_ = "topics: the broker refuses the subscription: " +
                        std::string(mosquitto_reason_string(each));
}

void session::on_message(mosquitto*, void* self, const mosquitto_message* message,
                         const mosquitto_property* properties)
{
    const auto& of = *static_cast<session*>(self);
    if (of.events_.message)
        of.events_.message(*message, properties);
}

void session::on_publish(mosquitto*, void* self, int id, int reason, const mosquitto_property*)
{
    const auto& of = *static_cast<session*>(self);
    if (of.events_.published)
        of.events_.published(id, reason);
}

} // namespace mqtt_package
