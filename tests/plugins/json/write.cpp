// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "json_bodies.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <random>
#include <string>

namespace json = penstock::json;
using namespace json_bodies;
using json_package::write_entry;
using penstock::testing::packets;

BOOST_AUTO_TEST_SUITE(json_write)

namespace
{

penstock::testing::result write(std::vector<packet> given, const json::object& parameters = {})
{
    return run_entry(write_entry, parameters, std::move(given));
}

strings data_of(const std::vector<packet>& documents)
{
    strings list;
    for (const packet& each : documents)
        list.emplace_back(each.data().view());
    return list;
}

packet with(std::string_view name, json::value value)
{
    packet made;
    made.set(name, std::move(value));
    return made;
}

// A value as any document may have it, numbers of all kinds above all.
json::value any_value(std::mt19937_64& random, int depth)
{
    switch (random() % (depth > 0 ? 9 : 7))
    {
    case 0: return nullptr;
    case 1: return random() % 2 == 0;
    case 2: return static_cast<std::int64_t>(random());
    case 3: return random() | (std::uint64_t{1} << 63);
    case 4: return static_cast<double>(static_cast<std::int64_t>(random() % 1000));
    case 5: {
        double number = 0;
        do
        {
            const std::uint64_t bits = random();
            std::memcpy(&number, &bits, sizeof number);
        } while (!std::isfinite(number));
        return number;
    }
    case 6: {
        json::string text;
        for (std::uint64_t n = random() % 8; n > 0; --n)
            text.append(std::array{"a", "\"", "\\", "\n", "\x01", "\xc3\xa9", "\xf0\x9f\x90\x8c",
                                   "/"}[random() % 8]);
        return text;
    }
    case 7: {
        json::array list;
        for (std::uint64_t n = random() % 4; n > 0; --n)
            list.push_back(any_value(random, depth - 1));
        return list;
    }
    default: {
        json::object object;
        for (std::uint64_t n = random() % 4; n > 0; --n)
            object[std::to_string(n)] = any_value(random, depth - 1);
        return object;
    }
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(packets_of_a_request_become_lines_of_one_document)
{
    auto result = write(packets(with("a", 1), with("b", "x"), packet()));
    BOOST_TEST(data_of(result.out()) == (strings{"{\"a\":1}\n{\"b\":\"x\"}\n{}\n"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[0].meta("mimetype") == "application/x-ndjson");
    BOOST_TEST(result.out()[0].fields().empty());
    BOOST_TEST(result.dropped.empty());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(an_array_holds_all_packets_of_a_request)
{
    auto result = write(packets(with("a", 1), with("b", 2)), {{"format", "array"}});
    BOOST_TEST(data_of(result.out()) == (strings{R"([{"a":1},{"b":2}])"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[0].meta("mimetype") == "application/json");
}

BOOST_AUTO_TEST_CASE(each_packet_may_be_a_document)
{
    auto result = write(packets(with("a", 1), with("b", 2)), {{"format", "document"}});
    BOOST_TEST(data_of(result.out()) == (strings{R"({"a":1})", R"({"b":2})"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "mimetype") ==
                   (strings{R"("application/json")", R"("application/json")"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_sequence_has_a_separator_before_each_object)
{
    auto result = write(packets(with("a", 1), with("b", 2)), {{"format", "sequence"}});
    BOOST_TEST(data_of(result.out()) == (strings{"\x1e{\"a\":1}\n\x1e{\"b\":2}\n"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(no_packet_is_no_document)
{
    for (const char* format : {"lines", "array", "document", "sequence"})
        BOOST_TEST(write({}, {{"format", format}}).out().empty());
}

BOOST_AUTO_TEST_CASE(a_document_ends_at_its_bounds)
{
    const auto three = [] { return packets(with("a", 1), with("a", 2), with("a", 3)); };
    BOOST_TEST(data_of(write(three(), {{"format", "array"}, {"count", 2}}).out()) ==
                   (strings{R"([{"a":1},{"a":2}])", R"([{"a":3}])"}),
               boost::test_tools::per_element());
    BOOST_TEST(data_of(write(three(), {{"bytes", 8}}).out()) ==
                   (strings{"{\"a\":1}\n", "{\"a\":2}\n", "{\"a\":3}\n"}),
               boost::test_tools::per_element());
    BOOST_TEST(data_of(write(three(), {{"bytes", 9}}).out()) ==
                   (strings{"{\"a\":1}\n{\"a\":2}\n", "{\"a\":3}\n"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_document_may_have_packets_of_any_request_that_come_within_a_time)
{
    using namespace std::chrono_literals;
    using penstock::testing::at;
    penstock::testing::timed_inputs given;
    given["in"] = penstock::testing::timetable(at(0s, with("a", 1)), at(2s, with("a", 2)),
                                               at(4s, with("a", 3)), at(5s, with("a", 4)));
    auto result = penstock::testing::run(
        [] { return std::unique_ptr<penstock::component>(write_entry.make()); },
        {{"of", "any"}, {"wait", "3s"}}, std::move(given), {});
    BOOST_TEST(data_of(result.out()) ==
                   (strings{"{\"a\":1}\n{\"a\":2}\n", "{\"a\":3}\n{\"a\":4}\n"}),
               boost::test_tools::per_element());
    const auto three = [] { return packets(with("a", 1), with("a", 2), with("a", 3)); };
    BOOST_TEST(data_of(write(three(), {{"of", "any"}, {"count", 2}}).out()) ==
                   (strings{"{\"a\":1}\n{\"a\":2}\n", "{\"a\":3}\n"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_packet_of_data_alone_fails_and_the_others_are_written)
{
    packet raw;
    raw.set_data(penstock::bytes("raw"));
    auto result = write(packets(std::move(raw), packet({{"a", "1"}})));
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].first.data().view() == "raw");
    BOOST_TEST(result.failed[0].second.starts_with("has data and no fields; "));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].data().view() == "{\"a\":\"1\"}\n");
}

BOOST_AUTO_TEST_CASE(a_document_has_the_meta_of_its_first_packet_and_none_of_another_body)
{
    packet first = with("a", 1);
    first.set_meta({{"id", "x"}, {"charset", "iso-8859-1"}, {"contentlength", 7}});
    auto result = write(packets(std::move(first), with("a", 2)));
    BOOST_REQUIRE(result.out().size() == 1);
    BOOST_TEST(penstock::write_json(result.out()[0].meta()) ==
               R"({"id":"x","mimetype":"application/x-ndjson"})");
}

BOOST_AUTO_TEST_CASE(a_number_that_json_cannot_hold_fails_its_packet_alone)
{
    for (const char* format : {"lines", "array"})
    {
        auto result =
            write(packets(with("n", std::numeric_limits<double>::infinity()), with("a", 1),
                          with("n", std::numeric_limits<double>::quiet_NaN()), with("a", 2)),
                  {{"format", format}});
        BOOST_TEST(result.failed.size() == 2u);
        BOOST_TEST(data_of(result.out()) == (strings{*format == 'l' ? "{\"a\":1}\n{\"a\":2}\n"
                                                                    : R"([{"a":1},{"a":2}])"}),
                   boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(several_values_are_a_list_also_if_there_is_one)
{
    packet several;
    several.set_values("a", {1});
    several.set_values("b", {});
    several.set("c", json::array{1, 2}); // one value, read back as two
    BOOST_TEST(data_of(write(packets(std::move(several))).out()) ==
                   (strings{"{\"a\":[1],\"b\":[],\"c\":[1,2]}\n"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_are_replaced)
{
    BOOST_TEST(data_of(write(packets(with("a", "\xff\xc3\xa9"))).out()) ==
                   (strings{"{\"a\":\"\xef\xbf\xbd\xc3\xa9\"}\n"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back_as_it_was_numbers_included)
{
    std::mt19937_64 random(20261129);
    for (int round = 0; round < 300; ++round)
    {
        std::vector<packet> given;
        strings expected;
        for (std::uint64_t n = 1 + random() % 5; n > 0; --n)
        {
            json::object fields;
            for (std::uint64_t m = random() % 5; m > 0; --m)
                fields["f" + std::to_string(m)] = any_value(random, 3);
            given.emplace_back(fields);
            expected.push_back(penstock::write_json(fields));
        }
        for (const char* format : {"lines", "array", "document", "sequence"})
        {
            std::vector<packet> copies;
            for (const packet& each : given)
                copies.emplace_back(each.fields());
            auto again = read(std::move(write(std::move(copies), {{"format", format}}).out()));
            BOOST_TEST(again.failed.empty());
            BOOST_TEST(fields_of(again.out()) == expected, boost::test_tools::per_element());
            for (std::size_t n = 0; n < again.out().size() && n < given.size(); ++n)
                BOOST_TEST((again.out()[n].fields() == given[n].fields()));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
