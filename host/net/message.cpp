// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "message.hpp"

#include "characters.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string>

namespace penstock::host::http
{

bool same_token(std::string_view left, std::string_view right) noexcept
{
    return std::ranges::equal(left, right, {}, lower, lower);
}

const std::string* header_list::find(std::string_view name) const noexcept
{
    for (const auto& field : fields_)
    {
        if (same_token(field.name, name))
        {
            return &field.value;
        }
    }
    return nullptr;
}

std::string_view header_list::value(std::string_view name) const noexcept
{
    const auto* found = find(name);
    return found != nullptr ? std::string_view{*found} : std::string_view{};
}

void header_list::add(std::string_view name, std::string_view value)
{
    constexpr std::size_t usual = 8;
    if (fields_.empty())
    {
        fields_.reserve(usual);
    }
    fields_.push_back({std::string{name}, std::string{value}});
}

void header_list::set(std::string_view name, std::string_view value)
{
    // `value` may be a view of a field that is about to go.
    header_field fresh{std::string{name}, std::string{value}};
    erase(fresh.name);
    fields_.push_back(std::move(fresh));
}

void header_list::erase(std::string_view name)
{
    std::erase_if(fields_, [&](const header_field& field) { return same_token(field.name, name); });
}

std::optional<std::string_view> request::parameter(std::string_view name) const noexcept
{
    for (const auto& parameter : query)
    {
        if (parameter.name == name)
        {
            return parameter.value;
        }
    }
    return std::nullopt;
}

response response::json(unsigned status, std::string text)
{
    response made{.status = status, .headers = {}, .body = std::move(text)};
    made.headers.add("Content-Type", "application/json");
    return made;
}

response response::problem(unsigned status, std::string_view title, std::string_view detail,
                           std::string_view where)
{
    boost::json::object body{{"type", "about:blank"},
                             {"title", title.empty() ? reason_phrase(status) : title},
                             {"status", status},
                             {"detail", detail}};
    if (!where.empty())
    {
        body["where"] = where;
    }
    response made{.status = status, .headers = {}, .body = boost::json::serialize(body)};
    made.headers.add("Content-Type", "application/problem+json");
    return made;
}

response response::unavailable(std::string_view detail, unsigned retry_after)
{
    response made = problem(503, {}, detail);
    made.headers.add("Retry-After", std::to_string(retry_after));
    return made;
}

std::string_view reason_phrase(unsigned status) noexcept
{
    switch (status)
    {
    case 100: return "Continue";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
    }
}

} // namespace penstock::host::http
