// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../../../plugins/writing/packet_path.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

using penstock::packet;
using writing::packet_path;

namespace
{

constexpr packet_path::limits short_names{.name = 20, .whole = 60};
constexpr packet_path::time_point now{std::chrono::milliseconds(951782400001)}; // 2000-02-29

std::string filled(const std::string& text, const packet& from, const std::string& time = {})
{
    try
    {
        return packet_path(text, time, short_names).fill(from, now);
    }
    catch (const std::invalid_argument& error)
    {
        return std::string("refused: ") + error.what();
    }
}

bool is_refused(const std::string& text, const packet& from, const std::string& time = {})
{
    return filled(text, from, time).starts_with("refused: ");
}

} // namespace

BOOST_AUTO_TEST_SUITE(writing_packet_path)

BOOST_AUTO_TEST_CASE(fields_meta_and_times_fill_the_places)
{
    packet from({{"host", "a"}, {"n", 7}, {"at", "2026-12-01T23:30:05+01:00"}});
    from.set_meta("kind", "b");
    BOOST_TEST(filled("x/{{host}}/{{/meta/kind}}-{{n}}.ndjson", from) == "x/a/b-7.ndjson");
    BOOST_TEST(filled("{{%Y-%m-%d}}/{{%H%M%S}}_{{%j}}", from) == "2000-02-29/000000_060");
    BOOST_TEST(filled("{{%Y-%m-%dT%H}}/{{host}}", from, "/fields/at") == "2026-12-01T22/a");
    BOOST_TEST(filled("{{%Y}}", packet({{"at", 0.5}}), "at") == "1970");
    BOOST_TEST(filled("%Y/{{host}}", from) == "%Y/a");
}

BOOST_AUTO_TEST_CASE(the_folder_stands_before_the_first_place)
{
    BOOST_TEST(packet_path("/a/b/c-{{d}}/e", {}, short_names).folder() == "/a/b/");
    BOOST_TEST(packet_path("a-{{d}}", {}, short_names).folder().empty());
    BOOST_TEST(packet_path("a/b", {}, short_names).is_fixed());
    BOOST_TEST(!packet_path("a/{{%Y}}", {}, short_names).is_fixed());
    BOOST_TEST(!packet_path("a/{{b}}", {}, short_names).is_fixed());
}

BOOST_AUTO_TEST_CASE(a_packet_may_name_folders_and_leaves_none)
{
    const auto with = [](const std::string& text) { return packet({{"a", text}}); };
    BOOST_TEST(filled("x/{{a}}", with("b/c")) == "x/b/c");
    BOOST_TEST(filled("x/{{a}}", with("..b")) == "x/..b");
    for (const char* const bad :
         {"..", ".", "../b", "b/../../c", "b/..", "/etc/passwd", "", "b//c", "b/", "a\nb", "\x7f"})
        BOOST_TEST(is_refused("x/{{a}}", with(bad)), bad);
    BOOST_TEST(is_refused("x/{{a}}", with(std::string("a\0b", 3))));
    BOOST_TEST(is_refused("x/b{{a}}", with("/c")));
    BOOST_TEST(is_refused("x/{{a}}{{a}}", with("."))); // .. of two places
    BOOST_TEST(!is_refused("../x/{{a}}", with("b")));  // the folder is the graph's own
}

BOOST_AUTO_TEST_CASE(names_that_are_too_long_are_refused)
{
    const auto with = [](std::size_t size) { return packet({{"a", std::string(size, 'n')}}); };
    BOOST_TEST(!is_refused("x/{{a}}", with(20)));
    BOOST_TEST(filled("x/{{a}}", with(21)) == "refused: has 21 bytes; at most 20 were expected");
    BOOST_TEST(!is_refused("x/{{a}}/{{a}}/{{a}}", with(18)));
    BOOST_TEST(is_refused("x/{{a}}/{{a}}/{{a}}", with(20)));
}

BOOST_AUTO_TEST_CASE(what_is_absent_or_no_time_is_refused)
{
    const packet from({{"list", penstock::json::array{1}}, {"at", "yesterday"}});
    BOOST_TEST(filled("{{b}}", from) == "refused: b: is absent; a text or a number was expected");
    BOOST_TEST(is_refused("{{list}}", from));
    BOOST_TEST(is_refused("{{%Y}}", from, "b"));
    BOOST_TEST(filled("{{%Y}}", from, "at") ==
               "refused: at: is no time; a time as RFC 3339 has it, or a number of seconds since "
               "1970, was expected");
}

BOOST_AUTO_TEST_CASE(a_text_with_a_mistake_is_refused)
{
    BOOST_TEST(packet_path::problem_of("a/{{b}}/{{%Y%%}}") != "");
    for (const char* const bad : {"{{", "{{a", "{{}}", "{{%Y", "{{%Q}}", "{{%Y%}}", "{{a{{%Y}}"})
        BOOST_TEST(!packet_path::problem_of(bad).empty(), bad);
    for (const char* const good : {"", "a", "{{a}}", "{{%Y/%m/%d}}", "a}}b"})
        BOOST_TEST(packet_path::problem_of(good).empty(), good);
}

BOOST_AUTO_TEST_SUITE_END()
