// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/store/revision.hpp"
#include "tests/host/cli/rollout/host_to_deploy_to.hpp"
#include "tests/plugins/curl/scripted_server.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include <signal.h>

// What happens on the way from host to host.
BOOST_AUTO_TEST_SUITE(rollouts)

using namespace penstock::host::cli::testing;

namespace
{

/// A host of our own making, which may do anything on the way: its graph is never there before.
class odd_host
{
public:
    /// `odd` answers what it likes; status 0: as a host does.
    explicit odd_host(scripted_server::script odd)
        : server_(
              [odd = std::move(odd)](const received_request& request)
              {
                  scripted_answer answer = odd(request);
                  return answer.status == 0 ? usual(request) : answer;
              })
    {
    }

    [[nodiscard]] std::string url() const { return server_.url(); }

    [[nodiscard]] bool was_asked(const std::string& method) const
    {
        const auto all = server_.requests();
        return std::ranges::any_of(all, [&](const received_request& each)
                                   { return each.method == method; });
    }

    [[nodiscard]] std::vector<std::string> bodies_of(const std::string& method) const
    {
        std::vector<std::string> all;
        for (const received_request& each : server_.requests())
            if (each.method == method)
                all.push_back(each.body);
        return all;
    }

private:
    static scripted_answer usual(const received_request& request)
    {
        if (request.method == "PUT")
            return {201, "{}", {"ETag: \"new\""}};
        if (request.method == "DELETE")
            return {204};
        if (request.target == "/api/graphs/g")
            return {404, "{}"};
        if (request.target.ends_with("/validate"))
            return {200, R"({"problems": []})"};
        return {200, R"({"state": "running", "deployed_revision": "new"})"};
    }

    scripted_server server_;
};

const scripted_answer as_usual{.status = 0};

bool is_deployment(const received_request& request)
{
    return request.target.ends_with("/deploy");
}

} // namespace

namespace
{

/// A deployment to two hosts that stands before the second one deploys, until it may go on.
struct standing_deployment
{
    standing_deployment() { asked.get_future().wait(); }

    a_host first;
    std::promise<void> asked;
    std::promise<void> goes_on;
    odd_host second{[this](const received_request& request)
                    {
                        if (is_deployment(request))
                        {
                            asked.set_value();
                            goes_on.get_future().wait();
                        }
                        return as_usual;
                    }};
    scratch home;
    program deploying{home,
                      {"deploy", home.write("g.json", marking_graph("g", "x", home.at("out"))),
                       "--to", first.host.url(), "--to", second.url()}};
};

} // namespace

BOOST_AUTO_TEST_CASE(an_interruption_on_the_way_is_told_at_once_and_goes_back)
{
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        BOOST_TEST_CONTEXT("signal " << number)
        {
            standing_deployment here;
            here.deploying.signal(number);
            here.deploying.wait_for("deploy: going back after this step; again: ends here");
            here.goes_on.set_value();
            const ended interrupted = here.deploying.wait();
            BOOST_TEST(interrupted.code == 1);
            BOOST_TEST(has(interrupted.err, "interrupted"), interrupted.err);
            BOOST_TEST(
                has(interrupted.out, here.second.url() + ": is back to before: not there\n"));
            BOOST_TEST(here.second.was_asked("DELETE"));
            BOOST_TEST(here.first.state() == "404");
        }
}

BOOST_FIXTURE_TEST_CASE(a_second_interruption_ends_it, standing_deployment)
{
    deploying.signal(SIGINT);
    deploying.wait_for("going back");
    deploying.signal(SIGINT);
    BOOST_TEST(deploying.wait().code == 128 + SIGINT);
    goes_on.set_value();
}

BOOST_FIXTURE_TEST_CASE(a_reader_that_goes_away_does_not_end_it, standing_deployment)
{
    deploying.signal(SIGPIPE);
    goes_on.set_value();
    const ended deployed = deploying.wait();
    BOOST_TEST(deployed.code == 0, deployed.err);
    BOOST_TEST(first.state().starts_with("running "));
}

BOOST_AUTO_TEST_CASE(a_host_that_does_not_answer_in_time_goes_back_too)
{
    a_host first;
    const odd_host second(
        [](const received_request& request)
        { return is_deployment(request) ? scripted_answer{.hangs = true} : as_usual; });
    const scratch home;
    const ended late =
        run(home, {"deploy", home.write("g.json", marking_graph("g", "x", home.at("out"))),
                   "--wait", "2s", "--to", first.host.url(), "--to", second.url()});
    BOOST_TEST(late.code == 1);
    BOOST_TEST(has(late.err, second.url() + ": does not answer: "), late.err);
    BOOST_TEST(second.was_asked("DELETE"));
    BOOST_TEST(first.state() == "404");
}

BOOST_AUTO_TEST_CASE(a_host_that_cannot_go_back_is_named)
{
    a_host first;
    const odd_host second(
        [](const received_request& request) {
            return is_deployment(request) || request.method == "DELETE" ? scripted_answer{500}
                                                                        : as_usual;
        });
    const scratch home;
    const ended stuck =
        run(home, {"deploy", home.write("g.json", marking_graph("g", "x", home.at("out"))), "--to",
                   first.host.url(), "--to", second.url()});
    BOOST_TEST(stuck.code == 1);
    BOOST_TEST(has(stuck.out, second.url() + ": could not go back to before: not there\n"),
               stuck.out);
    BOOST_TEST(has(stuck.out, first.host.url() + ": is back to before: not there\n"), stuck.out);
    BOOST_TEST(first.state() == "404");
}

