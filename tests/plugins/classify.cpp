// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "model.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"
#include "trained_model.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace json = penstock::json;

namespace
{

struct trained
{
    trained() { train_model(path); }

    penstock::testing::result classify(const json::object& more,
                                       const std::vector<std::string>& texts) const
    {
        std::vector<penstock::packet> packets(texts.size());
        for (std::size_t n = 0; n < texts.size(); ++n)
            packets[n].set("text", texts[n]);
        json::object parameters{{"model", path}};
        for (const auto& [name, value] : more)
            parameters[name] = value;
        return run_entry(classify_package::text_entry, parameters, std::move(packets));
    }

    // What is said of a file that is no good.
    static std::string refusal(const std::string& file)
    {
        try
        {
            const classify_package::model read(file);
        }
        catch (const std::runtime_error& error)
        {
            return error.what();
        }
        return "read";
    }

    scratch_directory scratch;
    const std::string path = scratch.path("model.bin");
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(classify, trained)

BOOST_AUTO_TEST_CASE(each_text_gets_its_label)
{
    auto result = classify({}, {"a ship in the wind", "soup with\nsalt"});
    BOOST_TEST_REQUIRE(result.out().size() == 2u);
    BOOST_TEST(result.out()[0].text("label") == "sea");
    BOOST_TEST(result.out()[1].text("label") == "kitchen");
}

BOOST_AUTO_TEST_CASE(several_labels_come_with_their_probabilities_the_surest_first)
{
    auto result =
        classify({{"most", 2}, {"probability", "sure"}, {"to", "topics"}}, {"the ship sails"});
    BOOST_TEST_REQUIRE(result.out().size() == 1u);
    const penstock::packet& packet = result.out()[0];
    BOOST_TEST(packet.is_multivalued("topics"));
    BOOST_TEST(packet.values("topics") == (json::array{"sea", "kitchen"}));
    const json::array sure = packet.values("sure");
    BOOST_TEST_REQUIRE(sure.size() == 2u);
    BOOST_TEST(sure[0].as_double() > sure[1].as_double());
    BOOST_TEST(sure[0].as_double() <= 1.0);
    BOOST_TEST(sure[0].as_double() + sure[1].as_double() > 0.99);
}

BOOST_AUTO_TEST_CASE(what_is_not_probable_enough_is_not_said)
{
    auto result = classify({{"least", 0.9}, {"most", 2}}, {"the ship sails over the waves"});
    BOOST_TEST(result.out().at(0).values("label") == json::array{"sea"});
}

BOOST_AUTO_TEST_CASE(a_packet_without_text_fails)
{
    auto result = run_entry(classify_package::text_entry, {{"model", path}},
                            std::vector<penstock::packet>(1));
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_whole_model_is_refused)
{
    BOOST_TEST(refusal(path) == "read");
    const std::string none = scratch.path("none.bin");
    BOOST_TEST(refusal(none) == none + ": cannot be read: No such file or directory");
    const std::string text = scratch.path("text.bin");
    std::ofstream(text) << "not a model at all";
    BOOST_TEST(refusal(text) == text + ": is no model; one of fastText was expected");
    const std::string part = scratch.path("part.bin");
    std::filesystem::copy_file(path, part);
    std::filesystem::resize_file(part, std::filesystem::file_size(path) - 10);
    BOOST_TEST(refusal(part) == part + ": ends too early; a whole model was expected");
}

BOOST_AUTO_TEST_SUITE_END()
