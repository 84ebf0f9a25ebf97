// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_server.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace
{

int open_listener(std::uint16_t port)
{
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    at.sin_port = htons(port);
    if (::bind(made, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 ||
        ::listen(made, 64) != 0)
    {
        const std::error_code error(errno, std::generic_category());
        ::close(made);
        throw std::system_error(error, "a server of a test");
    }
    return made;
}

std::uint16_t port_of(int listener)
{
    sockaddr_in at{};
    socklen_t size = sizeof at;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&at), &size);
    return ntohs(at.sin_port);
}

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string_view trimmed(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    return text;
}

received_request read_head(std::string_view head)
{
    received_request made;
    std::string_view line = head.substr(0, head.find("\r\n"));
    made.method = line.substr(0, line.find(' '));
    line.remove_prefix(made.method.size() + 1);
    made.target = line.substr(0, line.find(' '));
    head.remove_prefix(head.find("\r\n") + 2);
    while (!head.empty())
    {
        const std::string_view field = head.substr(0, head.find("\r\n"));
        const std::size_t colon = field.find(':');
        if (colon != std::string_view::npos)
            made.headers[lower(std::string(field.substr(0, colon)))] =
                trimmed(field.substr(colon + 1));
        head.remove_prefix(std::min(head.size(), field.size() + 2));
    }
    return made;
}

std::string write_answer(const scripted_answer& answer)
{
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) +
                       " Told\r\nContent-Length: " + std::to_string(answer.body.size()) + "\r\n";
    for (const std::string& each : answer.headers)
        text += each + "\r\n";
    return text + "\r\n" + answer.body;
}

} // namespace

struct scripted_server::connection
{
    int socket;
    SSL* tls = nullptr;
    std::thread serving{};
    std::string buffer{};
    bool is_open = true; // guarded by the server's mutex

    /// Reads some more; false when there is no more.
    bool read()
    {
        std::array<char, 65536> part;
        const auto count = tls != nullptr
                               ? SSL_read(tls, part.data(), static_cast<int>(part.size()))
                               : ::recv(socket, part.data(), part.size(), 0);
        if (count <= 0)
            return false;
        buffer.append(part.data(), static_cast<std::size_t>(count));
        return true;
    }

    bool write(std::string_view text)
    {
        while (!text.empty())
        {
            const auto count = tls != nullptr
                                   ? SSL_write(tls, text.data(), static_cast<int>(text.size()))
                                   : ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
            if (count <= 0)
                return false;
            text.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    /// Reads a request; nothing when there is no more.
    std::optional<received_request> next()
    {
        std::size_t end = 0;
        while ((end = buffer.find("\r\n\r\n")) == std::string::npos)
            if (!read())
                return std::nullopt;
        received_request made = read_head(std::string_view(buffer).substr(0, end + 2));
        buffer.erase(0, end + 4);
        const std::string length = made.header("content-length");
        const std::size_t size = length.empty() ? 0 : std::stoul(length);
        while (buffer.size() < size)
            if (!read())
                return std::nullopt;
        made.body = buffer.substr(0, size);
        buffer.erase(0, size);
        return made;
    }
};

scripted_server::scripted_server(script answer) : answer_(std::move(answer))
{
    start();
}

scripted_server::scripted_server(script answer, const server_certificate& shown)
    : answer_(std::move(answer))
{
    std::signal(SIGPIPE, SIG_IGN); // of SSL_write
    tls_ = std::shared_ptr<SSL_CTX>(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    auto* const context = static_cast<SSL_CTX*>(tls_.get());
    if (SSL_CTX_use_certificate_chain_file(context, shown.file.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, shown.key.c_str(), SSL_FILETYPE_PEM) != 1)
        throw std::runtime_error("a server of a test: its certificate cannot be read");
    start();
}

scripted_server::~scripted_server()
{
    stop();
}

std::string scripted_server::url() const
{
    return (tls_ != nullptr ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_);
}

std::vector<received_request> scripted_server::requests() const
{
    const std::lock_guard lock(mutex_);
    return requests_;
}

void scripted_server::start()
{
    listener_ = open_listener(port_);
    port_ = port_of(listener_);
    stopping_ = false;
    accepting_ = std::thread([this] { accept_all(listener_); });
}

void scripted_server::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (const connection& each : connections_)
            if (each.is_open)
                ::shutdown(each.socket, SHUT_RDWR);
    }
    changed_.notify_all();
    if (listener_ >= 0)
        ::shutdown(listener_, SHUT_RDWR); // accept() returns
    if (accepting_.joinable())
        accepting_.join();
    if (listener_ >= 0)
        ::close(std::exchange(listener_, -1));
    for (connection& each : connections_)
        each.serving.join();
    connections_.clear();
}

void scripted_server::accept_all(int listener)
{
    for (;;)
    {
        const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        const bool was_aborted = socket < 0 && errno == ECONNABORTED;
        const std::lock_guard lock(mutex_);
        if (socket < 0 && (stopping_ || !was_aborted))
            return;
        if (socket < 0)
            continue;
        if (stopping_)
        {
            ::close(socket);
            return;
        }
        connection& added = connections_.emplace_back(connection{socket});
        added.serving = std::thread([this, &added] { serve(added); });
    }
}

void scripted_server::serve(connection& with)
{
    if (tls_ != nullptr)
    {
        with.tls = SSL_new(static_cast<SSL_CTX*>(tls_.get()));
        SSL_set_fd(with.tls, with.socket);
    }
    if (with.tls == nullptr || SSL_accept(with.tls) == 1)
        serve_requests(with);
    SSL_free(with.tls);
    const std::lock_guard lock(mutex_);
    with.is_open = false;
    ::close(with.socket);
}

void scripted_server::serve_requests(connection& with)
{
    while (const auto request = with.next())
    {
        scripted_answer answer;
        {
            std::unique_lock lock(mutex_);
            requests_.push_back(*request);
            answer = answer_(*request);
            if (answer.hangs)
                changed_.wait(lock, [this] { return stopping_; });
        }
        if (!answer.garbage.empty())
            (void)with.write(answer.garbage);
        if (answer.cuts || answer.hangs || !answer.garbage.empty() ||
            !with.write(write_answer(answer)))
            return;
    }
}
