// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../curl/packet_text.hpp"

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http_package
{

/// What packets name of the URLs that a component asks for.
enum class named_part
{
    nothing, ///< the graph alone names the URL: there is one server, and one address of it
    address, ///< a part of the path or of the query
    host
};

/// The URL and header fields of requests, as each packet fills them. [any thread]
class request_head
{
public:
    request_head() = default;

    /// `headers` has a text for each name. Throws std::invalid_argument for what problem_of_url()
    /// and problem_of_headers() object to.
    request_head(const std::string& url, const penstock::json::object& headers);

    /// Returns what is wrong with a URL with places, or with header fields; empty: nothing.
    [[nodiscard]] static std::string problem_of_url(const std::string& url);
    [[nodiscard]] static std::string problem_of_headers(const penstock::json::object& headers);

    /// What packets name of a URL with places.
    [[nodiscard]] static named_part part_named_by_packets(std::string_view url);

    /// Fills the URL; values become parts of a path or query. Throws std::invalid_argument for what
    /// is no text, and for what makes another path of it: an empty value there, or a `.` or `..`
    /// between slashes.
    [[nodiscard]] std::string url(const penstock::packet& from) const;

    /// Fills the header fields, each `Name: value`. Throws std::invalid_argument for what is no text
    /// and for a value with control characters.
    [[nodiscard]] std::vector<std::string> headers(const penstock::packet& from) const;

    /// Whether a field of that name is given; `name` is in lower case.
    [[nodiscard]] bool has(std::string_view name) const;

private:
    curl::packet_text url_;   // up to the query
    curl::packet_text query_; // with its question mark; and the fragment
    bool is_whole_ = false;   // a packet tells all of it
    std::vector<std::pair<std::string, curl::packet_text>> headers_;
};

} // namespace http_package
