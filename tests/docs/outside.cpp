// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What docs/authors.md tells of work with the outside; it quotes the parts between the marks.
#include "tests/docs/follow.hpp"
#include "tests/docs/one_packet.hpp"

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(author_rules)

namespace
{

class measure final : public penstock::transformer
{
    // [blocking]
    void process(penstock::packet& packet) override
    {
        const std::string path = packet.text("path");
        const auto size = penstock::blocking([&] { return std::filesystem::file_size(path); });
        packet.set("size", size);
    }
    // [end]
};

class append_lines final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::parameter<std::string> path{*this, "path", penstock::no_default, "The file."};

    // [commit]
    void run() override
    {
        while (auto batch = in.receive_some(1000, std::chrono::milliseconds(100)))
        {
            std::string lines;
            for (const penstock::packet& packet : batch)
                lines += packet.text("text") + '\n';
            penstock::blocking([&] { append(lines); });
            for (penstock::packet& packet : batch)
                deliver(std::move(packet)); // only now
        }
    }
    // [end]

    void append(const std::string& lines) const { std::ofstream(*path, std::ios::app) << lines; }
};

// [publisher]
class write_lines final : public penstock::publisher
{
    penstock::parameter<std::string> path{*this, "path", penstock::no_default, "The file."};

    void write(penstock::batch& batch) override
    {
        std::string lines;
        for (std::size_t i = 0; i < batch.size(); ++i)
        {
            const std::string text = batch[i].text("text", "");
            if (text.empty())
                fail(i, "text: is missing; a line was expected"); // this one alone
            lines += text.empty() ? "" : text + '\n';
        }
        if (!penstock::blocking([&] { return append(lines); }))
            throw penstock::unavailable(*path + ": cannot be written"); // the others wait
    }

    bool append(const std::string& lines) const
    {
        return (std::ofstream(*path, std::ios::app) << lines).good();
    }
};
// [end]

using namespace penstock::docs_tests;
using word_list = std::set<std::string>;

int loads = 0;

std::unique_ptr<word_list> load(const std::string& path)
{
    ++loads;
    auto words = std::make_unique<word_list>();
    std::ifstream file(path);
    for (std::string word; file >> word;)
        words->insert(word);
    return words;
}

class known final : public penstock::filter
{
    penstock::parameter<std::string> path{*this, "path", penstock::no_default, "A list of words."};
    std::shared_ptr<word_list> words_;

    // [shared]
    void start() override
    {
        words_ = penstock::shared<word_list>("words of " + *path, [&] { return load(*path); });
    }
    // [end]

    bool keep(const penstock::packet& packet) override
    {
        return words_->contains(packet.text("word"));
    }
};

// A file that goes with its object.
struct file
{
    explicit file(const std::string& text) { std::ofstream(path) << text; }

    ~file() { std::filesystem::remove(path); }

    const std::string path = (std::filesystem::temp_directory_path() /
                              ("penstock-rules-" + std::to_string(std::random_device()())))
                                 .string();
};

} // namespace

BOOST_AUTO_TEST_CASE(blocking_work_returns_what_it_found_and_its_failure_is_the_packets)
{
    const file made("12345");
    auto result = penstock::testing::run<measure>({}, one("path", made.path));
    BOOST_TEST(result.out().at(0).get("size") == 5);
    BOOST_TEST(penstock::testing::run<measure>({}, one("path", "/nowhere")).failed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_batch_is_committed_before_it_is_let_go)
{
    const file made("");
    static_cast<void>(
        penstock::testing::run<append_lines>({{"path", made.path}}, one("text", "hello")));
    std::ostringstream text;
    text << std::ifstream(made.path).rdbuf();
    BOOST_TEST(text.str() == "hello\n");
}

BOOST_AUTO_TEST_CASE(a_publisher_delivers_a_batch_but_for_what_it_marks)
{
    const file made("");
    std::vector<penstock::packet> packets(2);
    packets[1].set("text", "hello");
    const auto result =
        penstock::testing::run<write_lines>({{"path", made.path}}, std::move(packets));
    BOOST_TEST(result.delivered.size() == 1u);
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second == "text: is missing; a line was expected");
    BOOST_CHECK_THROW(static_cast<void>(penstock::testing::run<write_lines>(
                          {{"path", "/nowhere/at/all"}}, one("text", "hello"))),
                      penstock::unavailable);
}

BOOST_AUTO_TEST_CASE(a_source_acknowledges_what_has_ended_and_begins_there)
{
    const file made("one\ntwo\nthr");
    const penstock::testing::data_directory kept;
    const penstock::json::object params{{"path", made.path}};
    auto first = penstock::testing::run<follow>(params);
    BOOST_TEST_REQUIRE(first.out().size() == 2u);
    BOOST_TEST(first.out()[1].text("text") == "two");
    BOOST_TEST(first.acknowledged.back() == 8);
    std::ofstream(made.path, std::ios::app) << "ee\n";
    auto second = penstock::testing::run<follow>(params);
    BOOST_TEST_REQUIRE(second.out().size() == 1u);
    BOOST_TEST(second.out()[0].text("text") == "three");
    BOOST_CHECK_THROW(static_cast<void>(penstock::testing::run<follow>({{"path", "/nowhere"}})),
                      penstock::unavailable);
}

BOOST_AUTO_TEST_CASE(what_is_shared_is_made_once)
{
    const file made("yes no");
    known first, second;
    penstock::testing::inputs packets, more;
    packets.emplace("in", one("word", "yes"));
    more.emplace("in", one("word", "maybe"));
    const penstock::json::object params{{"path", made.path}};
    BOOST_TEST(penstock::testing::run(first, params, std::move(packets)).out().size() == 1u);
    BOOST_TEST(penstock::testing::run(second, params, std::move(more)).out().empty());
    BOOST_TEST(loads == 1);
}

BOOST_AUTO_TEST_SUITE_END()
