// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/components/sink.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace penstock::bench
{
namespace
{

void send_all(int to, std::string_view text)
{
    while (!text.empty())
    {
        const ssize_t sent = ::send(to, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            ::_exit(0);
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void receive_some(int from, std::string& into)
{
    std::array<char, 65536> part;
    const ssize_t size = ::recv(from, part.data(), part.size(), 0);
    if (size <= 0)
        ::_exit(0);
    into.append(part.data(), static_cast<std::size_t>(size));
}

std::string answer_to(std::string_view head, std::string_view body)
{
    std::string answer = "{}";
    if (head.substr(0, head.find('\r')).find("/_bulk") != std::string_view::npos)
    {
        answer = R"({"took":1,"errors":false,"items":[)";
        const auto items = std::ranges::count(body, '\n') / 2;
        for (auto n = items; n > 0; --n)
            answer += n == 1 ? R"({"index":{"status":201}})" : R"({"index":{"status":201}},)";
        answer += "]}";
    }
    const std::string about = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                              "Content-Length: " +
                              std::to_string(answer.size()) + "\r\n\r\n";
    return head.starts_with("HEAD ") ? about : about + answer;
}

// Requests one behind the other, as libcurl writes them.
[[noreturn]] void serve(int connection)
{
    constexpr std::string_view length = "\r\nContent-Length: ";
    std::string got;
    for (;;)
    {
        std::size_t end = got.find("\r\n\r\n");
        if (end == std::string::npos)
        {
            receive_some(connection, got);
            continue;
        }
        end += 4;
        const std::string head = got.substr(0, end);
        if (head.find("\r\nExpect: 100-continue") != std::string::npos)
            send_all(connection, "HTTP/1.1 100 Continue\r\n\r\n");
        const std::size_t at = head.find(length);
        const std::size_t size = at == std::string::npos
                                     ? 0
                                     : std::strtoul(head.c_str() + at + length.size(), nullptr, 10);
        while (got.size() < end + size)
            receive_some(connection, got);
        send_all(connection, answer_to(head, std::string_view(got).substr(end, size)));
        got.erase(0, end + size);
    }
}

[[noreturn]] void accept_all(int listener)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::signal(SIGCHLD, SIG_IGN);
    for (;;)
    {
        const int connection = ::accept(listener, nullptr, nullptr);
        if (connection < 0)
            ::_exit(1);
        if (::fork() == 0)
            serve(connection);
        ::close(connection);
    }
}

} // namespace

sink::sink()
{
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (listener < 0 || ::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener, 16) != 0 ||
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("sink: there is no port on 127.0.0.1");
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    process_ = ::fork();
    if (process_ == 0)
        accept_all(listener);
    ::close(listener);
}

sink::~sink()
{
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

} // namespace penstock::bench
