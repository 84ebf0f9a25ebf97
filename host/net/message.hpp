// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{
class budget_share;
} // namespace penstock::host

namespace penstock::host::http
{

/// Compares two header names (or other ASCII tokens) without regard to case.
bool same_token(std::string_view left, std::string_view right) noexcept;

struct header_field
{
    std::string name;
    std::string value;
};

/// Holds header fields in the order they were sent; names are looked up without regard to case.
class header_list
{
public:
    /// Finds the first field of that name; nullptr when there is none. The list owns the value.
    const std::string* find(std::string_view name) const noexcept;

    /// Returns the first value of that name, or an empty view.
    std::string_view value(std::string_view name) const noexcept;

    /// Appends a field, also when the name is there already.
    void add(std::string_view name, std::string_view value);

    /// Replaces every field of that name by one.
    void set(std::string_view name, std::string_view value);

    void erase(std::string_view name);

    auto begin() const noexcept { return fields_.begin(); }

    auto end() const noexcept { return fields_.end(); }

    std::size_t size() const noexcept { return fields_.size(); }

    bool empty() const noexcept { return fields_.empty(); }

private:
    std::vector<header_field> fields_;
};

struct query_parameter
{
    std::string name;
    std::string value;
};

/// Describes one request as the routes see it: framing, limits, Host and Origin are checked,
/// path and query are decoded valid UTF-8 without NUL.
struct request
{
    /// As sent, except that HEAD arrives as GET with `head_only` set.
    std::string method;
    bool head_only = false;

    /// As sent: `/data/a%20b?ack=memory`, but without the scheme and authority of an absolute one;
    /// `*` of OPTIONS alone, with an empty path.
    std::string target;

    /// The decoded segments: `/` has none, `/data/a%2Fb` has `data` and `a/b`, `/data/` has `data`
    /// and an empty one. A segment may contain a slash that was sent encoded; it is never `.` or
    /// `..`.
    std::vector<std::string> path;

    /// In the order sent; `?ack` has an empty value.
    std::vector<query_parameter> query;

    header_list headers;

    /// What the body has of the memory for bodies on their way, unless it is short. Who keeps the
    /// request keeps it.
    std::shared_ptr<budget_share> share{};

    /// Free of transfer coding; a content coding (`Content-Encoding`) is still on it.
    std::string body;

    /// What `Content-Length` announced; nothing for a chunked or absent body.
    std::optional<std::size_t> content_length;

    /// Whether a body follows the header (it may still be empty when chunked).
    bool has_body = false;

    /// The other end's address, without its port.
    std::string peer;

    /// 10 or 11.
    unsigned version = 11;

    /// Whether it names a host that is not this one, or comes from a page of another site. Routes
    /// for others than `audience::own` alone see such.
    bool is_foreign = false;

    /// Finds the first query parameter of that name; names are case-sensitive.
    std::optional<std::string_view> parameter(std::string_view name) const noexcept;
};

struct websocket_upgrade;

/// Describes one answer. The session adds Date, Content-Length and Connection, and compresses.
struct response
{
    unsigned status = 200;
    header_list headers;
    std::string body;

    /// What the body has of the memory for answers, if it is bounded; given back when the answer
    /// is written, or its client has left.
    std::shared_ptr<budget_share> share{};

    /// Of a 101: what gets the connection; see websocket.hpp.
    std::shared_ptr<websocket_upgrade> upgrade{};

    /// Makes an `application/json` answer from text that is JSON already.
    static response json(unsigned status, std::string text);

    /// Makes an RFC 9457 `application/problem+json` answer; `where` is left out when empty, and an
    /// empty title becomes the status's usual phrase.
    static response problem(unsigned status, std::string_view title, std::string_view detail,
                            std::string_view where = {});

    /// Makes a problem of status 503 whose Retry-After is `retry_after` seconds.
    static response unavailable(std::string_view detail, unsigned retry_after);
};

/// Names a status code as RFC 9110 does: "Not Found".
std::string_view reason_phrase(unsigned status) noexcept;

} // namespace penstock::host::http
