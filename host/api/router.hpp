// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/access/access.hpp"
#include "host/api/background_pool.hpp"
#include "host/net/handler.hpp"
#include "host/net/message.hpp"

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::host::api
{

/// Gives the values of a pattern's names, `/receipts/{id}`, in one path. Views the request.
class path_arguments
{
public:
    /// Both outlive this object; the path matches the pattern.
    path_arguments(const std::vector<std::string>& pattern, const std::vector<std::string>& path)
        : pattern_(pattern), path_(path)
    {
    }

    /// Returns the value, or an empty view if the pattern has no such name: values are never empty.
    [[nodiscard]] std::string_view operator[](std::string_view name) const noexcept;

    /// The same names, once the request has moved.
    [[nodiscard]] path_arguments in(const http::request& moved) const
    {
        return {pattern_, moved.path};
    }

private:
    const std::vector<std::string>& pattern_;
    const std::vector<std::string>& path_;
};

/// Describes one parameter of a query for `/openapi.json`.
struct query_description
{
    std::string name;
    std::string help;
};

/// Describes one answer for `/openapi.json`.
struct answer_description
{
    unsigned status = 200;
    std::string help;
};

/// Answers a complete request, now or later; may move from it, but while it has not returned not
/// from its path.
using action = std::function<void(http::request&, const path_arguments&, const http::reply&)>;

/// Answers a request at once.
using answering = std::function<http::response(const http::request&, const path_arguments&)>;

/// One method of one path: what it does, and how it is documented.
struct operation
{
    std::string method;
    std::string path; ///< `/api/graphs/{name}`; a name stands for one segment that is not empty
    access needs;     ///< what its caller must be allowed to
    std::string summary{};
    std::vector<query_description> query{};
    std::vector<answer_description> answers{};
    std::string body{}; ///< the media type that it takes, `*/*` for any; empty: a body is refused
    http::audience audience = http::audience::own;

    /// Tells by the header whom the request is for, instead of `audience`; may be empty.
    std::function<http::audience(const http::request&, const path_arguments&)> audience_for{};

    /// Looks at the header before the body is read, and may leave what it finds out; may be empty.
    std::function<std::optional<http::response>(http::request&, const path_arguments&)> screen{};

    action act{};
};

/// Makes an action of a function that has the answer at once.
[[nodiscard]] action at_once(answering answer);

/// Makes an action of a function that may block: it runs on `slow`, which ends before the
/// router does. When too much waits there, the request has waited too long, or the function has
/// taken too long, the answer is 503; of a journal_error that leaves the function too, and of other
/// exceptions 500, with their text in the report of `slow`. Method and path name the job.
[[nodiscard]] action in_background(background_pool& slow, answering answer);

/// The same for one that answers later.
[[nodiscard]] action in_background(background_pool& slow, action act);

class authenticator;

/// Finds the operation for a method and a path. Immutable once requests come. [any thread]
class router
{
public:
    /// Sets the authenticator of all requests, which outlives the router. Without this call all are
    /// allowed.
    void protect(authenticator& authentication) { authenticator_ = &authentication; }

    /// From when `is_ending` is set, which outlives the router, what needs more than to read is
    /// refused with 503: the host takes in nothing more, and nothing is changed.
    void heed_end(const std::atomic<bool>& is_ending) { is_ending_ = &is_ending; }

    void add(operation added);

    /// Answers 404, 405, what the guard objects to, 503 near the end of the host, or what the
    /// operation's screen says; nothing to go on.
    [[nodiscard]] std::optional<http::response> screen(http::request& head) const;

    /// Tells whom a request's operation is for; of what there is none, for nobody else than its
    /// own.
    [[nodiscard]] http::audience audience_of(const http::request& head) const;

    void route(http::request& received, const http::reply& answer) const;

    /// All operations in the order they were added.
    [[nodiscard]] std::vector<const operation*> operations() const;

private:
    struct entry
    {
        operation does;
        std::vector<std::string> pattern; // segments; names keep their braces
    };

    [[nodiscard]] const entry* find(const http::request& wanted) const;
    [[nodiscard]] http::response refuse(const http::request& wanted) const;
    [[nodiscard]] bool comes_too_late(const access& needs) const;

    std::vector<entry> entries_;
    authenticator* authenticator_ = nullptr;
    const std::atomic<bool>* is_ending_ = nullptr;
};

} // namespace penstock::host::api
