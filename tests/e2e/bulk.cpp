// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Documents that come and go by _bulk.
#include "live_host.hpp"

#include "tests/plugins/opensearch/scripted_engine.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(bulk)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

constexpr std::string_view lines_type = "application/x-ndjson";

/// A graph that publishes to an engine, or to a host that takes what an engine does.
std::string relay(const std::string& url, const std::string& more = "")
{
    return graph("relay",
                 {{"read", "json/read"},
                  {"publish", "opensearch/publish",
                   R"({"url": ")" + url + R"(", "index": "{{/meta/index}}", "batch_count": 50)" +
                       more + "}"}},
                 {{"read.out", "publish.in"}});
}

std::string documents(int from, int to)
{
    std::string body;
    for (int n = from; n < to; ++n)
        body += "{\"index\":{\"_index\":\"all\",\"_id\":\"" + std::to_string(n) +
                "\"}}\n{\"n\":" + std::to_string(n) + ",\"text\":\"Größe\"}\n";
    return body;
}

std::multiset<std::string> lines_of(const std::string& file)
{
    std::multiset<std::string> lines;
    std::istringstream text(read_file(file));
    for (std::string line; std::getline(text, line);)
        lines.insert(line);
    return lines;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_one_host_publishes_another_takes_in)
{
    const scratch far_home;
    const scratch home;
    const std::string file = far_home.at("out.ndjson");
    live_host far(
        far_home,
        {far_home.write("g.json", graph("far",
                                        {{"read", "json/read"},
                                         {"write", "files/write", R"({"path": ")" + file + "\"}"}},
                                        {{"read.out", "write.in"}}))});
    live_host near(home,
                   {home.write("g.json", relay("http://127.0.0.1:" + std::to_string(far.port())))});
    const response answer = near->post("/_bulk", lines_type, documents(0, 300));
    BOOST_TEST_REQUIRE(answer.status == 200U);
    BOOST_TEST(answer.headers.value("Penstock-Durability") == "durable");
    BOOST_TEST(!body_of(answer).at("errors").as_bool());
    BOOST_TEST(body_of(answer).at("items").as_array().size() == 300U);
    BOOST_TEST(near.settle("relay").delivered == 300U);
    BOOST_TEST(far.settle("far").delivered == 300U);
    const std::multiset<std::string> lines = lines_of(file);
    BOOST_TEST(lines.size() == 300U);
    BOOST_TEST(lines.contains(R"({"n":299,"text":"Größe"})"));
}

BOOST_AUTO_TEST_CASE(every_document_is_accounted_for_while_the_engine_goes_and_comes_back)
{
    scripted_engine far(
        [](const engine_item& item)
        {
            using said = std::optional<std::pair<unsigned, std::string>>;
            return item.source.at("n").as_int64() % 100 == 7 ? said({400, "bad luck"}) : said();
        });
    const scratch home;
    live_host host(home, {home.write("g.json", relay(far.url())), "--lanes", "2"});
    constexpr int batch = 500;
    for (int round = 0; round < 4; ++round)
    {
        BOOST_TEST(host->post("/_bulk", lines_type, documents(round * batch, (round + 1) * batch))
                       .status == 200U);
        if (round == 3)
            break;
        const std::size_t before = far.batches().size();
        far.server().stop();
        const bool is_told = eventually(
            [&] {
                return has(penstock::write_json(host->get("/api/graphs/relay/state")),
                           "unavailable");
            },
            std::chrono::seconds(20));
        BOOST_TEST(is_told);
        far.server().start();
        BOOST_TEST(
            eventually([&] { return far.batches().size() > before; }, std::chrono::seconds(20)));
    }
    const account found = host.settle("relay", std::chrono::seconds(60));
    BOOST_TEST(found.delivered == 1980U);
    BOOST_TEST(found.dead == 20U);
    BOOST_TEST(far.documents().size() == 1980U);
    const json::value letters = host->get("/api/dead-letters");
    BOOST_TEST(text_of(letters.at("dead_letters").at(0).at("reason")) ==
               "status 400: told_exception: bad luck");
}

BOOST_AUTO_TEST_CASE(the_last_change_of_a_document_is_what_stays)
{
    std::atomic<int> refusals = 3;
    scripted_engine far(
        [&](const engine_item& item)
        {
            using said = std::optional<std::pair<unsigned, std::string>>;
            const bool is_first = item.id == "1" && item.source.at("v").as_int64() == 1;
            return is_first && refusals-- > 0 ? said({429, "full"}) : said();
        });
    const scratch home;
    live_host host(home, {home.write("g.json", relay(far.url())), "--lanes", "2"});
    const response answer = host->post("/all/_bulk", lines_type,
                                       "{\"index\":{\"_id\":\"1\"}}\n{\"v\":1}\n"
                                       "{\"index\":{\"_id\":\"1\"}}\n{\"v\":2}\n"
                                       "{\"index\":{\"_id\":\"2\"}}\n{\"v\":1}\n"
                                       "{\"delete\":{\"_id\":\"2\"}}\n");
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(host.settle("relay", std::chrono::seconds(60)).delivered == 4U);
    BOOST_TEST(far.documents() == (std::vector<std::string>{R"(all/1 {"v":2})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_connection_is_tried_without_sending_anything)
{
    scripted_engine far({},
                        [](const received_request& request)
                        {
                            return request.header("authorization").empty()
                                       ? std::optional(scripted_answer{.status = 401})
                                       : std::nullopt;
                        });
    const scratch home;
    using penstock::host::cli::testing::run;
    const std::string with =
        home.write("with.json", relay(far.url(), R"(, "user": "ann", "password": "${env:HOME}")"));
    const std::string without = home.write("without.json", relay(far.url()));
    const ended good = run(home, {"validate", "--connect", with});
    BOOST_TEST(good.code == 0, good.err);
    BOOST_TEST(has(good.out, "publish: connected"), good.out);
    const ended bad = run(home, {"validate", "--connect", without});
    BOOST_TEST(bad.code == 1);
    BOOST_TEST(has(bad.err + bad.out, "status 401"), bad.err + bad.out);
    for (const received_request& each : far.server().requests())
        BOOST_TEST(each.body.empty());
}

BOOST_AUTO_TEST_CASE(a_password_that_is_written_out_is_refused)
{
    const scratch home;
    const std::string graph = home.write(
        "g.json", relay("http://localhost", R"(, "user": "ann", "password": "hunter2")"));
    const ended refused = penstock::host::cli::testing::run(home, {"validate", graph});
    BOOST_TEST(refused.code == 1);
    BOOST_TEST(!has(refused.out + refused.err, "hunter2"));
}

BOOST_AUTO_TEST_SUITE_END()
