// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "document/sample_word.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using penstock::packet;
using penstock::testing::packets;

BOOST_AUTO_TEST_SUITE(document_word)

namespace
{

namespace json = penstock::json;

penstock::testing::result read(std::vector<packet> documents, const json::object& parameters = {})
{
    return run_entry(document_package::word_entry, parameters, std::move(documents));
}

// Why a document fails, beside one that does not.
std::string reason(std::string_view document, const json::object& parameters = {})
{
    auto result = read(packets(body(document), body(sample_word::doc("good\r"))), parameters);
    BOOST_TEST(result.out().size() == 1U);
    return result.failed.size() == 1 ? result.failed[0].second : "";
}

// A program that does something with documents that begin with a word, and else reads them.
json::object program(const std::string& word, const std::string& action)
{
    const std::string script = "case $(head -c " + std::to_string(word.size()) + " \"$1\") in " +
                               word + ") " + action + ";; esac; exec antiword -w 0 \"$1\"";
    return {{"command", json::array{"sh", "-c", script, "sh"}}};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_document_becomes_a_text_and_is_not_kept)
{
    auto result = read(packets(
        body(sample_word::doc("A caf\xe9 of words.\rThe \x84other\x93 one.\r"), {{"id", "x"}})));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].text("text") == "A café of words.\nThe „other“ one.");
    BOOST_TEST(result.out()[0].data().empty());
    BOOST_TEST(result.out()[0].meta("id") == "x");
}

BOOST_AUTO_TEST_CASE(a_long_paragraph_is_one_line)
{
    std::string words;
    for (int n = 0; n < 3'000; ++n)
        words += "word ";
    auto result = read(packets(body(sample_word::doc(words + "last\r"))));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].text("text") == words + "last");
}

BOOST_AUTO_TEST_CASE(what_is_no_document_fails_alone)
{
    for (const std::string_view text : {"", "text", "PK\x03\x04", "{\\rtf1 x}"})
        BOOST_TEST(reason(text).starts_with("cannot be read: "), text);
    BOOST_TEST(reason(sample_word::doc("x\r").substr(0, 600)).starts_with("cannot be read: "));
}

BOOST_AUTO_TEST_CASE(a_program_that_crashes_hangs_or_outgrows_costs_one_document)
{
    BOOST_TEST(reason("CRASH", program("CRASH", "kill -SEGV $$")) == "signal 11");
    json::object hangs = program("HANG", "sleep 100");
    hangs["timeout"] = "3s";
    BOOST_TEST(reason("HANG", hangs) == "time limit");
    json::object grows = program("GROW", "x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done");
    grows["memory"] = "64MiB";
    BOOST_TEST(reason("GROW", grows) == "memory limit");
    BOOST_TEST(reason("BYTES", program("BYTES", "printf '\\377'; exit 0")) ==
               "text: byte 0: is no utf-8; text in utf-8 was expected");
}

BOOST_AUTO_TEST_CASE(a_trigger_goes_on_as_it_is)
{
    packet trigger;
    trigger.set_meta("requestmethod", "DELETE");
    BOOST_TEST(read(packets(std::move(trigger))).out().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_there_is_refused)
{
    BOOST_TEST(refusal(document_package::word_entry, {{"command", "no-such-program"}}) ==
               "command: program \"no-such-program\" cannot be run; one as in antiword was "
               "expected");
    BOOST_CHECK_THROW((void)read({}, {{"command", "no-such-program"}}), std::runtime_error);
    for (const json::value& none : {json::value(json::array()), json::value(7), json::value()})
        BOOST_CHECK_THROW((void)read({}, {{"command", none}}), penstock::parameter_error);
}

BOOST_AUTO_TEST_SUITE_END()
