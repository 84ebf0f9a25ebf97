// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "characters.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
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
constexpr bool same_token(std::string_view left, std::string_view right) noexcept
{
    // Most of the dozens of comparisons of a request end at the length.
    return left.size() == right.size() && std::ranges::equal(left, right, {}, lower, lower);
}

/// A field of a header, as a view into the list that has it.
struct header_field
{
    std::string_view name;
    std::string_view value;
};

/// Holds header fields in the order they were sent; names are looked up without regard to case. All
/// share one text, as on the wire, so that a list takes two allocations and not two a field.
/// Whatever changes the list ends the views into it.
class header_list
{
public:
    class iterator;

    /// Finds the value of the first field of that name; nothing when there is none.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept;

    /// Returns the first value of that name, or an empty view.
    [[nodiscard]] std::string_view value(std::string_view name) const noexcept
    {
        return find(name).value_or(std::string_view{});
    }

    /// Appends a field, also when the name is there already. Neither is a view into this list.
    void add(std::string_view name, std::string_view value);

    /// Replaces every field of that name by one.
    void set(std::string_view name, std::string_view value);

    void erase(std::string_view name);

    /// Starts over with the lines of a message, and returns them as the list has them; they hold no
    /// field until each is marked.
    std::string_view start(std::string_view lines);

    /// Makes a field of two parts of what start() returned.
    void mark(std::string_view name, std::string_view value);

    /// The lines of a list that add(), set() and erase() made, as on the wire; or what start() was
    /// given, until the list is changed otherwise.
    [[nodiscard]] std::string_view lines() const noexcept { return text_; }

    /// Replaces a value, a view into this list, in its place.
    void overwrite(std::string_view value, std::string_view with);

    /// Removes all fields; keeps what memory a usual message needs.
    void clear() noexcept;

    [[nodiscard]] iterator begin() const noexcept;
    [[nodiscard]] iterator end() const noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }

    [[nodiscard]] bool empty() const noexcept { return places_.empty(); }

private:
    /// Where a field stands in the text.
    struct place
    {
        std::uint32_t name;
        std::uint32_t name_size;
        std::uint32_t value;
        std::uint32_t value_size;
    };

    [[nodiscard]] header_field at(const place& of) const noexcept
    {
        const std::string_view text{text_};
        return {text.substr(of.name, of.name_size), text.substr(of.value, of.value_size)};
    }

    std::string text_;
    std::vector<place> places_;
};

class header_list::iterator
{
public:
    using difference_type = std::ptrdiff_t;
    using value_type = header_field;

    iterator() = default;
    iterator(const header_list& of, std::size_t at) noexcept : of_{&of}, at_{at} {}

    header_field operator*() const noexcept { return of_->at(of_->places_[at_]); }

    iterator& operator++() noexcept
    {
        ++at_;
        return *this;
    }

    iterator operator++(int) noexcept { return {*of_, at_++}; }

    bool operator==(const iterator&) const noexcept = default;

private:
    const header_list* of_ = nullptr;
    std::size_t at_ = 0;
};

inline header_list::iterator header_list::begin() const noexcept
{
    return {*this, 0};
}

inline header_list::iterator header_list::end() const noexcept
{
    return {*this, size()};
}

struct query_parameter
{
    std::string name;
    std::string value;
};

/// What a handler finds out from a request's header; it alone knows more of it.
struct finding
{
    virtual ~finding() = default;

    /// Lets go of what concerns one request alone. The rest is there for the next one, if that has
    /// the same header.
    virtual void let_go() noexcept {}
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

    /// Whether its header is that of the request before it on the connection, but for the digits of
    /// `Content-Length`.
    bool is_repeated = false;

    /// What the handler found out from the header, for when the body has come; if it is repeated,
    /// before that what was found out from the header of the request before.
    std::shared_ptr<finding> found{};

    /// Finds the first query parameter of that name; names are case-sensitive.
    std::optional<std::string_view> parameter(std::string_view name) const noexcept;

    /// Makes it as new, but for the memory that a usual request needs.
    void renew();
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
