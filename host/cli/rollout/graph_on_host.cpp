// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/rollout/graph_on_host.hpp"

#include "host/cli/host_call.hpp"
#include "host/cli/problem_answer.hpp"
#include "host/store/revision.hpp"

#include <thread>
#include <utility>

namespace penstock::host::cli
{

namespace
{

constexpr std::chrono::milliseconds between_looks{50};

// Deadlines bound what is asked; the client's own limit only has to be longer.
constexpr std::chrono::minutes longest_call{30};

bool is_success(const http::response& answer)
{
    return answer.status >= 200 && answer.status <= 299;
}

// The host has changed nothing when it says so.
bool is_certain_refusal(const http::response& answer)
{
    return answer.status >= 400 && answer.status <= 499;
}

std::string tag_of(std::string_view revision)
{
    return '"' + std::string(revision) + '"';
}

std::string unquoted(const std::string& tag)
{
    return tag.size() < 2 ? tag : tag.substr(1, tag.size() - 2);
}

// Enough of it for people.
std::string short_revision(const std::string& revision)
{
    constexpr std::size_t digits = 12;
    return revision.substr(0, digits);
}

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

// A member that is a text; of a graph that never ran, the revision is null.
std::optional<std::string> text_at(const json::value& object, std::string_view name)
{
    const json::value* found = object.is_object() ? object.get_object().if_contains(name) : nullptr;
    if (found == nullptr || !found->is_string())
        return std::nullopt;
    return std::string(found->get_string());
}

} // namespace

graph_on_host::graph_on_host(const std::string& address, const host_access& access,
                             const new_graph& graph)
    : address_(address),
      graph_(graph),
      target_("/api/graphs/" + percent_encoded(graph.name)),
      client_(access.host, {.timeout = longest_call, .who = access.who}),
      tag_(tag_of(host::revision(graph.text)))
{
}

boost::system::result<http::response, problem> graph_on_host::send(std::string_view method,
                                                                   const std::string& target,
                                                                   const std::string& body,
                                                                   http::header_list headers)
{
    if (!body.empty())
        headers.add("Content-Type", "application/json");
    auto answer = client_.send(method, target, headers, body);
    if (!answer)
        return problem(address_, "", "does not answer: " + answer.error().message(),
                       "a host that runs was expected");
    return *std::move(answer);
}

graph_on_host::problems graph_on_host::refusal(const http::response& answer) const
{
    problems all;
    const json::value body = parsed(answer);
    if (body.is_object())
        if (const json::value* listed = body.get_object().if_contains("problems");
            listed != nullptr && listed->is_array())
            for (const json::value& each : listed->get_array())
                all.emplace_back(address_, text_of(each, "pointer"), text_of(each, "message"),
                                 text_of(each, "expected"));
    if (all.empty() && !is_success(answer))
        all.emplace_back(address_, "", answer_text(answer), "");
    return all;
}

graph_on_host::problems graph_on_host::validate(clock::time_point deadline)
{
    client_.end_by(deadline);
    const auto answer = send("POST", target_ + "/validate", graph_.text);
    return answer ? refusal(*answer) : problems{answer.error()};
}

graph_on_host::problems graph_on_host::note(clock::time_point deadline)
{
    client_.end_by(deadline);
    auto file = send("GET", target_);
    if (!file)
        return {file.error()};
    if (file->status == 404)
        return {};
    if (!is_success(*file))
        return refusal(*file);
    before_.tag = file->headers.value("ETag");
    before_.text = std::move(file->body);
    const auto state = send("GET", target_ + "/state");
    if (!state)
        return {state.error()};
    return is_success(*state) ? note_version(*state) : refusal(*state);
}

// What runs may be another version than the file: that was stored since, and not deployed.
graph_on_host::problems graph_on_host::note_version(const http::response& state)
{
    const json::value body = parsed(state);
    if (text_at(body, "state") == "stopped")
        return {};
    const auto revision = text_at(body, "deployed_revision");
    before_.running = before_.text;
    before_.running_tag = revision ? tag_of(*revision) : before_.tag;
    if (before_.running_tag == before_.tag)
        return {};
    auto file = send("GET", target_ + "/revisions/" + *revision);
    if (!file)
        return {file.error()};
    if (!is_success(*file))
        return {problem(address_, "",
                        "runs revision " + short_revision(*revision) +
                            " of the graph and has no file of it",
                        "one to go back to was expected")};
    before_.running = std::move(file->body);
    return {};
}

graph_on_host::problems graph_on_host::deploy(clock::time_point deadline,
                                              const std::function<bool()>& gives_up)
{
    client_.end_by(deadline);
    if (problems wrong = store(); !wrong.empty())
        return wrong;
    if (problems wrong = start(); !wrong.empty())
        return wrong;
    return wait_for(tag_, deadline, gives_up);
}

// Only over what was noted.
graph_on_host::problems graph_on_host::store()
{
    http::header_list headers;
    if (before_.tag.empty())
        headers.add("If-None-Match", "*");
    else
        headers.add("If-Match", before_.tag);
    const auto answer = send("PUT", target_, graph_.text, std::move(headers));
    is_stored_ = !answer || !is_certain_refusal(*answer);
    if (!answer)
        return {answer.error()};
    if (!is_success(*answer))
        return refusal(*answer);
    if (const auto tag = answer->headers.find("ETag"))
        tag_ = *tag;
    return {};
}

graph_on_host::problems graph_on_host::start()
{
    http::header_list headers;
    headers.add("If-Match", tag_);
    const auto answer = send("POST", target_ + "/deploy", {}, std::move(headers));
    is_deployed_ = !answer || !is_certain_refusal(*answer);
    if (!answer)
        return {answer.error()};
    return is_success(*answer) ? problems{} : refusal(*answer);
}

// A host that is busy, or starts again, is asked again.
graph_on_host::problems graph_on_host::wait_for(const std::string& tag, clock::time_point deadline,
                                                const std::function<bool()>& gives_up)
{
    for (;;)
    {
        problem wrong;
        const auto answer = send("GET", target_ + "/state");
        if (!answer)
            wrong = answer.error();
        else if (!is_success(*answer))
        {
            wrong = refusal(*answer).front();
            if (is_certain_refusal(*answer))
                return {wrong};
        }
        else
        {
            const json::value body = parsed(*answer);
            const std::string state = text_at(body, "state").value_or("in no known state");
            const auto deployed = text_at(body, "deployed_revision");
            if (deployed && tag_of(*deployed) != tag)
                return {problem(address_, "",
                                "runs revision " + short_revision(*deployed) + " of the graph",
                                "revision " + short_revision(unquoted(tag)) + " was expected")};
            if (state == "running" && deployed)
                return {};
            wrong = {address_, "", "the graph is " + state, "one that runs was expected"};
            if (state == "failed" || state == "stopped")
                return {wrong};
        }
        if (clock::now() >= deadline || gives_up())
            return {wrong};
        std::this_thread::sleep_for(between_looks);
    }
}

// What has a condition comes first, so that nothing of others is changed.
graph_on_host::problems graph_on_host::go_back(clock::time_point deadline)
{
    if (!is_touched())
        return {};
    client_.end_by(deadline);
    if (before_.tag.empty())
        return remove();
    if (is_deployed_ && before_.running)
        if (problems wrong = change("POST", target_ + "/deploy", *before_.running); !wrong.empty())
            return wrong;
    if (problems wrong = change("PUT", target_, before_.text); !wrong.empty() || !is_deployed_)
        return wrong;
    return before_.running ? wait_for(before_.running_tag, deadline, [] { return false; })
                           : change("POST", target_ + "/stop", {});
}

// What the host has is one of those that were there before and during the deployment, unless
// somebody else has changed it.
http::header_list graph_on_host::if_known() const
{
    std::string tags = tag_;
    for (const std::string& each : {before_.tag, before_.running_tag})
        if (!each.empty())
            tags += ", " + each;
    http::header_list headers;
    headers.add("If-Match", tags);
    return headers;
}

graph_on_host::problems graph_on_host::remove()
{
    const auto answer = send("DELETE", target_, {}, if_known());
    if (!answer)
        return {answer.error()};
    return is_success(*answer) || answer->status == 404 ? problems{} : refusal(*answer);
}

graph_on_host::problems graph_on_host::change(std::string_view method, const std::string& target,
                                              const std::string& body)
{
    const auto answer = send(method, target, body, if_known());
    if (!answer)
        return {answer.error()};
    return is_success(*answer) ? problems{} : refusal(*answer);
}

std::string graph_on_host::before() const
{
    if (before_.tag.empty())
        return "not there";
    if (!before_.running)
        return "stopped";
    return "revision " + short_revision(unquoted(before_.running_tag));
}

std::string graph_on_host::after() const
{
    return "revision " + short_revision(revision());
}

std::string graph_on_host::revision() const
{
    return unquoted(tag_);
}

} // namespace penstock::host::cli
