// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"
#include "tests/plugins/trained_model.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <stdexcept>
#include <string>

#include <sys/inotify.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(classify)

using namespace penstock::e2e;

namespace
{

// Counts how often a file is opened, by anybody. That it is closed is watched too, as events that
// are alike and follow each other are told as one.
class opened
{
public:
    explicit opened(const std::string& path) : events_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    {
        if (::inotify_add_watch(events_, path.c_str(), IN_OPEN | IN_CLOSE) < 0)
            throw std::runtime_error(path + ": cannot be watched");
    }

    ~opened() { ::close(events_); }

    opened(const opened&) = delete;
    opened& operator=(const opened&) = delete;

    int count()
    {
        alignas(inotify_event) std::array<char, 4096> part;
        for (ssize_t size = 0; (size = ::read(events_, part.data(), part.size())) > 0;)
            for (ssize_t at = 0; at < size; at += static_cast<ssize_t>(sizeof(inotify_event)))
                if ((reinterpret_cast<const inotify_event*>(part.data() + at)->mask & IN_OPEN) != 0)
                    ++count_;
        return count_;
    }

private:
    int events_;
    int count_ = 0;
};

std::string classifying(const std::string& model)
{
    return graph("topics",
                 {{"read", "json/read"},
                  {"guess", "classify/text", R"({"model": ")" + model + "\"}"},
                  {"answer", "http/reply"}},
                 {{"read.out", "guess.in"}, {"guess.out", "answer.in"}});
}

std::string label_of(live_host& host, const std::string& text)
{
    const response answer = host->post("/data?ack=processed&wait=20s", "application/json",
                                       R"({"text": ")" + text + "\"}");
    return answer.status == 200 ? text_of(body_of(answer).at_pointer("/packets/0/fields/label"))
                                : answer.body;
}

} // namespace

BOOST_AUTO_TEST_CASE(four_lanes_read_the_model_once)
{
    const scratch home;
    const std::string model = home.at("model.bin");
    train_model(model);
    opened reads(model);
    live_host host(home, {home.write("g.json", classifying(model)), "--lanes", "4"});
    for (int n = 0; n < 8; ++n)
    {
        BOOST_TEST(label_of(host, "the ship sails") == "sea");
        BOOST_TEST(label_of(host, "salt the soup") == "kitchen");
    }
    BOOST_TEST(reads.count() == 1);

    // A second graph with the same model, while the first runs, reads nothing.
    std::string second = classifying(model);
    second.replace(second.find("topics"), 6, "others");
    BOOST_TEST(host->ask("PUT", "/api/graphs/others", {}, second).status / 100 == 2);
    BOOST_TEST(host->ask("POST", "/api/graphs/others/deploy").status == 200);
    BOOST_TEST(reads.count() == 1);
    for (int n = 0; n < 2; ++n)
        BOOST_TEST(!read_file(model).empty());
    BOOST_TEST(reads.count() == 3); // it does count
}

BOOST_AUTO_TEST_CASE(a_deployment_without_its_model_is_refused_and_the_graph_that_runs_goes_on)
{
    const scratch home;
    const std::string model = home.at("model.bin");
    train_model(model);
    live_host host(home, {home.write("g.json", classifying(model)), "--lanes", "4"});
    BOOST_TEST(label_of(host, "the ship sails") == "sea");

    const std::string missing = home.at("missing.bin");
    host->ask("PUT", "/api/graphs/topics", {}, classifying(missing));
    const response refused = host->ask("POST", "/api/graphs/topics/deploy");
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(has(refused.body, "/nodes/guess"), refused.body);
    BOOST_TEST(has(refused.body, missing + ": cannot be read: No such file or directory"),
               refused.body);
    BOOST_TEST(label_of(host, "bake the bread") == "kitchen");
}

BOOST_AUTO_TEST_SUITE_END()
