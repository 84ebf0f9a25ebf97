// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "document/sample_pdf.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

using penstock::packet;
using penstock::testing::packets;

BOOST_AUTO_TEST_SUITE(document_pdf)

namespace
{

namespace json = penstock::json;

constexpr auto each = boost::test_tools::per_element();

penstock::testing::result read(std::vector<packet> files, const json::object& parameters = {})
{
    return run_entry(document_package::pdf_entry, parameters, std::move(files));
}

// Why a file fails, beside one that does not.
std::string reason(std::string_view file, const json::object& parameters = {})
{
    auto result = read(packets(body(file), body(sample_pdf({"good"}))), parameters);
    BOOST_TEST(result.out().size() == 1U);
    return result.failed.size() == 1 ? result.failed[0].second : "";
}

// A program that does something with files that begin with a word, and else reads PDF.
json::object program(const std::string& word, const std::string& action)
{
    const std::string script = "case $(head -c " + std::to_string(word.size()) + " \"$1\") in " +
                               word + ") " + action + ";; esac; exec pdftotext -q \"$1\" -";
    return {{"command", json::array{"sh", "-c", script, "sh"}}};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_file_becomes_fields_and_is_not_kept)
{
    auto result = read(packets(body(sample_pdf({"One page", "", "Another"}), {{"id", "x"}})));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    const packet& found = result.out()[0];
    BOOST_TEST(found.text("text") == "One page\n\nAnother");
    BOOST_TEST(found.text("title") == "A title");
    BOOST_TEST(found.text("author") == "\xc3\x84\xc3\xa4");
    BOOST_TEST(found.text("created").starts_with("2026-01-02T"));
    BOOST_TEST(found.text("modified").starts_with("2026-01-02T"));
    BOOST_TEST(found.get("pages") == 3);
    BOOST_TEST(found.data().empty());
    BOOST_TEST(found.meta("id") == "x");
}

BOOST_AUTO_TEST_CASE(each_page_with_text_can_be_a_packet)
{
    auto result =
        read(packets(body(sample_pdf({"One", "", "Three"}), {{"id", "x"}})), {{"per_page", true}});
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.3")"}), each);
    BOOST_TEST(meta_of(result.out(), "page") == (strings{"1", "3"}), each);
    BOOST_TEST(result.out().at(1).text("text") == "Three");
    BOOST_TEST(result.out().at(1).get("pages") == 3);
}

BOOST_AUTO_TEST_CASE(files_that_are_broken_or_without_text_say_so)
{
    BOOST_TEST(reason("text").starts_with("is broken: "));
    BOOST_TEST(reason("").starts_with("is broken: "));
    BOOST_TEST(reason(sample_pdf({"", ""})) ==
               "has no text; a PDF that holds more than pictures was expected");
    BOOST_TEST(reason("SILENT", program("SILENT", "exit 0")) ==
               "the program wrote nothing; the text of each page, and a form feed behind it, was "
               "expected");
    BOOST_TEST(reason("LOCKED", program("LOCKED", "echo 'Incorrect password' >&2; exit 1")) ==
               "is encrypted; a PDF that needs no password was expected");
}

BOOST_AUTO_TEST_CASE(a_file_without_text_may_go_on_with_what_else_is_known_of_it)
{
    for (const bool per_page : {false, true})
    {
        auto result = read(packets(body(sample_pdf({"", ""}), {{"id", "x"}})),
                           {{"sends_empty", true}, {"per_page", per_page}});
        BOOST_TEST_REQUIRE(result.out().size() == 1U);
        const packet& found = result.out()[0];
        BOOST_TEST(found.text("text").empty());
        BOOST_TEST(found.text("title") == "A title");
        BOOST_TEST(found.get("pages") == 2);
        BOOST_TEST(found.meta("id") == "x");
        BOOST_TEST(!found.has_meta("page"));
    }
    BOOST_TEST(reason("text", {{"sends_empty", true}}).starts_with("is broken: "));
}

BOOST_AUTO_TEST_CASE(a_program_that_crashes_hangs_or_outgrows_costs_one_file)
{
    BOOST_TEST(reason("CRASH", program("CRASH", "kill -SEGV $$")) == "signal 11");
    json::object hangs = program("HANG", "sleep 100");
    hangs["timeout"] = "3s";
    BOOST_TEST(reason("HANG", hangs) == "time limit");
    json::object grows = program("GROW", "x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done");
    grows["memory"] = "64MiB";
    BOOST_TEST(reason("GROW", grows) == "memory limit");
}

BOOST_AUTO_TEST_CASE(text_that_is_no_utf_8_fails)
{
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
    BOOST_CHECK_THROW((void)read({}, {{"command", json::array{"no-such-program"}}}),
                      std::runtime_error);
    for (const json::value& none : {json::value(json::array()), json::value(7), json::value()})
        BOOST_CHECK_THROW((void)read({}, {{"command", none}}), penstock::parameter_error);
    BOOST_CHECK_THROW((void)read({}, {{"command", "no-such-program"}}), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(the_program_that_tells_the_title_is_looked_for_too)
{
    const std::string path = std::getenv("PATH");
    ::setenv("PATH", "/nowhere", 1);
    const std::string wrong =
        refusal(document_package::pdf_entry, {{"command", json::array{"/bin/sh"}}});
    ::setenv("PATH", path.c_str(), 1);
    BOOST_TEST(wrong == "command: program \"pdfinfo\" cannot be run; one as in poppler-utils was "
                        "expected");
}

BOOST_AUTO_TEST_SUITE_END()
