// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/unavailable.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace curl
{

/// How a client connects; each bound has a safe default.
struct settings
{
    std::string user{};     ///< of basic authentication (RFC 7617); empty: none
    std::string password{}; ///< never shown
    std::string ca_file{};  ///< PEM; whom to trust instead of those whom the system trusts
    bool verify = true;     ///< that the server is whom the URL names, by its certificate
    std::chrono::milliseconds connect_time = std::chrono::seconds(10);
    std::chrono::milliseconds time = std::chrono::seconds(60); ///< of a whole request
    std::size_t answer_bytes = std::size_t{64} << 20;          ///< of a body, unpacked; at most
    bool cuts_answers = false; ///< what is more is passed over; else it is an error
};

/// One request. What it refers to outlives it.
struct request
{
    std::string method = "GET";
    std::string url;
    std::vector<std::string> headers{}; ///< each `Name: value`
    std::string_view body{};            ///< of POST, PUT and PATCH
    bool public_only = false;           ///< addresses that are not public are refused
    bool connect_only = false;          ///< nothing is sent; the status of the answer is 0
};

/// One answer, whatever its status.
struct answer
{
    unsigned status = 0;
    std::string body;
    std::string type;                         ///< as `Content-Type` says; or empty
    std::chrono::milliseconds retry_after{0}; ///< as `Retry-After` says (RFC 9110, 10.2.3); or 0
};

/// The exception of a request to an address that is not public.
class refused_address : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The exception of a request that a server took the connection for, and gave no whole answer to: it
/// closed the connection, answered what is no HTTP, or let time run out.
class no_answer : public penstock::unavailable
{
public:
    using unavailable::unavailable;
};

/// A client of HTTP/1.1 and HTTP/2 on libcurl, which keeps its connections. Redirections are not
/// followed, and proxies that the environment names are not used. [one fiber]
class client
{
public:
    /// Throws std::runtime_error when there is no memory for it. [any thread]
    explicit client(settings with);
    ~client();
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    /// Sends a request and returns its answer. Suspends; at teardown the connection is cut within
    /// a tenth of a second. Throws penstock::unavailable when there is no answer: the name is
    /// unknown, the connection is refused or cut, the certificate is wrong, time is up; it is
    /// no_answer if the server took the connection. Throws std::invalid_argument for a URL that is
    /// none, refused_address, and std::runtime_error for an answer that is too large.
    [[nodiscard]] answer send(const request& what);

private:
    class transfer;
    struct handles;

    const settings settings_;
    const std::unique_ptr<handles> handles_;
};

} // namespace curl
