// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "receiver.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <limits>
#include <string_view>
#include <system_error>

namespace syslog_package
{
namespace
{

using namespace std::chrono_literals;

constexpr std::size_t bytes_at_a_time = std::size_t{64} << 10;
constexpr auto time_to_shake_hands = 10s;
constexpr auto time_to_end = 2s;
constexpr auto quiet = 300ms;

} // namespace

struct receiver::listener
{
    const listen_address& at;
    std::size_t number;
    socket_handle socket;
    std::uint32_t lost = 0; // as it was told last
};

struct receiver::connection
{
    socket_handle socket;
    std::size_t listener;
    std::string peer;
    frames messages;
    clock::time_point since = clock::now();
    std::optional<tls_session> tls{};
    bool is_over = false;

    [[nodiscard]] bool is_late() const
    {
        return tls && !tls->is_open() && clock::now() - since > time_to_shake_hands;
    }

    [[nodiscard]] std::optional<std::size_t> read(std::span<char> into)
    {
        return tls ? tls->read(into) : read_at(socket, into);
    }
};

receiver::receiver(receiver_settings with)
    : settings_(std::move(with)), buffer_(std::max(bytes_at_a_time, settings_.message_bytes))
{
}

receiver::~receiver() = default;

void receiver::open()
{
    if (tls_ == nullptr && !settings_.tls.certificate.empty())
        tls_ = std::make_unique<tls_server>(settings_.tls);
    for (std::size_t i = listeners_.size(); i < settings_.addresses.size(); ++i)
    {
        const listen_address& at = settings_.addresses[i];
        listeners_.push_back(
            std::make_unique<listener>(listener{at, i, listen_at(at, settings_.udp_buffer)}));
    }
}

std::vector<received_message> receiver::take(std::size_t most, std::chrono::milliseconds time)
{
    std::vector<received_message> found;
    const bool is_ready = await(time);
    count_lost();
    if (!is_ready)
        return found;
    read_connections(most, found);
    for (std::size_t i = 0; i < listeners_.size(); ++i)
    {
        if (polled_[i].revents == 0)
            continue;
        if (listeners_[i]->at.kind == transport::udp)
            (void)receive_all(*listeners_[i], found);
        else
            accept_all(*listeners_[i]);
    }
    return found;
}

std::vector<received_message> receiver::finish()
{
    constexpr std::size_t most_bytes = std::size_t{64} << 20;
    std::vector<received_message> found;
    for (const auto& each : listeners_)
    {
        if (each->at.kind != transport::udp)
            accept_all(*each); // who is waiting there may have sent
        else
            while (receive_all(*each, found))
                continue;
    }
    listeners_.clear();
    for (const auto& each : connections_)
        end_sending(each->socket); // so that the client finds the connection closed
    const auto until = clock::now() + time_to_end;
    std::size_t bytes = 0;
    while (!connections_.empty() && clock::now() < until && bytes < most_bytes && await(quiet))
    {
        const std::size_t before = found.size();
        read_connections(std::numeric_limits<std::size_t>::max(), found);
        for (std::size_t i = before; i < found.size(); ++i)
            bytes += sizeof found[i] + found[i].text.size();
    }
    for (const auto& each : connections_)
        if (std::optional<frame> last = each->messages.rest())
            give(*each, std::move(*last), found);
    connections_.clear();
    return found;
}

// Those that were polled.
void receiver::read_connections(std::size_t most, std::vector<received_message>& into)
{
    const std::size_t known = connections_.size();
    for (std::size_t i = 0; i < known && into.size() < most; ++i)
    {
        const std::size_t at = (next_ + i) % known;
        connection& each = *connections_[at];
        const bool is_ready = polled_[listeners_.size() + at].revents != 0;
        if (is_ready || (each.tls && each.tls->has_more()))
            each.is_over = !read(each, into);
        else
            each.is_over = each.is_late();
    }
    next_ = known == 0 ? 0 : (next_ + 1) % known;
    std::erase_if(connections_, [](const auto& each) { return each->is_over; });
}

// Waits until there is something to do; returns whether there is.
bool receiver::await(std::chrono::milliseconds time)
{
    polled_.clear();
    for (const auto& each : listeners_)
        polled_.push_back({each->socket.number(), POLLIN, 0});
    bool is_ready = false;
    for (const auto& each : connections_)
    {
        const bool waits_to_write = each->tls && each->tls->waits_to_write();
        polled_.push_back(
            {each->socket.number(), static_cast<short>(waits_to_write ? POLLOUT : POLLIN), 0});
        is_ready = is_ready || (each->tls && (each->tls->has_more() || each->is_late()));
    }
    const int wait = is_ready ? 0 : static_cast<int>(time.count());
    const int ready = ::poll(polled_.data(), polled_.size(), wait);
    if (ready < 0 && errno != EINTR)
        throw std::system_error(errno, std::generic_category(), "poll");
    return ready > 0 || is_ready;
}

void receiver::count_lost()
{
    for (const auto& each : listeners_)
    {
        if (each->at.kind != transport::udp)
            continue;
        const std::uint32_t now = lost_at(each->socket);
        counted_.lost += now - each->lost;
        each->lost = now;
    }
}

void receiver::accept_all(const listener& from)
{
    while (std::optional<accepted> each = accept_at(from.socket))
    {
        if (connections_.size() >= settings_.connections)
        {
            ++counted_.refused; // and closed
            continue;
        }
        ++counted_.connections;
        connections_.push_back(std::make_unique<connection>(
            connection{std::move(each->socket), from.number, std::move(each->peer),
                       frames(settings_.message_bytes)}));
        connection& made = *connections_.back();
        if (from.at.kind == transport::tls)
            made.tls.emplace(*tls_, made.socket.number());
    }
}

// Returns whether there may be more.
bool receiver::receive_all(const listener& from, std::vector<received_message>& into)
{
    constexpr int at_once = 256; // then others have their turn
    const std::span<char> room = std::span(buffer_).first(settings_.message_bytes);
    for (int i = 0; i < at_once; ++i)
    {
        std::optional<datagram> each = receive_at(from.socket, room);
        if (!each)
            return false;
        into.push_back({std::string(room.data(), each->size), each->is_cut, from.number,
                        std::move(each->peer), std::time(nullptr)});
    }
    return true;
}

// Returns whether the connection goes on.
bool receiver::read(connection& from, std::vector<received_message>& into)
{
    bool goes_on = true;
    try
    {
        const std::optional<std::size_t> size =
            from.read(std::span(buffer_).first(bytes_at_a_time));
        if (size)
            from.messages.add({buffer_.data(), *size});
        goes_on = !size || *size > 0;
    }
    catch (const std::exception&) // it was cut, or is no TLS
    {
        counted_.refused += from.tls && !from.tls->is_open() ? 1 : 0;
        goes_on = false;
    }
    while (std::optional<frame> each = from.messages.next())
        give(from, std::move(*each), into);
    if (std::optional<frame> last = goes_on ? std::nullopt : from.messages.rest())
        give(from, std::move(*last), into);
    return goes_on;
}

void receiver::give(const connection& from, frame&& what, std::vector<received_message>& into)
{
    into.push_back(
        {std::move(what.text), what.is_cut, from.listener, from.peer, std::time(nullptr)});
}

} // namespace syslog_package
