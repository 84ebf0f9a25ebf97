// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/rollout/graph_answer.hpp"

#include "host/net/problem_answer.hpp"

#include <penstock/json.hpp>

namespace penstock::host::rollout
{

namespace
{

json::value parsed(const http::response& answer)
{
    try
    {
        return parse_json(answer.body);
    }
    catch (const json_error&) // no host of ours
    {
        return {};
    }
}

const json::value* find(const json::value& object, std::string_view name)
{
    return object.is_object() ? object.get_object().if_contains(name) : nullptr;
}

std::string text_of(const json::value& object, std::string_view name)
{
    const json::value* found = find(object, name);
    return found != nullptr && found->is_string() ? std::string(found->get_string())
                                                  : std::string();
}

} // namespace

bool is_success(const http::response& answer) noexcept
{
    return answer.status >= 200 && answer.status <= 299;
}

bool is_certain_refusal(const http::response& answer) noexcept
{
    return answer.status >= 400 && answer.status <= 499;
}

std::vector<problem> problems_in(const http::response& answer, const std::string& address)
{
    std::vector<problem> all;
    const json::value body = parsed(answer);
    if (const json::value* listed = find(body, "problems"); listed != nullptr && listed->is_array())
        for (const json::value& each : listed->get_array())
            all.emplace_back(address, text_of(each, "pointer"), text_of(each, "message"),
                             text_of(each, "expected"));
    if (all.empty() && !is_success(answer))
        all.emplace_back(address, "", http::answer_text(answer), "");
    return all;
}

graph_state_answer read_state(const http::response& answer)
{
    graph_state_answer made;
    const json::value body = parsed(answer);
    if (const json::value* state = find(body, "state"); state != nullptr && state->is_string())
        made.state = state->get_string();
    // Of a graph that never ran it is null.
    if (const json::value* of = find(body, "deployed_revision"); of != nullptr && of->is_string())
        made.deployed_tag = tag_of_revision(of->get_string());
    return made;
}

std::string tag_of_revision(std::string_view revision)
{
    return '"' + std::string(revision) + '"';
}

std::string revision_in(const std::string& tag)
{
    return tag.size() < 2 ? tag : tag.substr(1, tag.size() - 2);
}

std::string short_revision(const std::string& tag)
{
    constexpr std::size_t digits = 12;
    return "revision " + revision_in(tag).substr(0, digits);
}

} // namespace penstock::host::rollout
