// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "appender.hpp"
#include "components.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"

#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <fstream>
#include <iterator>
#include <limits>
#include <thread>

#include <sys/resource.h>

namespace json = penstock::json;
using files_package::appender;
using files_package::write_entry;
using penstock::packet;
using penstock::testing::packets;

namespace
{

std::string content(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void put(const std::string& path, std::string_view text)
{
    std::ofstream(path, std::ios::binary) << text;
}

packet numbered(int n)
{
    packet packet;
    packet.set("n", n);
    return packet;
}

/// A limit to the size of the files of this process, for a full disk.
class size_limit
{
public:
    explicit size_limit(rlim_t bytes)
    {
        old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &old_);
        rlimit limit = old_;
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }

    ~size_limit()
    {
        ::setrlimit(RLIMIT_FSIZE, &old_);
        std::signal(SIGXFSZ, old_handler_);
    }

private:
    rlimit old_{};
    void (*old_handler_)(int) = nullptr;
};

struct scratch
{
    scratch_directory directory;
    std::string path = directory.path("out.ndjson");
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(files_write, scratch)

BOOST_AUTO_TEST_CASE(each_packet_is_one_line_of_its_fields)
{
    packet given({{"a", "x\ny"}, {"b", json::array{1, 2}}});
    given.set_meta("id", "7");
    given.set_data(penstock::bytes("raw"));
    auto result = run_entry(write_entry, {{"path", path}}, packets(std::move(given), numbered(2)));
    BOOST_TEST(content(path) == "{\"a\":\"x\\ny\",\"b\":[1,2]}\n{\"n\":2}\n");
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_packet_without_fields_writes_nothing)
{
    packet trigger;
    trigger.set_meta("requestmethod", "DELETE");
    auto result = run_entry(write_entry, {{"path", path}},
                            packets(packet(), numbered(1), std::move(trigger)));
    BOOST_TEST(content(path) == "{\"n\":1}\n");
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_packet_of_data_alone_fails_and_writes_nothing)
{
    packet bad;
    bad.set_data(penstock::bytes("1,2,3"));
    auto result = run_entry(write_entry, {{"path", path}}, packets(std::move(bad), numbered(1)));
    BOOST_TEST(content(path) == "{\"n\":1}\n");
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "has data and no fields; fields, as a reader or "
                                          "fields/map makes them of data, were expected");
    BOOST_TEST(result.failed[0].first.data().view() == "1,2,3");
}

BOOST_AUTO_TEST_CASE(data_of_packets_are_appended_as_they_are)
{
    packet table;
    table.set_data(penstock::bytes(std::string("a,b\r\né,2\r\n")));
    packet document({{"kept", "aside"}});
    document.set_data(penstock::bytes(std::string("<r/>")));
    auto result =
        run_entry(write_entry, {{"path", path}, {"format", "data"}},
                  packets(std::move(table), std::move(document), packet(), packet({{"a", 1}})));
    BOOST_TEST(content(path) == "a,b\r\né,2\r\n<r/>\n");
    BOOST_TEST(result.delivered.size() == 3U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second.starts_with("has fields and no data; "));
}

BOOST_AUTO_TEST_CASE(what_is_there_stays)
{
    put(path, "first\n");
    (void)run_entry(write_entry, {{"path", path}}, packets(numbered(1)));
    (void)run_entry(write_entry, {{"path", path}}, packets(numbered(2)));
    BOOST_TEST(content(path) == "first\n{\"n\":1}\n{\"n\":2}\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_ends_within_a_line_gets_a_fresh_one)
{
    put(path, "{\"torn");
    (void)run_entry(write_entry, {{"path", path}}, packets(numbered(1), numbered(2)));
    BOOST_TEST(content(path) == "{\"torn\n{\"n\":1}\n{\"n\":2}\n");
}

BOOST_AUTO_TEST_CASE(without_packets_the_file_is_made_and_left_as_it_is)
{
    (void)run_entry(write_entry, {{"path", path}}, {});
    BOOST_TEST(std::filesystem::exists(path));
    put(path, "torn");
    (void)run_entry(write_entry, {{"path", path}}, {});
    BOOST_TEST(content(path) == "torn");
}

BOOST_AUTO_TEST_CASE(many_packets_are_all_written_in_order)
{
    std::vector<packet> given;
    std::string expected;
    for (int n = 0; n < 5000; ++n)
    {
        given.push_back(numbered(n));
        expected += "{\"n\":" + std::to_string(n) + "}\n";
    }
    (void)run_entry(write_entry, {{"path", path}}, std::move(given));
    BOOST_TEST((content(path) == expected));
}

BOOST_AUTO_TEST_CASE(a_number_that_json_cannot_hold_fails_its_packet_only)
{
    packet infinite = numbered(2);
    infinite.set("x", std::numeric_limits<double>::infinity());
    auto result = run_entry(write_entry, {{"path", path}},
                            packets(numbered(1), std::move(infinite), numbered(3)));
    BOOST_TEST(content(path) == "{\"n\":1}\n{\"n\":3}\n");
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].first.get("n") == 2);
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_unavailable)
{
    BOOST_CHECK_EXCEPTION(
        (void)run_entry(write_entry, {{"path", "/dev/full"}}, packets(numbered(1))),
        penstock::unavailable,
        [](const penstock::unavailable& error)
        { return std::string(error.what()) == "/dev/full: No space left on device"; });
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_opened_refuses_the_deployment)
{
    const std::string missing = directory.path("missing/out.ndjson");
    BOOST_CHECK_EXCEPTION((void)run_entry(write_entry, {{"path", missing}}, {}), std::system_error,
                          [&](const std::system_error& error)
                          {
                              return error.code() == std::errc::no_such_file_or_directory &&
                                     std::string(error.what()).starts_with(missing + ": ");
                          });
    BOOST_CHECK_THROW((void)run_entry(write_entry, {{"path", ""}}, {}), penstock::parameter_error);
}

BOOST_AUTO_TEST_CASE(sync_writes_the_same)
{
    (void)run_entry(write_entry, {{"path", path}, {"sync", true}}, packets(numbered(1)));
    BOOST_TEST(content(path) == "{\"n\":1}\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(appending, scratch)

BOOST_AUTO_TEST_CASE(a_line_that_does_not_fit_is_taken_back_and_whole_lines_stay)
{
    appender file(path);
    {
        const size_limit limit(10);
        const appender::outcome outcome = file.append("12345\n7890\nmore\n", false);
        BOOST_TEST(outcome.kept == 6);
        BOOST_TEST((outcome.error == std::errc::file_too_large));
    }
    BOOST_TEST(content(path) == "12345\n");
    BOOST_TEST(file.append("next\n", false).kept == 5);
    BOOST_TEST(content(path) == "12345\nnext\n");
}

BOOST_AUTO_TEST_CASE(nothing_is_kept_when_the_first_line_does_not_fit)
{
    put(path, "old\n");
    appender file(path);
    {
        const size_limit limit(6);
        const appender::outcome outcome = file.append("12345\n", false);
        BOOST_TEST(outcome.kept == 0);
        BOOST_TEST(static_cast<bool>(outcome.error));
    }
    BOOST_TEST(content(path) == "old\n");
}

BOOST_AUTO_TEST_CASE(a_removed_file_is_made_again)
{
    appender file(path);
    file.append("lost\n", false);
    std::filesystem::remove(path);
    BOOST_TEST(!file.append("kept\n", false).error);
    BOOST_TEST(content(path) == "kept\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_was_renamed_is_left_and_another_made)
{
    appender file(path);
    file.append("before\n", false);
    std::filesystem::rename(path, path + ".1");
    BOOST_TEST(!file.append("after\n", false).error);
    put(path + ".new", "");
    std::filesystem::rename(path + ".new",
                            path); // as logrotate does that makes the next file itself
    BOOST_TEST(!file.append("at last\n", false).error);
    BOOST_TEST(content(path + ".1") == "before\n");
    BOOST_TEST(content(path) == "at last\n");
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_gone_is_an_error_until_it_is_back)
{
    const std::string folder = directory.path("folder");
    std::filesystem::create_directory(folder);
    appender file(folder + "/out.ndjson");
    std::filesystem::remove_all(folder);
    const appender::outcome outcome = file.append("lost\n", false);
    BOOST_TEST(outcome.kept == 0);
    BOOST_TEST((outcome.error == std::errc::no_such_file_or_directory));
    std::filesystem::create_directory(folder);
    BOOST_TEST(!file.append("kept\n", false).error);
    BOOST_TEST(content(folder + "/out.ndjson") == "kept\n");
}

BOOST_AUTO_TEST_CASE(a_file_has_one_name_before_it_is_there_and_after)
{
    const std::string relative = std::filesystem::relative(path).string();
    const std::string plain =
        "files_test_" + std::filesystem::path(path).parent_path().filename().string();
    for (const std::string& each : {path, relative, plain})
    {
        const std::string before = appender::common_name(each);
        put(each, "");
        BOOST_TEST(appender::common_name(each) == before);
        std::filesystem::remove(each);
    }
    BOOST_TEST(appender::common_name(relative) == appender::common_name(path));
}

BOOST_AUTO_TEST_CASE(lines_of_several_threads_are_not_mixed)
{
    appender file(path);
    const std::string a(3000, 'a');
    const std::string b(5000, 'b');
    const auto write = [&](const std::string& line)
    {
        for (int n = 0; n < 200; ++n)
            file.append(line + "\n", false);
    };
    std::thread first(write, a);
    std::thread second(write, b);
    first.join();
    second.join();

    std::ifstream lines(path);
    int count = 0;
    bool whole = true;
    for (std::string line; std::getline(lines, line); ++count)
        whole = whole && (line == a || line == b);
    BOOST_TEST(count == 400);
    BOOST_TEST(whole);
}

BOOST_AUTO_TEST_CASE(a_file_of_the_host_is_refused)
{
    const scratch_directory directory;
    const std::string data = directory.path("data");
    std::filesystem::create_directory(data);
    std::filesystem::create_directory_symlink(data, directory.path("link"));
    const penstock::testing::data_directory given(data);
    for (const std::string& path :
         {data + "/tokens.json", data + "/a/b", directory.path("link/journal.sqlite3"),
          directory.path("elsewhere/../data/tokens.json")})
    {
        BOOST_CHECK_THROW((void)run_entry(write_entry, {{"path", path}}, packets(numbered(1))),
                          std::exception);
        BOOST_TEST(!std::filesystem::exists(path));
    }
    const std::string beside = directory.path("data2");
    (void)run_entry(write_entry, {{"path", beside}}, packets(numbered(1)));
    BOOST_TEST(content(beside) == "{\"n\":1}\n");
}

BOOST_AUTO_TEST_SUITE_END()
