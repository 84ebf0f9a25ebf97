// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/hosts/own_link.hpp"

#include "host/net/answer/completion.hpp"
#include "host/net/query.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <semaphore>
#include <utility>

namespace penstock::host::api
{

namespace
{

// Who brings the answer may do so after the wait for it.
struct awaited
{
    std::counting_semaphore<> woken{0};
    std::shared_ptr<http::completion> answer;
};

} // namespace

boost::system::result<http::response> own_link::send(std::string_view method,
                                                     const std::string& target,
                                                     const http::header_list& headers,
                                                     const std::string& body)
{
    http::request whole = made(method, target, headers, body);
    http::request head = whole;
    head.body.clear();
    if (auto refused = routes_.head(head))
        return *std::move(refused);
    whole.found = std::move(head.found);
    const auto waiting = std::make_shared<awaited>();
    waiting->answer = std::make_shared<http::completion>(
        [held = std::weak_ptr(waiting)]
        {
            if (const auto still = held.lock())
                still->woken.release();
        });
    routes_.handle(whole, http::reply(waiting->answer));
    std::optional<http::any_answer> given = waiting->answer->take();
    while (!given && std::chrono::steady_clock::now() < deadline_)
    {
        (void)waiting->woken.try_acquire_until(std::min(deadline_, waiting->answer->due()));
        given = waiting->answer->take();
    }
    waiting->answer->abandon();
    if (!given)
        return make_error_code(boost::system::errc::timed_out);
    return spelled_out(*std::move(given));
}

http::request own_link::made(std::string_view method, const std::string& target,
                             const http::header_list& headers, const std::string& body) const
{
    http::request sent;
    sent.method = method;
    sent.target = target;
    sent.path = http::decode_path(target).value();
    sent.query = http::decode_query(target).value();
    sent.headers = headers;
    if (!who_.token.empty())
        sent.headers.add("Authorization", "Bearer " + who_.token);
    sent.peer = who_.peer;
    sent.has_body = !body.empty();
    if (sent.has_body)
        sent.content_length = body.size();
    sent.body = body;
    return sent;
}

} // namespace penstock::host::api
