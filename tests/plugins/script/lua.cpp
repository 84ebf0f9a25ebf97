// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_script.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

BOOST_AUTO_TEST_SUITE(script_lua)

BOOST_AUTO_TEST_CASE(a_script_changes_fields_meta_and_data)
{
    packet given({{"title", "a"}, {"gone", 1}});
    given.set_meta("id", "x");
    given.set_data(penstock::bytes(std::string("body")));
    auto result = run_script("function process(packet)\n"
                             "  packet.title = packet.title:upper()\n"
                             "  packet.fields['data'] = #packet.data\n"
                             "  packet.gone = nil\n"
                             "  packet.meta.id = packet.meta.id .. '!'\n"
                             "  packet.data = packet.data .. ' and more'\n"
                             "  return packet\nend",
                             packets(std::move(given)));
    BOOST_TEST_REQUIRE(result.out().size() == 1u);
    BOOST_TEST(penstock::write_json(result.out()[0].fields()) == R"({"title":"A","data":4})");
    BOOST_TEST(result.out()[0].meta("id") == "x!");
    BOOST_TEST(result.out()[0].data().view() == "body and more");
}

BOOST_AUTO_TEST_CASE(what_a_script_does_not_touch_survives_as_it_was)
{
    packet given({{"n", std::numeric_limits<std::uint64_t>::max()},
                  {"m", std::numeric_limits<std::int64_t>::min()},
                  {"d", 1.0},
                  {"z", nullptr},
                  {"e", json::array()},
                  {"o", {{"z", 1}, {"a", json::array()}, {"m", json::object()}}}});
    given.set("one", json::array{1});
    given.set_field_meta("n", "m", 1);
    const std::string before = penstock::write_json(penstock::to_json(given));
    auto result = run_script("function process(p) for _, v in pairs(p.fields) do end return p end",
                             packets(std::move(given)));
    BOOST_TEST_REQUIRE(result.out().size() == 1u);
    BOOST_TEST(penstock::write_json(penstock::to_json(result.out()[0])) == before);
}

BOOST_AUTO_TEST_CASE(a_change_inside_of_a_list_or_an_object_is_written)
{
    packet given({{"tags", json::array{"a", "b"}}, {"address", {{"city", "x"}, {"zip", 1}}}});
    given.set("one", json::array{1, 2});
    auto result = run_script("function process(p)\n"
                             "  p.tags[#p.tags + 1] = 'c'\n"
                             "  p.address.city = 'y'\n"
                             "  p.one[1] = null\n"
                             "  p.fresh = {} p.fresh[1] = 5\n"
                             "  return p\nend",
                             packets(std::move(given)));
    BOOST_TEST_REQUIRE(result.out().size() == 1u);
    const packet& out = result.out()[0];
    BOOST_TEST(penstock::write_json(out.get("tags")) == R"(["a","b","c"])");
    BOOST_TEST(out.is_multivalued("tags"));
    BOOST_TEST(penstock::write_json(out.get("address")) == R"({"city":"y","zip":1})");
    BOOST_TEST(penstock::write_json(out.get("one")) == "[null,2]");
    BOOST_TEST(!out.is_multivalued("one"));
    BOOST_TEST(penstock::write_json(out.get("fresh")) == "[5]");
}

BOOST_AUTO_TEST_CASE(all_fields_or_all_meta_can_be_replaced)
{
    packet given({{"a", json::array{1}}, {"b", 1}});
    given.set_meta("m", 1);
    auto result = run_script("function process(p) local a = p.a a[1] = 2 p.fields = {c = a} "
                             "p.meta = {n = 1} return p end",
                             packets(std::move(given)));
    BOOST_TEST_REQUIRE(result.out().size() == 1u);
    BOOST_TEST(penstock::write_json(result.out()[0].fields()) == R"({"c":[2]})");
    BOOST_TEST(penstock::write_json(result.out()[0].meta()) == R"({"n":1})");
}

