// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::host::http::testing
{

using clock = std::chrono::steady_clock;

constexpr auto patience = std::chrono::seconds{10};

struct answer
{
    unsigned status = 0;
    std::string head;
    std::string body;

    bool has(std::string_view line) const
    {
        return head.find("\r\n" + std::string{line} + "\r\n") != std::string::npos;
    }
};

/// A client that says exactly what it is told, however wrong.
class raw_client
{
public:
    raw_client() : fd_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {}

    explicit raw_client(std::uint16_t port) : raw_client{} { connect(port); }

    raw_client(raw_client&& other) noexcept
        : fd_{std::exchange(other.fd_, -1)}, received_{std::move(other.received_)}
    {
    }

    ~raw_client() { close(); }

    void connect(std::uint16_t port)
    {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
        {
            throw std::runtime_error{"connect failed"};
        }
    }

    /// Sends everything; false if the other side does not take it any more.
    bool send(std::string_view text)
    {
        while (!text.empty())
        {
            const auto sent = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0)
            {
                return false;
            }
            text.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    void half_close() { ::shutdown(fd_, SHUT_WR); }

    /// Goes away as a killed process does: the other side sees a reset.
    void reset()
    {
        const linger hard{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        close();
    }

    void close()
    {
        if (fd_ >= 0)
        {
            ::close(std::exchange(fd_, -1));
        }
    }

    /// Waits for bytes or the end; true if there is something to read.
    bool readable(clock::time_point deadline) const
    {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
        pollfd one{.fd = fd_, .events = POLLIN, .revents = 0};
        return ::poll(&one, 1, static_cast<int>(std::max<std::int64_t>(0, left.count()))) > 0;
    }

    /// Reads some; false at the end, or when the deadline passes.
    bool receive(clock::time_point deadline = clock::now() + patience)
    {
        if (!readable(deadline))
        {
            throw std::runtime_error{"nothing came in time; so far: " + received_};
        }
        char block[16384];
        const auto count = ::recv(fd_, block, sizeof block, 0);
        if (count <= 0)
        {
            return false;
        }
        received_.append(block, static_cast<std::size_t>(count));
        return true;
    }

    /// Reads one whole answer and leaves what comes behind it.
    answer read_answer(bool without_body = false)
    {
        const auto deadline = clock::now() + patience;
        std::size_t end = 0;
        while ((end = received_.find("\r\n\r\n")) == std::string::npos)
        {
            must(receive(deadline));
        }
        answer read{.status = 0, .head = received_.substr(0, end + 4), .body = {}};
        received_.erase(0, end + 4);
        read.status = static_cast<unsigned>(std::stoul(read.head.substr(9, 3)));
        const auto at = read.head.find("\r\nContent-Length: ");
        if (at != std::string::npos && !without_body)
        {
            const auto length = std::stoul(read.head.substr(at + 18));
            while (received_.size() < length)
            {
                must(receive(deadline));
            }
            read.body = received_.substr(0, length);
            received_.erase(0, length);
        }
        return read;
    }

    /// Waits until that has come, and leaves it there.
    void wait_for(std::string_view text)
    {
        const auto deadline = clock::now() + patience;
        while (received_.find(text) == std::string::npos)
        {
            must(receive(deadline));
        }
    }

    answer ask(std::string_view request)
    {
        send(request);
        return read_answer();
    }

    /// Reads until the other side ends the connection; what came, or nothing if it stays open.
    std::optional<std::string> read_to_end(clock::time_point deadline = clock::now() + patience)
    {
        while (readable(deadline))
        {
            if (!receive(deadline))
            {
                return std::exchange(received_, {});
            }
        }
        return std::nullopt;
    }

    int fd() const { return fd_; }

private:
    static void must(bool came)
    {
        if (!came)
        {
            throw std::runtime_error{"the connection ended within an answer"};
        }
    }

    int fd_;
    std::string received_;
};

/// Routes that tests make up; by default every request is answered with what it was.
class made_up_routes final : public handler
{
public:
    std::optional<response> head(request& head) override
    {
        ++heads;
        return on_head ? on_head(head) : std::nullopt;
    }

    audience audience_of(const request& head) const override
    {
        return head.target == for_anybody ? audience::anybody : audience::own;
    }

    void handle(request& received, reply answer) override
    {
        ++requests;
        if (on_request)
        {
            on_request(std::move(received), std::move(answer));
            return;
        }
        response made{.status = 200, .headers = {}, .body = {}};
        made.headers.add("Content-Type", "text/plain");
        made.body = received.method + ' ' + received.target + '\n' + received.body;
        answer(std::move(made));
    }

    std::function<std::optional<response>(const request&)> on_head;
    std::function<void(request, reply)> on_request;
    std::string for_anybody;
    std::atomic<int> heads = 0;
    std::atomic<int> requests = 0;
};

inline limits quick_limits()
{
    limits bounds;
    bounds.header_time = std::chrono::seconds{1};
    bounds.body_time = std::chrono::seconds{1};
    bounds.idle_time = std::chrono::seconds{1};
    bounds.discard_time = std::chrono::milliseconds{500};
    return bounds;
}

/// A server on a port of its own, started.
struct running_server
{
    explicit running_server(server::settings with = {}) : serves{routes, std::move(with)}
    {
        port = serves.listen({.address = "127.0.0.1", .port = 0}).value();
        serves.start();
    }

    raw_client client() const { return raw_client{port}; }

    /// Returns whether a fresh client is still served.
    bool alive() const
    {
        return client().ask("GET /alive HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 200;
    }

    made_up_routes routes;
    server serves;
    std::uint16_t port = 0;
};

/// Keeps back the answer to the requests of a server from now on.
class held_answer
{
public:
    /// The server outlives it; it is its only routes.
    explicit held_answer(running_server& of)
    {
        of.routes.on_request = [this](const request&, reply answer)
        {
            kept_ = std::move(answer);
            is_held_ = true;
        };
    }

    /// The answer to give, once a request has come.
    reply& wait();

private:
    reply kept_;
    std::atomic<bool> is_held_ = false;
};

inline std::string get(std::string_view target, std::string_view fields = {})
{
    return "GET " + std::string{target} + " HTTP/1.1\r\nHost: localhost\r\n" + std::string{fields} +
           "\r\n";
}

inline std::string post(std::string_view target, std::string_view body,
                        std::string_view fields = {})
{
    return "POST " + std::string{target} +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + std::string{fields} + "\r\n" + std::string{body};
}

/// Waits until something holds; false when it does not in time.
template <class Condition>
bool eventually(Condition holds, clock::duration within = patience)
{
    const auto deadline = clock::now() + within;
    while (!holds())
    {
        if (clock::now() > deadline)
        {
            return false;
        }
        ::poll(nullptr, 0, 1);
    }
    return true;
}

inline reply& held_answer::wait()
{
    if (!eventually([this] { return is_held_.load(); }))
        throw std::runtime_error("no request has come");
    return kept_;
}

} // namespace penstock::host::http::testing
