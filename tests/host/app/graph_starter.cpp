// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/app/graph_starter.hpp"

#include "host/engine/engine.hpp"
#include "host/journal/memory_journal.hpp"
#include "host/packages/catalogue.hpp"
#include "host/store/graph_folders.hpp"
#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include <sys/fsuid.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(graph_starter)

namespace host = penstock::host;
using namespace penstock::host;
using namespace std::chrono_literals;

namespace
{

constexpr std::string_view whole = R"({"penstock": 1, "name": "g",
    "nodes": {"read": {"component": "door/read"},
              "take": {"component": "door/take", "params": {"name": "${env:NAME}"}}},
    "edges": [{"from": "read.out", "to": "take.in"}]})";

constexpr std::string_view broken = R"({"penstock": 1, "name": "g",
    "nodes": {"read": {"component": "door/read"}, "take": {"component": "door/gone"}},
    "edges": [{"from": "read.out", "to": "take.in"}]})";

/// A worker that replaces another, with one graph that was named; its starter tries again at once.
class replacement
{
public:
    explicit replacement(std::string_view text) { write(text); }

    ~replacement()
    {
        call_when_checked({});
        starter.stop();
        BOOST_TEST(starter.wait_until(std::chrono::steady_clock::now() + 20s));
        graphs.stop_all();
    }

    /// Calls something whenever the graph is about to be run.
    void call_when_checked(std::function<void()> what)
    {
        const std::lock_guard lock(mutex_);
        when_checked_ = std::move(what);
    }

    void write(std::string_view text) const { std::ofstream(file) << text; }

    [[nodiscard]] bool becomes(graph_state wanted) const
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (std::chrono::steady_clock::now() < deadline)
        {
            const auto found = graphs.running("g");
            if (found != nullptr && found->state() == wanted)
                return true;
            std::this_thread::yield();
        }
        return false;
    }

    testing::temporary_folder folder;
    const std::filesystem::path file = folder.path() / "g.json";

    catalogue components{{{std::filesystem::path(PENSTOCK_DOOR).parent_path(), true}}};
    memory_journal journal;
    graph_folders kept{folder.path() / "data"};
    engine graphs{components, journal, options()};
    host::graph_starter starter{
        graphs,
        kept,
        {file.string()},
        {.is_replacement = true, .shortest_pause = 1ms, .longest_pause = 1ms}};

private:
    void checked()
    {
        std::function<void()> what;
        {
            const std::lock_guard lock(mutex_);
            what = when_checked_;
        }
        if (what)
            what();
    }

    engine_options options()
    {
        engine_options made;
        made.lanes = 1;
        made.resolve = [this](const reference&)
        {
            checked();
            return std::optional<std::string>("x");
        };
        return made;
    }

    std::mutex mutex_;
    std::function<void()> when_checked_; // guarded by mutex_
};

/// A folder that this thread may not look into while the object lives, not even if it is root's:
/// meanwhile it has the rights of nobody to files.
class closed_folder
{
public:
    explicit closed_folder(std::filesystem::path path) : path_(std::move(path))
    {
        std::filesystem::permissions(path_, std::filesystem::perms::none);
        if (::geteuid() == 0)
            ::setfsuid(nobody);
    }

    ~closed_folder()
    {
        ::setfsuid(::geteuid());
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
    }

    closed_folder(const closed_folder&) = delete;
    closed_folder& operator=(const closed_folder&) = delete;

private:
    static constexpr uid_t nobody = 65'534;

    const std::filesystem::path path_;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_file_that_can_be_run_again_is_and_is_what_was_deployed_last)
{
    replacement host(broken);
    BOOST_TEST(host.starter.start().empty());
    BOOST_TEST(host.becomes(graph_state::failed));
    BOOST_TEST(host.graphs.running("g")->paused().has_value());
    host.write(whole);
    BOOST_TEST(host.becomes(graph_state::running));
    host.starter.stop();
    BOOST_TEST(host.starter.wait_until(std::chrono::steady_clock::now() + 20s));
    BOOST_TEST(host.kept.deployed.read(host.file).has_value());
    BOOST_TEST(!host.kept.deployed.read(host.kept.graphs.file_of("g")).has_value()); // once
}

