// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

/// A request that a server of a test got.
struct received_request
{
    std::string method;
    std::string target;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;

    [[nodiscard]] std::string header(const std::string& name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

/// What a server of a test answers.
struct scripted_answer
{
    unsigned status = 200;
    std::string body{};
    std::vector<std::string> headers{}; ///< each `Name: value`
    bool cuts = false;                  ///< the connection instead, without an answer
    bool hangs = false;                 ///< never answers
    std::string garbage{};              ///< is sent instead, and the connection closed
};

/// The files that a server of a test shows itself with.
struct server_certificate
{
    std::string file;
    std::string key;
};

/// A server of HTTP/1.1 on a port of its own on 127.0.0.1, which answers as it is told, each
/// connection on a thread of its own.
class scripted_server
{
public:
    using script = std::function<scripted_answer(const received_request&)>;

    /// `answer` is called by one thread at a time.
    explicit scripted_server(script answer);
    /// The same with TLS.
    scripted_server(script answer, const server_certificate& shown);
    ~scripted_server();
    scripted_server(const scripted_server&) = delete;
    scripted_server& operator=(const scripted_server&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] std::string url() const;

    /// All requests so far.
    [[nodiscard]] std::vector<received_request> requests() const;

    /// Closes the port, and cuts all connections.
    void stop();

    /// Opens the same port again.
    void start();

private:
    struct connection;

    void accept_all(int listener);
    void serve(connection& with);
    void serve_requests(connection& with);

    const script answer_;
    std::shared_ptr<void> tls_;
    std::uint16_t port_ = 0;
    int listener_ = -1;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::list<connection> connections_;
    std::vector<received_request> requests_;
    std::thread accepting_;
};
