// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/rollout/host_to_deploy_to.hpp"
#include "tests/plugins/curl/scripted_server.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <future>
#include <string>
#include <utility>

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

BOOST_AUTO_TEST_CASE(an_interruption_on_the_way_goes_back)
{
    a_host first;
    std::promise<void> asked;
    std::promise<void> goes_on;
    const odd_host second(
        [&](const received_request& request)
        {
            if (is_deployment(request))
            {
                asked.set_value();
                goes_on.get_future().wait();
            }
            return as_usual;
        });
    const scratch home;
    program deploying(home,
                      {"deploy", home.write("g.json", marking_graph("g", "x", home.at("out"))),
                       "--to", first.host.url(), "--to", second.url()});
    asked.get_future().wait();
    deploying.signal(SIGINT);
    goes_on.set_value();
    const ended interrupted = deploying.wait();
    BOOST_TEST(interrupted.code == 1);
    BOOST_TEST(has(interrupted.err, "interrupted"), interrupted.err);
    BOOST_TEST(has(interrupted.out, second.url() + ": is back to before: not there\n"));
    BOOST_TEST(second.was_asked("DELETE"));
    BOOST_TEST(first.state() == "404");
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