BOOST_AUTO_TEST_CASE(a_deletion_during_a_try_waits_for_it_and_leaves_nothing)
{
    replacement host(broken);
    BOOST_TEST(host.starter.start().empty());
    std::promise<void> begun;
    std::once_flag once;
    host.call_when_checked([&] { std::call_once(once, [&] { begun.set_value(); }); });
    host.write(whole);
    begun.get_future().wait();
    {
        const auto changing = host.graphs.change("g");
        BOOST_TEST(host.kept.deployed.read(host.file).has_value()); // the try is over
        BOOST_TEST(host.graphs.forget("g").value_or(1) == 0U);
        BOOST_TEST(!host.kept.deployed.remove(host.file).has_value());
    }
    host.starter.stop();
    BOOST_TEST(host.starter.wait_until(std::chrono::steady_clock::now() + 20s));
    BOOST_TEST(!host.graphs.find("g").has_value());
    BOOST_TEST(!host.kept.deployed.read(host.file).has_value());
}

BOOST_AUTO_TEST_CASE(nothing_is_tried_again_while_somebody_else_changes_the_graph)
{
    replacement host(broken);
    BOOST_TEST(host.starter.start().empty());
    std::atomic<int> checked = 0;
    {
        const auto changing = host.graphs.change("g");
        host.call_when_checked([&] { ++checked; });
        host.write(whole);
        BOOST_TEST(host.graphs.stop("g").value_or(1) == 0U); // so it is to be left alone
    }
    host.starter.stop();
    BOOST_TEST(host.starter.wait_until(std::chrono::steady_clock::now() + 20s));
    BOOST_TEST(checked == 0);
    BOOST_TEST((host.graphs.running("g")->state() == graph_state::stopped));
}

BOOST_AUTO_TEST_CASE(a_reload_brings_a_kept_graph_as_its_file_is_when_its_turn_comes)
{
    replacement host(whole);
    host::graph_starter of_kept(host.graphs, host.kept, {}, {});
    BOOST_TEST(!host.kept.graphs.save(parse_graph(std::string(whole)).graph).has_value());
    std::future<void> reloading;
    {
        const auto changing = host.graphs.change("g");
        reloading = std::async(std::launch::async, [&] { of_kept.reload(); });
        BOOST_TEST(!host.kept.graphs.remove("g").has_value());
    }
    reloading.get();
    BOOST_TEST(!host.graphs.find("g").has_value());
}

BOOST_AUTO_TEST_CASE(a_reload_forgets_no_graph_whose_folder_cannot_be_read)
{
    replacement host(whole);
    host::graph_starter of_kept(host.graphs, host.kept, {}, {});
    BOOST_TEST(!host.kept.graphs.save(parse_graph(std::string(whole)).graph).has_value());
    of_kept.reload();
    BOOST_TEST_REQUIRE(host.becomes(graph_state::running));
    BOOST_TEST(host.graphs.stop("g").value_or(1) == 0U);
    const std::filesystem::path file = host.kept.graphs.file_of("g");
    {
        const closed_folder closed(file.parent_path());
        std::error_code error;
        BOOST_TEST_REQUIRE(!std::filesystem::exists(file, error));
        BOOST_TEST_REQUIRE((error == std::errc::permission_denied));
        of_kept.reload();
        BOOST_TEST(host.graphs.find("g").has_value());
    }
    BOOST_TEST(!host.kept.graphs.remove("g").has_value());
    of_kept.reload();
    BOOST_TEST(!host.graphs.find("g").has_value());
}

BOOST_AUTO_TEST_CASE(a_host_stops_while_a_graph_that_fell_back_is_being_tried_again)
{
    replacement host(whole);
    BOOST_TEST(host.starter.start().empty());
    BOOST_TEST(host.becomes(graph_state::running));
    const std::filesystem::path kept = host.kept.graphs.file_of("g");
    BOOST_TEST(!host.kept.deployed.save(kept, host.graphs.find("g")->spec).has_value());
    std::filesystem::create_directories(kept.parent_path());
    std::ofstream(kept) << broken;
    host::graph_starter next(host.graphs, host.kept, {},
                             {.shortest_pause = 1ms, .longest_pause = 1ms});
    BOOST_TEST(next.start().empty()); // as it was deployed last
    BOOST_TEST(host.becomes(graph_state::running));
    std::promise<void> begun;
    std::promise<void> release;
    std::once_flag once;
    host.call_when_checked(
        [&]
        {
            std::call_once(once,
                           [&]
                           {
                               begun.set_value();
                               release.get_future().wait();
                           });
        });
    std::string changed(whole);
    changed.insert(changed.find(R"("name": "g")"), R"("title": "mended", )");
    std::ofstream(kept) << changed;
    begun.get_future().wait();
    next.stop();
    BOOST_TEST(!next.wait_until(std::chrono::steady_clock::now())); // it is told that one goes on
    release.set_value();
    BOOST_TEST(next.wait_until(std::chrono::steady_clock::now() + 20s));
    BOOST_TEST(host.graphs.stop_all() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
