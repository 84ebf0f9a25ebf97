// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "message.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <utility>

namespace penstock::host::http
{

namespace
{

// What a message usually has, and what a connection may keep from one to the next: of thousands of
// them, few have sent more.
constexpr std::size_t usual_text = 512;
constexpr std::size_t usual_fields = 16;
constexpr std::size_t usual_parts = 16; // of a path, or of a query

template <class Container>
void recycle(Container& used, std::size_t usual) noexcept
{
    if (used.capacity() > 2 * usual)
        Container{}.swap(used);
    used.clear();
}

} // namespace

std::optional<std::string_view> header_list::find(std::string_view name) const noexcept
{
    for (const place& each : places_)
        if (each.name_size == name.size() && same_token(at(each).name, name))
            return at(each).value;
    return std::nullopt;
}

void header_list::add(std::string_view name, std::string_view value)
{
    constexpr std::size_t some_text = 256;
    constexpr std::size_t some_fields = 8;
    if (places_.empty())
    {
        text_.reserve(some_text);
        places_.reserve(some_fields);
    }
    constexpr std::string_view colon = ": ";
    const auto begin = static_cast<std::uint32_t>(text_.size());
    const auto name_size = static_cast<std::uint32_t>(name.size());
    text_.append(name).append(colon).append(value).append(crlf);
    places_.push_back({begin, name_size,
                       begin + name_size + static_cast<std::uint32_t>(colon.size()),
                       static_cast<std::uint32_t>(value.size())});
}

void header_list::set(std::string_view name, std::string_view value)
{
    // Either may be a view of a field that is about to go.
    const std::string kept_name{name};
    const std::string kept_value{value};
    erase(kept_name);
    add(kept_name, kept_value);
}

void header_list::erase(std::string_view name)
{
    header_list rest;
    for (const header_field each : *this)
        if (!same_token(each.name, name))
            rest.add(each.name, each.value);
    *this = std::move(rest);
}

std::string_view header_list::start(std::string_view lines)
{
    places_.clear();
    text_.assign(lines);
    return text_;
}

void header_list::mark(std::string_view name, std::string_view value)
{
    const auto offset = [this](std::string_view part)
    { return part.empty() ? 0U : static_cast<std::uint32_t>(part.data() - text_.data()); };
    places_.push_back({offset(name), static_cast<std::uint32_t>(name.size()), offset(value),
                       static_cast<std::uint32_t>(value.size())});
}

void header_list::overwrite(std::string_view value, std::string_view with)
{
    const auto at = static_cast<std::uint32_t>(value.data() - text_.data());
    const auto old_size = static_cast<std::uint32_t>(value.size());
    const auto size = static_cast<std::uint32_t>(with.size());
    text_.replace(at, old_size, with);
    if (size == old_size)
        return;
    for (place& each : places_)
    {
        if (each.value == at && each.value_size == old_size)
            each.value_size = size;
        if (each.name > at)
            each.name += size - old_size;
        if (each.value > at) // not that of an empty one, which is nowhere
            each.value += size - old_size;
    }
}

void header_list::clear() noexcept
{
    recycle(text_, usual_text);
    recycle(places_, usual_fields);
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

void request::renew()
{
    request fresh; // so that nothing is left of the one before
    fresh.headers = std::move(headers);
    fresh.path = std::move(path);
    fresh.query = std::move(query);
    fresh.headers.clear();
    recycle(fresh.path, usual_parts);
    recycle(fresh.query, usual_parts);
    *this = std::move(fresh);
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
