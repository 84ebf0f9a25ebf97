// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/host_call.hpp"

#include "host/net/client.hpp"
#include "host/net/problem_answer.hpp"

namespace penstock::host::cli
{

namespace
{

// What a client has by itself, unless there is a deadline.
std::chrono::milliseconds timeout_until(std::chrono::steady_clock::time_point deadline)
{
    if (deadline == std::chrono::steady_clock::time_point::max())
        return http::client::settings{}.timeout;
    return std::chrono::ceil<std::chrono::milliseconds>(deadline -
                                                        std::chrono::steady_clock::now());
}

} // namespace

boost::system::result<json::value, problem> ask(const host_address& to, const std::string& method,
                                                const std::string& target, const std::string& body,
                                                std::chrono::steady_clock::time_point deadline)
{
    const auto host = reach(to);
    if (!host)
        return host.error();
    http::client client(host->host, {.timeout = timeout_until(deadline), .who = host->who});
    client.end_by(deadline);
    http::header_list headers;
    if (!body.empty())
        headers.add("Content-Type", "application/json");
    const boost::system::result<http::response> answer = client.send(method, target, headers, body);
    if (!answer)
        return problem(to.url, "", "cannot be reached: " + answer.error().message(),
                       "a host that runs was expected");
    if (answer->status < 200 || answer->status > 299)
        return problem(target, "", http::answer_text(*answer), "");
    if (answer->body.empty())
        return json::value();
    try
    {
        return parse_json(answer->body);
    }
    catch (const json_error& error)
    {
        return problem(target, "", "the answer is no JSON: " + std::string(error.what()),
                       "a host of Penstock was expected");
    }
}

std::string text_of(const json::value& object, std::string_view name)
{
    const json::value* found = object.is_object() ? object.get_object().if_contains(name) : nullptr;
    if (found == nullptr)
        return {};
    return found->is_string() ? std::string(found->get_string()) : write_json(*found);
}

} // namespace penstock::host::cli
