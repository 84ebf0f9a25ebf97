// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "closed_files.hpp"
#include "components.hpp"
#include "compression.hpp"
#include "output_files.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace fs = std::filesystem;
namespace json = penstock::json;
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

// What a program says of a file: that of the format, and not this code's own.
std::string unpacked(const std::string& program, const std::string& file)
{
    std::string text;
    FILE* const pipe = ::popen((program + " -dc '" + file + "'").c_str(), "r");
    std::array<char, 4096> part{};
    for (std::size_t count = 0; (count = std::fread(part.data(), 1, part.size(), pipe)) > 0;)
        text.append(part.data(), count);
    BOOST_TEST(::pclose(pipe) == 0);
    return text;
}

packet numbered(int n, const std::string& host = "a")
{
    packet made;
    made.set("n", n);
    made.set("host", host);
    return made;
}

struct scratch
{
    scratch_directory directory;
    std::string folder = directory.path("logs");

    scratch() { fs::create_directory(folder); }

    std::set<std::string> names() const
    {
        std::set<std::string> found;
        for (const auto& each : fs::recursive_directory_iterator(folder))
            if (each.is_regular_file())
                found.insert(fs::relative(each.path(), folder).string());
        return found;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(files_write_many, scratch)

BOOST_AUTO_TEST_CASE(packets_name_their_files_and_folders_are_made)
{
    const std::string path = folder + "/{{host}}/{{%Y-%m-%d}}.ndjson";
    packet first({{"host", "a/b"}, {"at", "2026-12-01T10:00:00Z"}});
    packet second({{"host", "c"}, {"at", "2026-12-02T10:00:00Z"}});
    packet third({{"host", "a/b"}, {"at", "2026-12-01T11:00:00Z"}});
    auto result = run_entry(write_entry, {{"path", path}, {"time", "at"}, {"sync", true}},
                            packets(std::move(first), std::move(second), std::move(third)));
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(names() == (std::set<std::string>{"a/b/2026-12-01.ndjson", "c/2026-12-02.ndjson"}),
               boost::test_tools::per_element());
    BOOST_TEST(content(folder + "/a/b/2026-12-01.ndjson") ==
               "{\"host\":\"a/b\",\"at\":\"2026-12-01T10:00:00Z\"}\n"
               "{\"host\":\"a/b\",\"at\":\"2026-12-01T11:00:00Z\"}\n");
}

BOOST_AUTO_TEST_CASE(a_packet_that_would_leave_the_folder_fails_alone)
{
    fs::create_directory_symlink(directory.path("."), folder + "/link");
    auto result = run_entry(write_entry, {{"path", folder + "/{{host}}"}},
                            packets(numbered(1, "../x"), numbered(2, "ok"), numbered(3, "link/x"),
                                    numbered(4, "/x"), numbered(5, std::string(201, 'x'))));
    BOOST_TEST(result.failed.size() == 4U);
    BOOST_TEST(names() == (std::set<std::string>{"ok"}), boost::test_tools::per_element());
    BOOST_TEST(!fs::exists(directory.path("x")));
    for (const auto& [failed, why] : result.failed)
        BOOST_TEST(why.find("expected") != std::string::npos, why);
}

BOOST_AUTO_TEST_CASE(a_name_that_is_a_folder_already_fails_its_packet_alone)
{
    auto result = run_entry(
        write_entry, {{"path", folder + "/{{host}}"}},
        packets(numbered(1, "a/b"), numbered(2, "a"), numbered(3, "a/b/c"), numbered(4, "d")));
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    BOOST_TEST(result.failed[0].first.get("n") == 2);
    BOOST_TEST(result.failed[1].first.get("n") == 3);
    BOOST_TEST(names() == (std::set<std::string>{"a/b", "d"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_data_folder_of_the_host_is_refused_below_the_folder_too)
{
    const std::string data = folder + "/data";
    fs::create_directory(data);
    const penstock::testing::data_directory given(data);
    auto result = run_entry(write_entry, {{"path", folder + "/{{host}}"}},
                            packets(numbered(1, "data/tokens.json"), numbered(2, "ok")));
    BOOST_TEST(result.failed.size() == 1U);
    BOOST_TEST(!fs::exists(data + "/tokens.json"));
    BOOST_TEST(refusal(write_entry, {{"path", data + "/{{host}}"}}).find("data directory") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(more_files_than_may_be_open_are_all_written)
{
    std::vector<packet> given;
    for (int n = 0; n < 600; ++n)
        given.push_back(numbered(n, "h" + std::to_string(n % 50)));
    auto result = run_entry(write_entry, {{"path", folder + "/{{host}}"}, {"open_files", 3}},
                            std::move(given));
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(names().size() == 50U);
    std::string expected;
    for (int n = 7; n < 600; n += 50)
        expected += "{\"n\":" + std::to_string(n) + ",\"host\":\"h7\"}\n";
    BOOST_TEST(content(folder + "/h7") == expected);
}

BOOST_AUTO_TEST_CASE(so_many_files_are_open_and_no_more)
{
    files_package::output_files files(fs::canonical(folder).string(), {});
    const auto count = []
    {
        const fs::directory_iterator open("/proc/self/fd");
        return std::distance(begin(open), end(open));
    };
    const auto before = count();
    for (int n = 0; n < 20; ++n)
        (void)files.open(folder + "/f" + std::to_string(n), 4, false);
    BOOST_TEST(count() == before + 4);
}

BOOST_AUTO_TEST_CASE(a_file_that_would_be_too_long_is_closed_and_nothing_is_lost)
{
    std::vector<packet> given;
    for (int n = 0; n < 100; ++n)
        given.push_back(numbered(n));
    const std::string path = folder + "/out.ndjson";
    auto result =
        run_entry(write_entry,
                  {{"path", path}, {"rotate_bytes", 200}, {"batch_count", 5}, {"batch_wait", "0s"}},
                  std::move(given));
    BOOST_TEST(result.failed.empty());
    std::multiset<std::string> lines;
    const std::set<std::string> found = names();
    BOOST_TEST(found.size() > 5U);
    for (const std::string& each : found)
    {
        BOOST_TEST((each == "out.ndjson" || files_package::is_closed_name(each, "out.ndjson")),
                   each);
        BOOST_TEST(fs::file_size(folder + '/' + each) <= 200U);
        std::ifstream file(folder + '/' + each);
        for (std::string line; std::getline(file, line);)
            lines.insert(line);
    }
    BOOST_TEST(lines.size() == 100U);
    for (int n = 0; n < 100; ++n)
        BOOST_TEST(lines.count("{\"n\":" + std::to_string(n) + ",\"host\":\"a\"}") == 1U);
}

BOOST_AUTO_TEST_CASE(closed_files_are_compressed_for_the_programs_of_the_format)
{
    const std::map<std::string, std::pair<std::string, std::string>> kinds{
        {"gzip", {"gzip", ".gz"}}, {"zstd", {"zstd", ".zst"}}};
    for (const auto& [kind, how] : kinds)
    {
        const std::string path = folder + "/" + kind;
        const auto write = [&](int n)
        {
            (void)run_entry(write_entry, {{"path", path}, {"rotate_bytes", 30}, {"compress", kind}},
                            packets(numbered(n)));
        };
        write(1);
        write(2);
        const std::set<std::string> found = names();
        const auto packed = std::ranges::find_if(
            found, [&, end = how.second](const std::string& each) { return each.ends_with(end); });
        BOOST_TEST_REQUIRE((packed != found.end()));
        BOOST_TEST(unpacked(how.first, folder + '/' + *packed) == "{\"n\":1,\"host\":\"a\"}\n");
        BOOST_TEST(content(path) == "{\"n\":2,\"host\":\"a\"}\n");
        BOOST_TEST(files_package::closed_files_of(fs::canonical(path).string()).empty());
    }
}

BOOST_AUTO_TEST_CASE(what_an_earlier_run_closed_and_did_not_compress_is_compressed_later)
{
    const std::string path = folder + "/out";
    std::ofstream(path + ".20200101T000000Z") << "old\n";
    std::ofstream(path + ".20200101T000000Z.gz.part") << "half of it";
    std::ofstream(path) << "{\"n\":0,\"host\":\"something that is long\"}\n";
    (void)run_entry(write_entry, {{"path", path}, {"rotate_bytes", 30}, {"compress", "gzip"}},
                    packets(numbered(1)));
    BOOST_TEST(unpacked("gzip", path + ".20200101T000000Z.gz") == "old\n");
    BOOST_TEST(!fs::exists(path + ".20200101T000000Z"));
    BOOST_TEST(!fs::exists(path + ".20200101T000000Z.gz.part"));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_old_is_closed_when_the_next_packet_comes)
{
    const std::string path = folder + "/{{host}}";
    std::ofstream(folder + "/a") << "{}\n";
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(1100))
        (void)run_entry(write_entry, {{"path", path}}, packets(numbered(1, "b"))); // a is older
    (void)run_entry(write_entry, {{"path", path}, {"rotate_after", "1s"}}, packets(numbered(2)));
    BOOST_TEST(content(folder + "/a") == "{\"n\":2,\"host\":\"a\"}\n");
    const auto closed = files_package::closed_files_of(fs::canonical(folder).string() + "/a");
    BOOST_TEST_REQUIRE(closed.size() == 1U);
    BOOST_TEST(content(closed.front()) == "{}\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_nobody_writes_to_is_closed_when_another_is_written_to)
{
    files_package::output_files files(fs::canonical(folder).string(), {});
    const files_package::closing_rule rule{.bytes = 0, .age = std::chrono::milliseconds(1)};
    (void)files.open(folder + "/a", 4, false)->append("x\n", false);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    std::vector<std::string> closed;
    while (closed.empty() && std::chrono::steady_clock::now() < deadline)
        closed = files.close_old(rule);
    BOOST_TEST(closed == (std::vector<std::string>{folder + "/a"}),
               boost::test_tools::per_element());
    BOOST_TEST(!fs::exists(folder + "/a"));
    BOOST_TEST(files_package::closed_files_of(fs::canonical(folder).string() + "/a").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_compression_that_is_given_up_leaves_the_file)
{
    const std::string file = folder + "/big";
    std::ofstream(file) << std::string(3 << 20, 'x');
    {
        files_package::compression work(file, "zstd");
        BOOST_TEST(work.step());
        BOOST_TEST(fs::exists(file + ".zst.part"));
    }
    BOOST_TEST(fs::file_size(file) == std::uintmax_t{3 << 20});
    BOOST_TEST(names().size() == 1U);
}

BOOST_AUTO_TEST_CASE(parameters_that_make_no_sense_are_refused)
{
    const auto refused = [&](const json::object& parameters)
    { return refusal(write_entry, parameters); };
    BOOST_TEST(refused({{"path", folder + "/{{%Q}}"}}).find("%Y") != std::string::npos);
    BOOST_TEST(refused({{"path", folder + "/{{a"}}) != "none");
    BOOST_TEST(refused({{"path", folder + "/a"}, {"compress", "gzip"}}).find("rotate_bytes") !=
               std::string::npos);
    BOOST_TEST(refused({{"path", folder + "/{{a}}"}, {"time", "/x"}}) != "none");
    BOOST_TEST(refused({{"path", folder + "/missing/{{a}}"}}) == "none"); // it may be made later
}

BOOST_AUTO_TEST_SUITE_END()
