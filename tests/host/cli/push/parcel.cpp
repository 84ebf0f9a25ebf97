// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/parcel.hpp"

#include "host/net/content/content_coding.hpp"
#include "tests/host/cli/program.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(parcels)

using namespace penstock::host::cli;
using penstock::host::descriptor;
using penstock::host::cli::testing::scratch;
namespace http = penstock::host::http;

namespace
{

std::vector<parcel> all_of(const std::string& input, parcel_options options)
{
    const auto source = parcel_source::open(input, std::move(options));
    std::vector<parcel> all;
    while (std::optional<parcel> next = (*source)->next())
        all.push_back(*std::move(next));
    return all;
}

/// A named pipe that a writer holds open.
struct line_pipe
{
    scratch folder;
    std::string path = folder.at("pipe.ndjson");
    descriptor end;

    line_pipe()
    {
        BOOST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
        end = descriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    }

    void write(std::string_view text) const
    {
        BOOST_REQUIRE(::write(end.number(), text.data(), text.size()) ==
                      static_cast<ssize_t>(text.size()));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(lines_are_cut_into_batches)
{
    const scratch folder;
    const std::string file = folder.write("a.ndjson", "1\n2\n\n3\n4\n5");
    const std::vector<parcel> all = all_of(file, {.type = {}, .batch = 2});
    BOOST_REQUIRE(all.size() == 3);
    BOOST_TEST(all[0].body == "1\n2\n\n");
    BOOST_TEST(all[0].type == "application/x-ndjson");
    BOOST_TEST(all[1].body == "3\n4\n");
    BOOST_TEST(all[1].source == file + ", lines 4 to 5");
    BOOST_TEST(all[2].body == "5\n");
    BOOST_TEST(all[2].records == 1);
    BOOST_TEST(all[2].number == 2);
}

BOOST_AUTO_TEST_CASE(every_parcel_of_lines_names_the_encoding_that_the_mark_of_the_file_tells)
{
    const scratch folder;
    const std::string file = folder.write("a.ndjson", std::string("\xff\xfe"
                                                                  "1\0\n\0 \0\n\0"
                                                                  "2\0\n\0"
                                                                  "3\0",
                                                                  16));
    const std::vector<parcel> all = all_of(file, {.type = {}, .batch = 2});
    BOOST_REQUIRE(all.size() == 2);
    BOOST_TEST((all[0].body == std::string("1\0\n\0 \0\n\0"
                                           "2\0\n\0",
                                           12)));
    BOOST_TEST(all[0].records == 2);
    BOOST_TEST((all[1].body == std::string("3\0\n\0", 4)));
    for (const parcel& each : all)
        BOOST_TEST(each.type == "application/x-ndjson; charset=utf-16le");
    const std::vector<parcel> named =
        all_of(file, {.type = "application/x-ndjson; a=\"b c\"; charset=UTF-16"});
    BOOST_TEST(named.at(0).type == "application/x-ndjson; a=\"b c\"; charset=utf-16le");
}

BOOST_AUTO_TEST_CASE(a_parcel_of_lines_keeps_below_its_bytes)
{
    const scratch folder;
    const std::string file = folder.write("a.ndjson", "12345\n12345\n1234567890123\n1\n");
    const std::vector<parcel> all = all_of(file, {.type = {}, .batch = 0, .most_bytes = 12});
    BOOST_REQUIRE(all.size() == 3);
    BOOST_TEST(all[0].body == "12345\n12345\n");
    BOOST_TEST(all[1].body == "1234567890123\n"); // longer than that, but one line
    BOOST_TEST(all[2].body == "1\n");
}

BOOST_AUTO_TEST_CASE(blank_input_makes_no_parcel)
{
    const scratch folder;
    BOOST_TEST(all_of(folder.write("a.ndjson", "\n \n\n"), {}).empty());
    BOOST_TEST(all_of(folder.write("b.ndjson", ""), {}).empty());
}

BOOST_AUTO_TEST_CASE(another_file_is_one_parcel_of_its_type)
{
    const scratch folder;
    const std::vector<parcel> all = all_of(folder.write("a.csv", "x,y\n1,2\n"), {});
    BOOST_REQUIRE(all.size() == 1);
    BOOST_TEST(all[0].type == "text/csv");
    BOOST_TEST(all[0].body == "x,y\n1,2\n");
    const std::vector<parcel> given = all_of(folder.at("a.csv"), {.type = "text/plain"});
    BOOST_TEST(given.at(0).type == "text/plain");
}

BOOST_AUTO_TEST_CASE(a_folder_goes_in_order_of_names)
{
    const scratch folder;
    folder.write("in/b.json", "2");
    folder.write("in/a.ndjson", "1\n");
    folder.write("in/c/d.json", "3");
    const std::vector<parcel> all = all_of(folder.at("in"), {});
    BOOST_REQUIRE(all.size() == 3);
    BOOST_TEST(all[0].body == "1\n");
    BOOST_TEST(all[1].body == "2");
    BOOST_TEST(all[2].body == "3");
}

BOOST_AUTO_TEST_CASE(compressed_lines_are_unpacked_and_cut)
{
    const scratch folder;
    const std::string file = folder.write("a.ndjson.gz", http::gzip("1\n2\n3\n"));
    const std::vector<parcel> all = all_of(file, {.type = {}, .batch = 2});
    BOOST_REQUIRE(all.size() == 2);
    BOOST_TEST(all[0].body == "1\n2\n");
    BOOST_TEST(all[0].type == "application/x-ndjson");
    BOOST_TEST(all[0].coding == "");
    const std::vector<parcel> named =
        all_of(folder.write("b.gz", http::gzip("1\n")), {.type = "application/x-ndjson"});
    BOOST_REQUIRE(named.size() == 1);
    BOOST_TEST(named[0].body == "1\n");
}

BOOST_AUTO_TEST_CASE(another_compressed_file_goes_with_its_coding)
{
    const scratch folder;
    const std::string packed = http::gzip("{}");
    const std::vector<parcel> all = all_of(folder.write("a.json.gz", packed), {});
    BOOST_REQUIRE(all.size() == 1);
    BOOST_TEST(all[0].type == "application/json");
    BOOST_TEST(all[0].coding == "gzip");
    BOOST_TEST(all[0].body == packed);
    BOOST_TEST(all_of(folder.write("a.json.zst", packed), {}).at(0).coding == "zstd");
}

BOOST_AUTO_TEST_CASE(a_compressed_file_goes_as_it_is_where_nobody_knows_what_is_in_it)
{
    const scratch folder;
    const std::string file = folder.write("a.tar.gz", http::gzip("x"));
    BOOST_TEST(all_of(file, {}).at(0).coding == "");
    BOOST_TEST(all_of(file, {}).at(0).type == "application/octet-stream");
    BOOST_TEST(all_of(file, {.type = "application/gzip"}).at(0).coding == "");
}

BOOST_AUTO_TEST_CASE(damaged_compressed_lines_are_told_and_what_came_before_is_sent)
{
    const scratch folder;
    const std::string packed = http::gzip("1\n2\n345");
    const std::string file = folder.write("a.ndjson.gz", packed.substr(0, packed.size() - 3));
    const auto source = parcel_source::open(file, {});
    BOOST_TEST((*source)->next()->body == "1\n2\n");
    BOOST_TEST(!(*source)->next().has_value());
    BOOST_REQUIRE((*source)->problems().size() == 1U);
    BOOST_TEST(to_string((*source)->problems().front()) ==
               file + ": ends in the middle of compressed data");
}

BOOST_FIXTURE_TEST_CASE(lines_of_a_pipe_go_when_no_more_come_in_time, line_pipe)
{
    write("1\n2\n");
    const auto source = parcel_source::open(path, {.batch_wait = std::chrono::milliseconds(1)});
    BOOST_TEST((*source)->next()->body == "1\n2\n"); // the pipe has no end yet
    write("3\n");
    const std::optional<parcel> rest = (*source)->next();
    BOOST_TEST(rest->body == "3\n");
    BOOST_TEST(rest->source == path + ", lines 3 to 3");
}

BOOST_FIXTURE_TEST_CASE(nothing_is_waited_for_once_it_is_stopped, line_pipe)
{
    const auto source = parcel_source::open(path, {});
    (*source)->stop();
    BOOST_TEST(!(*source)->next().has_value());
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_told)
{
    const auto source = parcel_source::open("/no/such/file", {});
    BOOST_REQUIRE(source.has_error());
    BOOST_TEST(to_string(source.error()) ==
               "/no/such/file: cannot be read: No such file or directory");
}

BOOST_AUTO_TEST_SUITE_END()