BOOST_AUTO_TEST_CASE(a_host_that_is_busy_on_the_way_back_is_asked_again)
{
    int removals = 0;
    const odd_host odd(
        [&](const received_request& request)
        {
            if (is_deployment(request))
                return scripted_answer{500};
            if (request.method == "DELETE" && ++removals < 3)
                return removals == 1 ? scripted_answer{503} : scripted_answer{.cuts = true};
            return as_usual;
        });
    const scratch home;
    const ended refused =
        run(home, {"deploy", home.write("g.json", marking_graph("g", "x", "/dev/null")), "--to",
                   odd.url()});
    BOOST_TEST(refused.code == 1);
    BOOST_TEST(has(refused.out, odd.url() + ": is back to before: not there\n"), refused.out);
    BOOST_TEST(odd.bodies_of("DELETE").size() >= 3U);
}

BOOST_AUTO_TEST_CASE(a_file_is_put_back_though_what_ran_does_not_run_again)
{
    for (const bool is_file_refused : {false, true})
        BOOST_TEST_CONTEXT(is_file_refused)
        {
            const odd_host odd(
                [&](const received_request& request)
                {
                    if (is_deployment(request)) // the new graph, and then what ran
                        return request.body.empty() ? scripted_answer{500}
                                                    : scripted_answer{422, R"({"detail": "old"})"};
                    if (request.method == "PUT" && request.body == "{}" && is_file_refused)
                        return scripted_answer{413};
                    if (request.method == "GET" && request.target == "/api/graphs/g")
                        return scripted_answer{200, "{}", {"ETag: \"old\""}};
                    if (request.method == "GET")
                        return scripted_answer{
                            200, R"({"state": "running", "deployed_revision": "old"})"};
                    return as_usual;
                });
            const scratch home;
            const ended stuck =
                run(home, {"deploy", home.write("g.json", marking_graph("g", "x", "/dev/null")),
                           "--to", odd.url()});
            BOOST_TEST(stuck.code == 1);
            BOOST_TEST(has(stuck.err, odd.url() + ": 422 "), stuck.err);
            BOOST_TEST(has(stuck.err, odd.url() + ": 413 ") == is_file_refused, stuck.err);
            BOOST_TEST(has(stuck.out, "could not go back to before: revision old\n"), stuck.out);
            BOOST_TEST(odd.bodies_of("PUT").back() == "{}");
        }
}

BOOST_AUTO_TEST_CASE(a_graph_that_the_host_already_has_is_stored)
{
    std::string revision;
    const odd_host odd(
        [&](const received_request& request)
        {
            if (request.method == "PUT")
            {
                revision = penstock::host::revision(request.body);
                return scripted_answer{412, "{}", {"ETag: \"" + revision + '"'}};
            }
            if (request.target.ends_with("/state"))
                return scripted_answer{200, R"({"state": "running", "deployed_revision": ")" +
                                                revision + R"("})"};
            return as_usual;
        });
    const scratch home;
    const ended deployed =
        run(home, {"deploy", home.write("g.json", marking_graph("g", "x", "/dev/null")), "--to",
                   odd.url()});
    BOOST_TEST(deployed.code == 0, deployed.err);
}

BOOST_AUTO_TEST_CASE(what_does_not_name_revisions_is_not_deployed_to)
{
    const odd_host odd(
        [](const received_request& request)
        {
            return request.target == "/api/graphs/g" && request.method == "GET"
                       ? scripted_answer{200, "{}"}
                       : as_usual;
        });
    const scratch home;
    const ended refused =
        run(home, {"deploy", home.write("g.json", marking_graph("g", "x", "/dev/null")), "--to",
                   odd.url()});
    BOOST_TEST(refused.code == 1);
    BOOST_TEST(has(refused.err, odd.url() + ": does not name the revision of the graph"));
    BOOST_TEST(!odd.was_asked("PUT"));
}

BOOST_AUTO_TEST_CASE(what_was_changed_by_others_meanwhile_is_left_to_them)
{
    a_host first;
    const odd_host second(
        [&](const received_request& request)
        {
            if (!is_deployment(request))
                return as_usual;
            const std::string theirs = marking_graph("g", "theirs", "/dev/null");
            (void)first.ask("PUT", "/api/graphs/g", theirs);
            return scripted_answer{422, "{}"};
        });
    const scratch home;
    const ended refused =
        run(home, {"deploy", home.write("g.json", marking_graph("g", "x", home.at("out"))), "--to",
                   first.host.url(), "--to", second.url()});
    BOOST_TEST(refused.code == 1);
    BOOST_TEST(has(refused.err, first.host.url() + ": 412 Precondition Failed"), refused.err);
    BOOST_TEST(has(first.file(), "theirs"));
}

BOOST_AUTO_TEST_SUITE_END()
