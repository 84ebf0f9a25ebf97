// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/router.hpp"

#include "host/api/access/authenticator.hpp"
#include "host/journal/journal.hpp"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>

namespace penstock::host::api
{

namespace
{

bool is_name(std::string_view segment) noexcept
{
    return segment.starts_with('{');
}

std::vector<std::string> split(std::string_view path)
{
    std::vector<std::string> segments;
    while (!path.empty())
    {
        path.remove_prefix(1);
        const std::string_view segment = path.substr(0, path.find('/'));
        if (!segment.empty())
            segments.emplace_back(segment);
        path.remove_prefix(segment.size());
    }
    return segments;
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path) noexcept
{
    return std::ranges::equal(pattern, path,
                              [](std::string_view wanted, std::string_view found)
                              { return is_name(wanted) ? !found.empty() : wanted == found; });
}

// The name of the work for a request, without its query: that may hold what is nobody's business.
std::string name_of(const http::request& of)
{
    constexpr std::size_t longest = 200;
    const std::string_view target = of.target;
    return of.method + ' ' + std::string(target.substr(0, target.find('?')).substr(0, longest));
}

} // namespace

std::string_view path_arguments::operator[](std::string_view name) const noexcept
{
    for (std::size_t i = 0; i < pattern_.size(); ++i)
    {
        const std::string_view segment = pattern_[i];
        if (is_name(segment) && segment.substr(1, segment.size() - 2) == name)
            return path_[i];
    }
    return {};
}

action at_once(answering answer)
{
    return [answer = std::move(answer)](http::request& received, const path_arguments& path,
                                        const http::reply& give) { give(answer(received, path)); };
}

action in_background(background_pool& slow, answering answer)
{
    return in_background(slow, at_once(std::move(answer)));
}

action in_background(background_pool& slow, action act)
{
    return [&slow, act = std::move(act)](http::request& received, const path_arguments& path,
                                         const http::reply& give)
    {
        auto moved = std::make_shared<http::request>(std::exchange(received, {}));
        background_job job{.name = name_of(*moved)};
        job.run = [&slow, act, moved, path = path.in(*moved), give]
        {
            try
            {
                act(*moved, path, give);
            }
            catch (const journal_error& error)
            {
                give(http::response::unavailable(error.what(), 10));
            }
            catch (const std::exception& error)
            {
                slow.report(error.what());
                give(http::response::problem(500, {}, "the request failed inside the host"));
            }
        };
        job.refuse = [give](std::string_view why) { give(http::response::unavailable(why, 5)); };
        if (!slow.take(std::move(job)))
            give(http::response::unavailable("too many slow requests wait already", 5));
    };
}

void router::add(operation added)
{
    std::vector<std::string> pattern = split(added.path);
    entries_.push_back({std::move(added), std::move(pattern)});
}

std::optional<http::response> router::screen(http::request& head) const
{
    const entry* found = find(head);
    if (found == nullptr)
        return refuse(head);
    if (authenticator_ != nullptr)
        if (auto objected = authenticator_->objection(head, found->does.needs))
            return objected;
    if (comes_too_late(found->does.needs))
        return http::response::unavailable(
            "the host is stopping: it works off what it has, and takes in nothing more", 5);
    if (head.has_body && found->does.body.empty())
        return http::response::problem(400, {}, "body: has no meaning here; none was expected",
                                       head.target);
    if (!found->does.screen)
        return std::nullopt;
    return found->does.screen(head, {found->pattern, head.path});
}

bool router::comes_too_late(const access& needs) const
{
    const bool is_read = !needs.needed() || *needs.needed() == scope::read;
    return !is_read && is_ending_ != nullptr && *is_ending_;
}

http::audience router::audience_of(const http::request& head) const
{
    const entry* found = find(head);
    if (found == nullptr)
        return http::audience::own;
    return found->does.audience_for ? found->does.audience_for(head, {found->pattern, head.path})
                                    : found->does.audience;
}

void router::route(http::request& received, const http::reply& answer) const
{
    const entry* found = find(received);
    if (found == nullptr)
        answer(refuse(received));
    else
        found->does.act(received, {found->pattern, received.path}, answer);
}

std::vector<const operation*> router::operations() const
{
    std::vector<const operation*> all;
    for (const entry& each : entries_)
        all.push_back(&each.does);
    return all;
}

const router::entry* router::find(const http::request& wanted) const
{
    const auto found = std::ranges::find_if(
        entries_, [&](const entry& each)
        { return each.does.method == wanted.method && matches(each.pattern, wanted.path); });
    return found == entries_.end() ? nullptr : &*found;
}

http::response router::refuse(const http::request& wanted) const
{
    std::string allowed;
    for (const entry& each : entries_)
    {
        if (!matches(each.pattern, wanted.path))
            continue;
        allowed += allowed.empty() ? "" : ", ";
        allowed += each.does.method == "GET" ? "GET, HEAD" : each.does.method;
    }
    if (allowed.empty())
        return http::response::problem(404, {}, "there is no such route; see /openapi.json",
                                       wanted.target);
    http::response refused = http::response::problem(
        405, {}, wanted.method + " has no meaning here; " + allowed + " was expected",
        wanted.target);
    refused.headers.add("Allow", allowed);
    return refused;
}

} // namespace penstock::host::api
