// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(catalogue)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

constexpr std::size_t records = 2'000;
constexpr std::size_t transitional_every = 50;

// One record in fifty is transitional, which the graph drops; one is about something rare.
std::string make_records()
{
    std::string text;
    for (std::size_t n = 0; n < records; ++n)
    {
        const bool transitional = n % transitional_every == 0;
        const std::string number = std::to_string(n);
        text += "Package: thing-" + number + "\nVersion: 1." + number +
                "-1\nArchitecture: all\nSection: " + (transitional ? "oldlibs" : "utils") +
                "\nInstalled-Size: " + number + "\nDescription: tool number " + number +
                (n == 1'234 ? " that counts marmots" : " for \"daily\" work") +
                "\n A second line.\nTag: role::program,\n use::checking\n\n";
    }
    return text;
}

std::string converted(const scratch& home)
{
    const std::string file = home.write("available", make_records());
    const std::string command = "awk -f '" PENSTOCK_EXAMPLES "/catalogue.awk' '" + file + "'";
    const std::unique_ptr<FILE, int (*)(FILE*)> output(::popen(command.c_str(), "r"), ::pclose);
    std::string lines;
    char part[65'536];
    for (std::size_t count; (count = std::fread(part, 1, sizeof part, output.get())) > 0;)
        lines.append(part, count);
    return lines;
}

// Cuts after each so many lines.
std::vector<std::string> batches(const std::string& lines, std::size_t each)
{
    std::vector<std::string> made;
    std::size_t count = 0, begin = 0;
    for (std::size_t end = lines.find('\n'); end != std::string::npos;
         end = lines.find('\n', end + 1))
    {
        if (++count % each == 0 || end + 1 == lines.size())
        {
            made.push_back(lines.substr(begin, end + 1 - begin));
            begin = end + 1;
        }
    }
    return made;
}

std::vector<std::string> example_graphs()
{
    return {PENSTOCK_EXAMPLES "/catalogue.json", PENSTOCK_EXAMPLES "/search.json"};
}

json::array found(live_host& host, const std::string& words)
{
    const json::value answer = host->get("/graphs/search/data/q/" + words + "?ack=processed");
    const json::value* packets = answer.as_object().if_contains("packets");
    return packets != nullptr ? packets->as_array() : json::array();
}

} // namespace

BOOST_AUTO_TEST_CASE(every_record_is_accounted_for_and_can_be_found)
{
    const scratch home;
    live_host host(home, example_graphs());
    std::uint64_t delivered = 0, dropped = 0, dead = 0;
    for (const std::string& batch : batches(converted(home), 250))
    {
        const response answer =
            host->post("/data/catalogue?ack=processed", "application/x-ndjson", batch);
        BOOST_REQUIRE_EQUAL(answer.status, 200);
        const json::value counts = body_of(answer);
        delivered += counts.at("delivered").to_number<std::uint64_t>();
        dropped += counts.at("dropped").to_number<std::uint64_t>();
        dead += counts.at("dead_count").to_number<std::uint64_t>();
    }
    BOOST_TEST(delivered == records - records / transitional_every);
    BOOST_TEST(dropped == records / transitional_every);
    BOOST_TEST(dead == 0U);

    const json::array packets = found(host, "marmots");
    BOOST_REQUIRE_EQUAL(packets.size(), 1);
    const json::value& fields = packets.front().at("fields");
    BOOST_TEST(text_of(fields.at("name")) == "thing-1234");
    BOOST_TEST(text_of(fields.at("summary")) ==
               "tool number 1234 that counts marmots\nA second line.");
    BOOST_TEST(fields.at("kibibytes").as_int64() == 1'234);
    BOOST_TEST(found(host, "transitional").empty());
    BOOST_TEST(found(host, "%22daily%20work%22").size() == 10U); // the default limit

    const ended end = host.stop();
    BOOST_TEST(end.code == 0, end.err);
    BOOST_TEST(
        has(end.err, "catalogue: 8 accepted, 1,960 delivered, 40 dropped, 0 dead, 0 pending"),
        end.err);
}

BOOST_AUTO_TEST_CASE(a_record_is_searchable_within_a_second_of_its_receipt)
{
    const scratch home;
    live_host host(home, example_graphs());
    for (int n = 0; n < 3; ++n)
    {
        const std::string word = "gneiss" + std::to_string(n);
        const response receipt =
            host->post("/data/catalogue", "application/json",
                       R"({"Package": "rock", "Description": ")" + word + "\"}");
        const auto since = clock::now();
        BOOST_REQUIRE_EQUAL(receipt.status, 202);
        BOOST_TEST(eventually([&] { return found(host, word).size() == 1; }));
        BOOST_TEST((clock::now() - since < std::chrono::seconds(1)));
    }
}

BOOST_AUTO_TEST_CASE(a_document_is_replaced_and_deleted_over_http)
{
    const scratch home;
    live_host host(home, example_graphs());
    for (const char* words : {"olivine", "pyroxene"})
        BOOST_TEST(
            host->post("/data/catalogue?ack=processed", "application/json",
                       R"({"Package": "rock", "Description": ")" + std::string(words) + "\"}")
                .status == 200U);
    BOOST_TEST(found(host, "olivine").empty());
    BOOST_TEST(found(host, "pyroxene").size() == 1U);
    BOOST_TEST(host->ask("DELETE", "/data/catalogue/rock?ack=processed").status == 200U);
    BOOST_TEST(found(host, "pyroxene").empty());
}

BOOST_AUTO_TEST_CASE(what_was_indexed_is_found_after_a_restart)
{
    const scratch home;
    {
        live_host host(home, example_graphs());
        BOOST_TEST(host->post("/data", "application/json",
                              R"({"Package": "kept", "Description": "feldspar"})")
                       .status == 202U);
        BOOST_TEST(host.stop().code == 0);
    }
    live_host host(home, example_graphs());
    BOOST_TEST(found(host, "feldspar").size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
