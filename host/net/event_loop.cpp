// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "event_loop.hpp"

#include "host/base/crash_stack.hpp"

#include <boost/asio/post.hpp>

#include <functional>
#include <utility>

#include <pthread.h>

namespace penstock::host::http
{

void event_loop::start(handler& routes)
{
    thread_ = std::jthread(
        [this, &routes]
        {
            const crash_stack stack_of_handler;
            routes.serve_thread([this](std::function<void()> call)
                                { boost::asio::post(context_, std::move(call)); },
                                [this] { context_.run(); });
        });
    ::pthread_setname_np(thread_.native_handle(), "http");
}

void event_loop::join()
{
    if (thread_.joinable())
        thread_.join();
}

} // namespace penstock::host::http
