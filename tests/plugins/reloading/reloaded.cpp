// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "plugins/reloading/reloaded.hpp"
#include "tests/plugins/scratch_directory.hpp"

#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>

using penstock::packet;

BOOST_AUTO_TEST_SUITE(reloading_reloaded)

namespace
{

int reads = 0; // of a file

// Changes the file as a packet says, then puts what is known of it into the packet.
class changer final : public penstock::transformer
{
public:
    explicit changer(std::string path) : path_(std::move(path)) {}

private:
    void start() override
    {
        text_.start(path_, "",
                    [](const std::string& path)
                    {
                        std::ifstream in(path);
                        ++reads;
                        auto text = std::make_unique<std::string>(
                            std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
                        if (*text == "bad")
                            throw std::runtime_error("is bad; good was expected");
                        return text;
                    });
    }

    void process(packet& packet) override
    {
        const std::string change = packet.text("change", "");
        if (change == "remove")
            std::filesystem::remove(path_);
        else if (!change.empty())
        {
            std::ofstream(path_ + ".new") << change;
            std::filesystem::rename(path_ + ".new", path_);
        }
        packet.set("text", text_.get());
    }

    std::string path_;
    reloading::reloaded<std::string> text_{*this};
};

std::string texts(const std::vector<std::string>& changes, std::string_view interval)
{
    const scratch_directory scratch;
    const std::string path = scratch.path("file");
    std::ofstream(path) << "first";
    changer component(path);
    std::vector<packet> given;
    for (const std::string& each : changes)
        given.emplace_back(penstock::json::object{{"change", each}});
    penstock::testing::inputs inputs;
    inputs.emplace("in", std::move(given));
    auto result = penstock::testing::run(component, {{"reload", interval}}, std::move(inputs));
    std::string all;
    for (const packet& each : result.out())
        all += each.text("text") + " ";
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_file_that_changes_is_read_anew)
{
    BOOST_TEST(texts({"", "second", "", "third"}, "0ms") == "first second second third ");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_leaves_what_was_read_before)
{
    BOOST_TEST(texts({"second", "bad", "remove", "third"}, "0ms") == "second second second third ");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_not_read_again_before_it_changes)
{
    reads = 0;
    BOOST_TEST(texts({"bad", "", "", "second", "bad", ""}, "0ms") ==
               "first first first second second second ");
    BOOST_TEST(reads == 4);
}

BOOST_AUTO_TEST_CASE(a_file_is_not_looked_at_before_its_time)
{
    BOOST_TEST(texts({"second", "third"}, "1h") == "first first ");
}

BOOST_AUTO_TEST_CASE(a_file_that_was_replaced_by_the_same_text_is_another)
{
    const scratch_directory scratch;
    const std::string path = scratch.path("file");
    std::ofstream(path) << "text";
    const std::string before = reloading::identity_of(path);
    BOOST_TEST(reloading::identity_of(path) == before);
    std::filesystem::rename(path, path + ".old");
    std::ofstream(path) << "text";
    BOOST_TEST(reloading::identity_of(path) != before);
    BOOST_CHECK_THROW(static_cast<void>(reloading::identity_of(scratch.path("none"))),
                      std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
