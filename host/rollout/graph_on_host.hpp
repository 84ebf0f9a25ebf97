// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/rollout/host_link.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::rollout
{

/// A graph file that is to run on hosts.
struct new_graph
{
    std::string name;
    std::string text; ///< in canonical form
};

/// A graph on one host: what it is before a deployment, the deployment, and the way back. Each call
/// asks the host and waits for the answer, until the deadline at the latest. For one thread.
class graph_on_host
{
public:
    using clock = std::chrono::steady_clock;
    using problems = std::vector<problem>;

    /// `address` names the host in problems. `graph` outlives this object. With a tag, note() finds a
    /// problem unless the host keeps that version of the graph.
    graph_on_host(std::string address, std::unique_ptr<host_link> link, const new_graph& graph,
                  std::string expected_tag = {});

    [[nodiscard]] const std::string& address() const noexcept { return address_; }

    /// Finds what keeps the host from running the new graph; changes nothing.
    [[nodiscard]] problems validate(clock::time_point deadline);

    /// Notes what the host has of the graph, for go_back().
    [[nodiscard]] problems note(clock::time_point deadline);

    /// Stores and deploys the new graph, and waits until it runs or has failed, or until
    /// `gives_up`.
    [[nodiscard]] problems deploy(clock::time_point deadline,
                                  const std::function<bool()>& gives_up);

    /// Whether deploy() may have changed something.
    [[nodiscard]] bool is_touched() const noexcept { return is_stored_ || is_deployed_; }

    /// Restores what was noted, and repeats what a host does not answer or answers with 503. What
    /// somebody else has changed meanwhile stays.
    [[nodiscard]] problems go_back(clock::time_point deadline);

    /// What was noted, for people: `revision 1f2e3d4c5b6a`, `stopped`, `not there`.
    [[nodiscard]] std::string before() const;

    /// The new graph in the same words.
    [[nodiscard]] std::string after() const;

    /// The revision of the new graph, as the host names it.
    [[nodiscard]] std::string revision() const;

private:
    // What was there; an empty tag: nothing.
    struct noted
    {
        std::string text;
        std::string tag;
        std::optional<std::string> running; // the text that runs
        std::string running_tag;
    };

    [[nodiscard]] boost::system::result<http::response, problem>
    send(std::string_view method, const std::string& target, const std::string& body = {},
         http::header_list headers = {});
    [[nodiscard]] problems note_version(const http::response& answer);
    [[nodiscard]] problems store();
    [[nodiscard]] bool is_of_this_graph(const http::response& answer) const;
    [[nodiscard]] problems start();
    [[nodiscard]] problems wait_for(const std::string& tag, clock::time_point deadline,
                                    const std::function<bool()>& gives_up);
    [[nodiscard]] problems insist(std::string_view method, const std::string& target,
                                  const std::string& body, clock::time_point deadline);
    [[nodiscard]] http::header_list if_known() const;

    const std::string address_;
    const new_graph& graph_;
    const std::string target_; // /api/graphs/{name}
    const std::unique_ptr<host_link> link_;
    const std::string expected_tag_; // of the version before; empty: any
    noted before_;
    std::string tag_; // of the new graph
    bool is_stored_ = false;
    bool is_deployed_ = false;
};

} // namespace penstock::host::rollout
