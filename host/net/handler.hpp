// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/answer/completion.hpp"
#include "message.hpp"
#include "origin.hpp"

#include <functional>
#include <optional>

namespace penstock::host::http
{

/// Receives the requests of a server. Both calls come from the server's threads, at the same time
/// for different connections, and in order, one at a time, for one connection. They must not block.
/// An exception becomes a 500; its text is not shown to the client.
class handler
{
public:
    virtual ~handler() = default;

    /// Looks at a request's header before its body is read (`body` is empty): an answer refuses the
    /// request (404, 405, 413, 415, 401…) and nothing of the body is kept; nothing goes on. What is
    /// found out may be left in `found`.
    virtual std::optional<response> head(request& head) = 0;

    /// Tells who may ask for what a request asks for. Called for those alone to whom the rules of
    /// the server object, with the header of the request.
    virtual audience audience_of(const request& /*head*/) const { return audience::own; }

    /// Takes the complete request, which is gone when this returns. Its body may be moved from. Who
    /// keeps all of it leaves an empty request in its place.
    virtual void handle(request& received, reply answer) = 0;

    /// Makes a call on the thread that says so, behind the events that are ready there by then.
    using to_post = std::function<void(std::function<void()>)>;

    /// Brackets one thread of the server, which calls this first: an override sets up here what all
    /// requests of the thread share. It calls `serve` once, which returns when the server stops.
    virtual void serve_thread(const to_post& /*post*/, const std::function<void()>& serve)
    {
        serve();
    }
};

} // namespace penstock::host::http
