// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The examples that talk to servers, as they are in their files but for the addresses.
#include "live_host.hpp"

#include "tests/plugins/curl/scripted_server.hpp"
#include "tests/plugins/postgres/database_server.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(examples)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

using changes = std::vector<std::pair<std::string, std::string>>;

// The text of an example, with other parts in place of some, each of which it has.
std::string example(const std::string& name, const changes& changed)
{
    std::string text = read_file(PENSTOCK_EXAMPLES "/" + name + ".json");
    for (const auto& [from, to] : changed)
    {
        const std::size_t place = text.find(from);
        if (place == text.npos)
            throw std::logic_error("examples/" + name + ".json: has no " + from);
        text.replace(place, from.size(), to);
    }
    return text;
}

// A server of feeds and of webhooks.
class news_server
{
public:
    [[nodiscard]] std::string url() const { return server_.url(); }

    void publish(const std::string& title)
    {
        const std::lock_guard lock(mutex_);
        items_.push_back(title);
    }

    [[nodiscard]] std::size_t asked() const
    {
        const std::lock_guard lock(mutex_);
        return asked_;
    }

    [[nodiscard]] std::vector<std::string> told() const
    {
        const std::lock_guard lock(mutex_);
        return told_;
    }

private:
    scripted_answer answer(const received_request& request)
    {
        const std::lock_guard lock(mutex_);
        if (request.method == "POST")
        {
            told_.push_back(request.target + ' ' + request.body);
            return {};
        }
        ++asked_;
        std::string feed = "<rss version='2.0'><channel><title>News</title>";
        for (const std::string& each : items_)
            feed += "<item><guid>" + each + "</guid><title>" + each + "</title></item>";
        return {.body = feed + "</channel></rss>",
                .headers = {"Content-Type: application/rss+xml; charset=utf-8"}};
    }

    mutable std::mutex mutex_;
    std::vector<std::string> items_;
    std::vector<std::string> told_;
    std::size_t asked_ = 0;
    scripted_server server_{[this](const received_request& request) { return answer(request); }};
};

} // namespace

BOOST_AUTO_TEST_CASE(feeds_are_watched_and_each_entry_is_told_once)
{
    news_server far;
    far.publish("One");
    const scratch home;
    live_host host(
        home, {home.write("g.json",
                          example("feeds", {{"0.0017", "20"},
                                            {"https://www.debian.org/News/news", far.url()},
                                            {R"(, "https://planet.debian.org/rss20.xml")", ""},
                                            {R"("into": "/data")",
                                             R"("into": "/data", "allow_hosts": ["127.0.0.1"])"},
                                            {"http://localhost:8081", far.url()}}))});
    const auto told = [&](std::size_t count)
    { return eventually([&] { return far.told().size() >= count; }); };
    BOOST_TEST_REQUIRE(told(1));
    far.publish("Two");
    BOOST_TEST_REQUIRE(told(2));
    const std::size_t asked = far.asked();
    BOOST_TEST(eventually([&] { return far.asked() >= asked + 5; }));
    BOOST_TEST(far.told() ==
                   (std::vector<std::string>{R"(/hooks/news {"text":"News: One","link":null})",
                                             R"(/hooks/news {"text":"News: Two","link":null})"}),
               boost::test_tools::per_element());
    BOOST_TEST(host->get("/api/dead-letters").at("kept").as_int64() == 0);
}

BOOST_AUTO_TEST_CASE(a_webhook_is_checked_and_sent_on_or_refused_with_the_reason)
{
    news_server far;
    const scratch home;
    live_host host(
        home, {home.write("g.json", example("hooks", {{"http://localhost:8081", far.url()}}))});
    const auto post = [&](std::string_view body)
    { return host->post("/graphs/hooks/data/hook?ack=processed", "application/json", body); };
    const response taken = post(R"({"event": "paid", "order": 7, "note": "by card"})");
    BOOST_TEST(taken.status == 200U);
    BOOST_TEST(taken.body == R"({"taken":true})");
    const response refused = post(R"({"event": "lost", "order": 8})");
    BOOST_TEST(refused.status == 422U);
    BOOST_TEST(has(refused.body, "/event"), refused.body);
    BOOST_TEST(far.told() ==
                   std::vector<std::string>{R"(/orders/paid {"order":7,"note":"by card"})"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_table_becomes_rows_and_what_comes_again_updates_them)
{
    database_server far;
    far.start();
    far.ask("CREATE TABLE stock (article text PRIMARY KEY, name text, price numeric(9,2), "
            "in_stock integer)");
    const scratch home;
    live_host host(home,
                   {home.write("g.json", example("stock", {{"dbname=shop", far.connection()}}))});
    const auto post = [&](std::string_view table)
    { return body_of(host->post("/data?ack=processed", "text/csv; charset=utf-8", table)); };
    std::string table = "Article,Name,Price,In stock\r\n";
    for (int n = 0; n < 5'000; ++n)
        table += "A-" + std::to_string(n) + ",\"Größe, " + std::to_string(n) + "\"," +
                 std::to_string(n) + ".50," + std::to_string(n % 7) + "\r\n";
    const json::value first = post(table + "A-x,Bad,cheap,0\r\n");
    BOOST_TEST(first.at("delivered").as_int64() == 5'000);
    BOOST_TEST(first.at("dead_count").as_int64() == 1);
    BOOST_TEST(far.ask("SELECT (sum(price), sum(in_stock))::text FROM stock") ==
                   std::vector<std::string>{"(12500000.00,14995)"},
               boost::test_tools::per_element());
    BOOST_TEST(post("Article,Name,Price,In stock\nA-7,Seven,1,70\n").at("delivered").as_int64() ==
               1);
    BOOST_TEST(far.ask("SELECT row_to_json(stock)::text FROM stock WHERE article = 'A-7'") ==
                   std::vector<std::string>{
                       R"({"article":"A-7","name":"Seven","price":1.00,"in_stock":70})"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
