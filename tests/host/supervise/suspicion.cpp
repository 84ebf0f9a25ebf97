// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/suspicion.hpp"

#include "host/supervise/inflight.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <vector>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(suspicions_after_a_death)

using namespace penstock::host::supervise;

namespace
{

/// A page after the death of a worker that ran one graph.
struct dead_worker
{
    shared_memory memory;
    inflight threads{memory};
    std::shared_ptr<graph_record> graph = threads.make_graph("g");

    explicit dead_worker(int signal) { memory.head().died_of.store(signal); }

    [[nodiscard]] std::vector<suspicion> look(const std::optional<crash_report>& crash = {}) const
    {
        return suspicions(memory, crash);
    }
};

crash_report crash_in(const std::string& graph, penstock::packet_id packet = {})
{
    return {{graph, "n", "p/c@1"}, packet, "SIGSEGV"};
}

} // namespace

BOOST_AUTO_TEST_CASE(what_was_let_in_is_suspect_and_comes_again_together)
{
    dead_worker was(SIGKILL);
    was.graph->through.store(100);
    const auto found = was.look();
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found.front().graph == "g");
    BOOST_TEST(found.front().last == 100u);
    BOOST_TEST(!found.front().in_steps);
    BOOST_TEST(found.front().to_blame == 0u);
}

BOOST_AUTO_TEST_CASE(nothing_is_suspect_if_nothing_was_let_in)
{
    const dead_worker was(SIGKILL);
    BOOST_TEST(was.look().empty());
}

BOOST_AUTO_TEST_CASE(a_worker_that_exited_died_of_no_request)
{
    dead_worker was(0);
    was.graph->through.store(100);
    BOOST_TEST(was.look().empty());
}

BOOST_AUTO_TEST_CASE(a_packet_that_is_to_blame_makes_no_other_suspect)
{
    dead_worker was(SIGSEGV);
    was.graph->through.store(100);
    BOOST_TEST(was.look(crash_in("g", {1, 2})).empty());
}

BOOST_AUTO_TEST_CASE(after_a_crash_in_it_a_graph_is_careful_until_its_suspects_have_ended)
{
    dead_worker was(SIGSEGV);
    was.graph->through.store(100);
    auto found = was.look(crash_in("g"));
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found.front().careful);
    BOOST_TEST(found.front().watched == 0u);
    BOOST_TEST(!was.look().front().careful); // killed: there is no component to watch

    was.graph->suspects.store(100);
    was.graph->careful.store(1);
    found = was.look(crash_in("g", {1, 2}));
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found.front().careful);
    BOOST_TEST(found.front().last == 100u);
    BOOST_TEST(!found.front().in_steps);
}

BOOST_AUTO_TEST_CASE(as_many_entries_that_no_journal_keeps_are_watched_as_were_at_work)
{
    dead_worker was(SIGSEGV);
    was.graph->unkept.store(5000);
    auto found = was.look(crash_in("g"));
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found.front().last == 0u);
    BOOST_TEST(found.front().careful);
    BOOST_TEST(found.front().watched == 5000u);
    was.graph->unkept.store(1);
    BOOST_TEST(was.look(crash_in("g")).front().watched == 1024u);
    was.graph->watched.store(1024); // they were not enough
    BOOST_TEST(was.look(crash_in("g")).front().watched == 2048u);
    was.graph->unkept.store(0);
    BOOST_TEST(was.look(crash_in("g")).front().watched == 1024u);
    BOOST_TEST(was.look(crash_in("other")).front().watched == 1024u);
}

BOOST_AUTO_TEST_CASE(a_crash_in_another_graph_makes_none_suspect)
{
    dead_worker was(SIGSEGV);
    was.graph->through.store(100);
    BOOST_TEST(was.look(crash_in("other")).empty());
    BOOST_TEST(was.look(crash_in("g")).size() == 1u);
}

BOOST_AUTO_TEST_CASE(suspects_that_came_together_come_in_steps_after_another_death)
{
    dead_worker was(SIGKILL);
    was.graph->suspects.store(100);
    was.graph->through.store(60);
    const auto found = was.look();
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found.front().last == 100u);
    BOOST_TEST(found.front().in_steps);
    BOOST_TEST(found.front().single == 0u);
}

BOOST_AUTO_TEST_CASE(of_a_step_that_a_worker_died_at_each_comes_alone)
{
    dead_worker was(SIGKILL);
    was.graph->suspects.store(100);
    was.graph->in_steps.store(1);
    was.graph->first.store(10);
    was.graph->last.store(42);
    const auto found = was.look();
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found.front().single == 42u);
    BOOST_TEST(found.front().to_blame == 0u);
}

BOOST_AUTO_TEST_CASE(one_that_was_alone_is_suspect)
{
    dead_worker was(SIGKILL);
    was.graph->suspects.store(100);
    was.graph->in_steps.store(1);
    was.graph->single.store(42);
    was.graph->first.store(17);
    was.graph->last.store(17);
    BOOST_TEST(suspect_was_alone(was.memory));
    const auto found = was.look();
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found.front().to_blame == 17u);
    BOOST_TEST(found.front().single == 42u);
}

BOOST_AUTO_TEST_CASE(a_death_between_two_steps_tells_nothing_more)
{
    dead_worker was(SIGKILL);
    was.graph->suspects.store(100);
    was.graph->in_steps.store(1);
    BOOST_TEST(!suspect_was_alone(was.memory));
    const auto found = was.look();
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found.front().single == 0u);
    BOOST_TEST(found.front().to_blame == 0u);
}

BOOST_AUTO_TEST_CASE(a_record_that_was_given_back_tells_nothing)
{
    dead_worker was(SIGKILL);
    was.graph->through.store(100);
    was.graph.reset();
    BOOST_TEST(was.look().empty());
}

BOOST_AUTO_TEST_SUITE_END()
