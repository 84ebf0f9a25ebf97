// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/rollout/graph_on_host.hpp"

#include "host/rollout/graph_answer.hpp"
#include "host/store/revision.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace penstock::host::rollout
{

namespace
{

constexpr std::chrono::milliseconds between_looks{50};

// For the file, when the time went by while what ran was deployed.
constexpr std::chrono::seconds least_for_file{5};

} // namespace

graph_on_host::graph_on_host(std::string address, std::unique_ptr<host_link> link,
                             const new_graph& graph, std::string expected_tag)
    : address_(std::move(address)),
      graph_(graph),
      target_("/api/graphs/" + http::percent_encoded(graph.name)),
      link_(std::move(link)),
      expected_tag_(std::move(expected_tag)),
      tag_(tag_of_revision(host::revision(graph.text)))
{
}

boost::system::result<http::response, problem> graph_on_host::send(std::string_view method,
                                                                   const std::string& target,
                                                                   const std::string& body,
                                                                   http::header_list headers)
{
    if (!body.empty())
        headers.add("Content-Type", "application/json");
    auto answer = link_->send(method, target, headers, body);
    if (!answer)
        return problem(address_, "", "does not answer: " + answer.error().message(),
                       "a host that runs was expected");
    return *std::move(answer);
}

graph_on_host::problems graph_on_host::validate(clock::time_point deadline)
{
    link_->end_by(deadline);
    const auto answer = send("POST", target_ + "/validate", graph_.text);
    return answer ? problems_in(*answer, address_) : problems{answer.error()};
}

graph_on_host::problems graph_on_host::note(clock::time_point deadline)
{
    link_->end_by(deadline);
    auto file = send("GET", target_);
    if (!file)
        return {file.error()};
    if (file->status == 404 && expected_tag_.empty())
        return {};
    if (!is_success(*file))
        return problems_in(*file, address_);
    const auto tag = file->headers.find("ETag");
    if (!tag || tag->empty()) // nothing could be put back over what is known
        return {problem(address_, "", "does not name the revision of the graph",
                        "a host of Penstock was expected")};
    if (!expected_tag_.empty() && *tag != expected_tag_)
        return {problem(address_, "", "has " + short_revision(std::string(*tag)) + " of the graph",
                        short_revision(expected_tag_) + " was expected")};
    before_.tag = *tag;
    before_.text = std::move(file->body);
    const auto state = send("GET", target_ + "/state");
    if (!state)
        return {state.error()};
    return is_success(*state) ? note_version(*state) : problems_in(*state, address_);
}

// What runs may be another version than the file: that was stored since, and not deployed.
graph_on_host::problems graph_on_host::note_version(const http::response& answer)
{
    const graph_state_answer now = read_state(answer);
    if (now.state == "stopped")
        return {};
    before_.running = before_.text;
    before_.running_tag = now.deployed_tag.value_or(before_.tag);
    if (before_.running_tag == before_.tag)
        return {};
    auto file = send("GET", target_ + "/revisions/" + revision_in(before_.running_tag));
    if (!file)
        return {file.error()};
    if (!is_success(*file))
        return {problem(address_, "",
                        "runs " + short_revision(before_.running_tag) +
                            " of the graph and has no file of it",
                        "one to go back to was expected")};
    before_.running = std::move(file->body);
    return {};
}

graph_on_host::problems graph_on_host::deploy(clock::time_point deadline,
                                              const std::function<bool()>& gives_up)
{
    link_->end_by(deadline);
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
    is_stored_ = !answer || !is_certain_refusal(*answer) || is_of_this_graph(*answer);
    if (!answer)
        return {answer.error()};
    if (is_of_this_graph(*answer))
        return {};
    if (!is_success(*answer))
        return problems_in(*answer, address_);
    if (const auto tag = answer->headers.find("ETag"))
        tag_ = *tag;
    return {};
}

// The client repeats a request whose connection was closed without an answer. If the first one has
// stored the graph, the second finds it there.
bool graph_on_host::is_of_this_graph(const http::response& answer) const
{
    return answer.status == 412 && answer.headers.value("ETag") == tag_;
}

graph_on_host::problems graph_on_host::start()
{
    http::header_list headers;
    headers.add("If-Match", tag_);
    const auto answer = send("POST", target_ + "/deploy", {}, std::move(headers));
    is_deployed_ = !answer || !is_certain_refusal(*answer);
    if (!answer)
        return {answer.error()};
    return is_success(*answer) ? problems{} : problems_in(*answer, address_);
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
            wrong = problems_in(*answer, address_).front();
            if (is_certain_refusal(*answer))
                return {wrong};
        }
        else
        {
            const graph_state_answer now = read_state(*answer);
            if (now.deployed_tag && now.deployed_tag != tag)
                return {problem(address_, "",
                                "runs " + short_revision(*now.deployed_tag) + " of the graph",
                                short_revision(tag) + " was expected")};
            if (now.state == "running" && now.deployed_tag)
                return {};
            wrong = {address_, "", "the graph is " + now.state, "one that runs was expected"};
            if (now.state == "failed" || now.state == "stopped")
                return {wrong};
        }
        if (clock::now() >= deadline || gives_up())
            return {wrong};
        std::this_thread::sleep_for(between_looks);
    }
}

// What has a condition comes first, so that nothing of others is changed. A version that does not run
// again keeps the file from being restored only if somebody else has changed the graph.
graph_on_host::problems graph_on_host::go_back(clock::time_point deadline)
{
    if (!is_touched())
        return {};
    if (before_.tag.empty())
        return insist("DELETE", target_, {}, deadline);
    problems wrong;
    if (is_deployed_ && before_.running)
        wrong = insist("POST", target_ + "/deploy", *before_.running, deadline);
    const problems of_file =
        insist("PUT", target_, before_.text, std::max(deadline, clock::now() + least_for_file));
    wrong.insert(wrong.end(), of_file.begin(), of_file.end());
    if (!wrong.empty() || !is_deployed_)
        return wrong;
    link_->end_by(deadline);
    return before_.running ? wait_for(before_.running_tag, deadline, [] { return false; })
                           : insist("POST", target_ + "/stop", {}, deadline);
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

// Repeats what has no answer, or 503, until the deadline. What is to be removed may be gone.
graph_on_host::problems graph_on_host::insist(std::string_view method, const std::string& target,
                                              const std::string& body, clock::time_point deadline)
{
    link_->end_by(deadline);
    for (;;)
    {
        const auto answer = send(method, target, body, if_known());
        if (answer && (is_success(*answer) || (method == "DELETE" && answer->status == 404)))
            return {};
        const bool may_change = !answer || answer->status == 503;
        if (!may_change || clock::now() >= deadline)
            return answer ? problems_in(*answer, address_) : problems{answer.error()};
        std::this_thread::sleep_for(between_looks);
    }
}

std::string graph_on_host::before() const
{
    if (before_.tag.empty())
        return "not there";
    if (!before_.running)
        return "stopped";
    return short_revision(before_.running_tag);
}

std::string graph_on_host::after() const
{
    return short_revision(tag_);
}

std::string graph_on_host::revision() const
{
    return revision_in(tag_);
}

} // namespace penstock::host::rollout
