// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/telemetry.hpp"

#include "curl/scripted_server.hpp"
#include "tests/host/net/reserved_port.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace telemetry
{
namespace
{

using namespace std::chrono_literals;

scripted_server& far_server()
{
    static scripted_server far([](const received_request&)
                               { return scripted_answer{.body = "{}"}; });
    return far;
}

std::size_t& forgotten()
{
    static std::size_t count = 0;
    return count;
}

std::uint16_t port()
{
    static const penstock::host::http::testing::reserved_port one;
    return one.number();
}

std::string request()
{
    std::string body = R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[)";
    for (int n = 0; n < 500; ++n)
        body += (n == 0 ? R"({"body":{"intValue":)" : R"(,{"body":{"intValue":)") +
                std::to_string(n) + "}}";
    body += "]}]}]}";
    return "POST /v1/logs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
           "Content-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Sends the request again and again, until it is answered with 200.
class exporter
{
public:
    exporter() : thread_([this] { run(); }) {}

    ~exporter()
    {
        stops_ = true;
        thread_.join();
    }

private:
    void run()
    {
        const std::string text = request();
        while (!stops_ && !send(text))
            std::this_thread::sleep_for(1ms); // between two tries
    }

    bool send(const std::string& text) const
    {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        to.sin_port = htons(port());
        const timeval patience{0, 50'000};
        (void)::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        std::string told;
        if (::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 &&
            ::send(socket, text.data(), text.size(), MSG_NOSIGNAL) ==
                static_cast<ssize_t>(text.size()))
        {
            std::array<char, 1000> part{};
            ssize_t got = -1;
            while (got < 0 && !stops_)
            {
                got = ::recv(socket, part.data(), part.size(), 0);
                if (got < 0 && errno != EAGAIN)
                    break;
            }
            told.assign(part.data(), got < 0 ? 0 : static_cast<std::size_t>(got));
        }
        ::close(socket);
        return told.starts_with("HTTP/1.1 200");
    }

    std::atomic<bool> stops_ = false;
    std::thread thread_;
};

} // namespace

std::string server()
{
    return R"({"url": ")" + far_server().url() +
           R"(", "format": "json", "compression": "none", "batch_wait": "5ms", "batch_count": 1})";
}

void empty()
{
    forgotten() = far_server().requests().size();
}

std::vector<std::string> received()
{
    std::vector<std::string> bodies;
    const auto all = far_server().requests();
    for (std::size_t i = forgotten(); i < all.size(); ++i)
        bodies.push_back(all[i].body);
    return bodies;
}

std::string listening()
{
    return R"({"port": )" + std::to_string(port()) + "}";
}

void send()
{
    static std::unique_ptr<exporter> one;
    one.reset();
    one = std::make_unique<exporter>();
}

} // namespace telemetry