BOOST_AUTO_TEST_CASE(nil_and_an_empty_list_drop)
{
    auto result = run_script("function process(p) if p.n == 1 then return nil end "
                             "if p.n == 2 then return {} end return p end",
                             numbers(3));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"n":0})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.dropped.size() == 2u);
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_packet_is_split_into_those_that_are_derived_from_it)
{
    packet given({{"text", "a b c"}});
    given.set_meta("id", "x");
    auto result = run_script("function process(p)\n"
                             "  local words = {}\n"
                             "  for word in p.text:gmatch('%a+') do\n"
                             "    words[#words + 1] = derive(p, {word = word})\n"
                             "  end\n"
                             "  return words\nend",
                             packets(std::move(given), packet({{"text", ""}})));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"word":"a"})", R"({"word":"b"})", R"({"word":"c"})"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x")", R"("x")", R"("x")"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.dropped.size() == 1u); // the one without words
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_clone_has_the_content_of_its_packet_and_further_fields)
{
    auto result = run_script("function process(p) local c = clone(p, {copy = true}) c.n = c.n + 1 "
                             "return {c, p} end",
                             packets(packet({{"n", 1}, {"l", json::array{1, 2}}})));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"n":2,"l":[1,2],"copy":true})", R"({"n":1,"l":[1,2]})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(result.dropped.empty());
}

BOOST_AUTO_TEST_CASE(what_is_made_and_not_returned_is_dropped)
{
    auto result = run_script("function process(p) derive(p) return p end", numbers(1));
    BOOST_TEST(result.out().size() == 1u);
    BOOST_TEST(result.dropped.size() == 1u);
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(fail_ends_a_packet_with_its_reason_and_no_script_catches_it)
{
    auto result = run_script("function process(p) p.seen = true derive(p) "
                             "pcall(fail, 'no ' .. p.n) return p end",
                             numbers(1), {}, {.attempts = 3});
    BOOST_TEST(result.out().empty());
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second == "no 0");
    BOOST_TEST(result.failed[0].first.get("seen") == true);
}

BOOST_AUTO_TEST_CASE(an_error_fails_its_packet_as_it_came_and_names_the_line)
{
    auto result = run_script("function process(p)\n  p.changed = 1\n  derive(p)\n"
                             "  return p.n < p.absent\nend",
                             numbers(2));
    BOOST_TEST_REQUIRE(result.failed.size() == 2u);
    BOOST_TEST(result.failed[0].second == "script:4: attempt to compare number with nil");
    BOOST_TEST(penstock::write_json(result.failed[0].first.fields()) == R"({"n":0})");
}

BOOST_AUTO_TEST_CASE(errors_can_be_caught)
{
    auto result = run_script("function process(p) local ok, why = pcall(error, 'x') p.why = why "
                             "return p end",
                             numbers(1));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"n":0,"why":"x"})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(state_survives_packets_and_init_begins_it)
{
    auto result = run_script("local count\nfunction init() count = 10 end\n"
                             "function process(p) count = count + 1 p.count = count return p end",
                             numbers(2));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"n":0,"count":11})", R"({"n":1,"count":12})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_packet_is_of_no_use_after_its_call)
{
    auto result = run_script("local last\nfunction process(p) if last then last.x = 1 end last = p "
                             "return p end",
                             numbers(2));
    BOOST_TEST(result.out().size() == 1u);
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second.find("earlier call") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_process_must_not_return_is_told)
{
    for (const auto& [script, what] : std::initializer_list<std::pair<const char*, const char*>>{
             {"return 1", "process returned a number; a packet"},
             {"return null", "process returned a null; a packet"},
             {"return {p, p}", "twice"},
             {"return {{}}", "a list that process returned has a table"},
             {"return {a = p}", "no list"},
             {"return p.meta", "process returned a "}})
    {
        auto result = run_script(std::string("function process(p) ") + script + " end", numbers(1));
        BOOST_TEST_REQUIRE(result.failed.size() == 1u, script);
        BOOST_TEST(result.failed[0].second.find(what) != std::string::npos,
                   result.failed[0].second);
    }
}

BOOST_AUTO_TEST_CASE(values_that_no_packet_holds_are_told)
{
    for (const auto& [script, what] : std::initializer_list<std::pair<const char*, const char*>>{
             {"p.x = print", "a value is a function"},
             {"p.x = 0/0", "not finite"},
             {"p.x = p", "a value is a packet"},
             {"p[1] = 1", "a name is a number"},
             {"p.data = 1", "data is a number"},
             {"p.fields = 1", "a table was expected"}})
    {
        auto result =
            run_script(std::string("function process(p) ") + script + " return p end", numbers(1));
        BOOST_TEST_REQUIRE(result.failed.size() == 1u, script);
        BOOST_TEST(result.failed[0].second.find(what) != std::string::npos,
                   result.failed[0].second);
    }
}

BOOST_AUTO_TEST_CASE(an_empty_packet_passes)
{
    auto result = run_script("function process(p) return p end", packets(packet()));
    BOOST_TEST(result.out().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
