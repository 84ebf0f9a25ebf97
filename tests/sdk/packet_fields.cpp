// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The fields of a packet: values, and the mark of those that are lists.
#include "tests/sdk/packet_text.hpp"

#include <penstock/json_text.hpp>
#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

using namespace penstock::packet_text;
using penstock::keep_meta;
using penstock::packet;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(pk_01_get_returns_the_value_or_a_default)
{
    packet p;
    p.set("a", 1);
    BOOST_TEST(p.get("a") == json::value(1));
    BOOST_TEST(p.get("b") == none);
    BOOST_TEST(p.get("b", "default") == json::value("default"));
}

BOOST_AUTO_TEST_CASE(pk_02_set_replaces_and_keeps_meta_unless_told)
{
    packet p;
    p.set("a", 1);
    BOOST_TEST(p.get("a") == json::value(1));
    p.set("a", 2);
    BOOST_TEST(p.get("a") == json::value(2));
    p.set("a", list("[1,2]"));
    BOOST_TEST(!p.is_multivalued("a"));
    p.set_values("a", list("[1,2]"));
    BOOST_TEST(p.is_multivalued("a"));
    BOOST_TEST(p.set_field_meta("a", "meta1", "test"));
    p.set("a", 1);
    BOOST_TEST(p.has_field_meta("a", "meta1"));
    BOOST_TEST(p.get("a") == json::value(1));
    p.set("a", 2, keep_meta::no);
    BOOST_TEST(!p.has_field_meta("a", "meta1"));
    BOOST_TEST(p.get("a") == json::value(2));
}

BOOST_AUTO_TEST_CASE(pk_03_add_does_not_replace)
{
    packet p;
    BOOST_TEST(p.add("a", 1));
    BOOST_TEST(p.get("a") == json::value(1));
    BOOST_TEST(!p.add("a", 2));
    BOOST_TEST(p.get("a") == json::value(1));
}

BOOST_AUTO_TEST_CASE(pk_04_append_adds_one_value_and_extend_each)
{
    packet p;
    p.append("a", 1);
    BOOST_TEST(p.get("a") == json::value(1));
    p.append("a", 2);
    BOOST_TEST(p.get("a") == value_of("[1,2]"));
    p.append("a", list("[3,4]"));
    BOOST_TEST(p.get("a") == value_of("[1,2,[3,4]]"));
    p.extend("a", list("[5,6]"));
    BOOST_TEST(p.get("a") == value_of("[1,2,[3,4],5,6]"));
}

BOOST_AUTO_TEST_CASE(pk_05_erase_takes_the_field_and_its_meta)
{
    packet p;
    BOOST_TEST(!p.erase("a"));
    p.set("a", 1);
    BOOST_TEST(p.erase("a"));
    BOOST_TEST(!p.has("a"));
    p.set("a", 2);
    p.set_field_meta("a", "meta1", "test");
    BOOST_TEST(p.erase("a"));
    BOOST_TEST(!p.has("a"));
    BOOST_TEST(!p.has_field_meta("a", "meta1"));
    p.set("a", 3);
    BOOST_TEST(!p.has_field_meta("a", "meta1"));
}

BOOST_AUTO_TEST_CASE(pk_06_remove_keeps_the_list_mark)
{
    packet p;
    BOOST_TEST(!p.remove("a"));
    p.set("a", 1);
    BOOST_TEST(p.remove("a"));
    BOOST_TEST(!p.has("a"));
    p.set_values("a", list("[1,2,3]"));
    BOOST_TEST(p.remove("a"));
    BOOST_TEST(p.get("a") == value_of("[2,3]"));
    BOOST_TEST(p.remove("a", 1));
    BOOST_TEST(p.get("a") == value_of("[2]"));
    BOOST_TEST(p.is_multivalued("a"));
    BOOST_TEST(!p.remove("a", 10));
    BOOST_TEST(p.get("a") == value_of("[2]"));
    BOOST_TEST(p.remove("a"));
    BOOST_TEST(!p.has("a"));
}

BOOST_AUTO_TEST_CASE(pk_07_has_tells_whether_a_field_exists)
{
    packet p;
    BOOST_TEST(!p.has("a"));
    p.set("a", 1);
    BOOST_TEST(p.has("a"));
}

BOOST_AUTO_TEST_CASE(pk_08_values_are_lists)
{
    packet p;
    BOOST_TEST(attributes(p) == value_of("{}"));
    p.set("a", 1);
    BOOST_TEST(attributes(p) == value_of(R"({"a":[1]})"));
    p.set("b", 2);
    BOOST_TEST(attributes(p) == value_of(R"({"a":[1],"b":[2]})"));
    p.set("c", list("[3,4]"));
    BOOST_TEST(attributes(p) == value_of(R"({"a":[1],"b":[2],"c":[[3,4]]})"));
}

BOOST_AUTO_TEST_CASE(pk_09_names_are_sorted)
{
    using names = std::vector<std::string>;
    packet p;
    BOOST_TEST(p.names() == names{}, boost::test_tools::per_element());
    p.set("a", 1);
    BOOST_TEST((p.names() == names{"a"}));
    p.set("z", 1);
    BOOST_TEST((p.names() == names{"a", "z"}));
    p.set("m", 1);
    p.set("c", 1);
    p.set("w", 1);
    BOOST_TEST((p.names() == names{"a", "c", "m", "w", "z"}));
}

BOOST_AUTO_TEST_CASE(pk_16_the_second_value_makes_a_field_multivalued)
{
    packet p;
    BOOST_TEST(!p.is_multivalued("a"));
    p.set("a", 1);
    BOOST_TEST(!p.is_multivalued("a"));
    p.append("a", 2);
    BOOST_TEST(p.is_multivalued("a"));
    p.set_values("b", list("[1,2,3]"));
    BOOST_TEST(p.is_multivalued("b"));
}

BOOST_AUTO_TEST_CASE(px_01_remove_and_replace_do_not_create_a_field)
{
    packet p;
    BOOST_TEST(!p.remove("a"));
    BOOST_TEST(!p.replace("a", 1));
    BOOST_TEST(!p.has("a"));
}

BOOST_AUTO_TEST_CASE(px_03_lists_given_to_the_constructor_are_multivalued)
{
    const packet p(value_of(R"({"a":[1,2],"b":[3],"c":null,"d":[]})").as_object());
    BOOST_TEST(p.get("a") == value_of("[1,2]"));
    BOOST_TEST(p.is_multivalued("a"));
    BOOST_TEST(p.get("b") == value_of("[3]"));
    BOOST_TEST(p.is_multivalued("b"));
    BOOST_TEST(p.get("c", 1) == none);
    BOOST_TEST(p.has("c"));
    BOOST_TEST(p.get("d") == value_of("[]"));
    BOOST_TEST(p.has("d"));
    BOOST_TEST(p.is_multivalued("d"));
}

BOOST_AUTO_TEST_CASE(px_05_a_list_of_one_value_stays_a_list)
{
    packet p;
    p.set_values("a", list("[1]"));
    BOOST_TEST(p.get("a") == value_of("[1]"));
}

BOOST_AUTO_TEST_CASE(px_06_one_value_can_be_set_as_a_list)
{
    packet p;
    p.set_values("a", json::array{5});
    BOOST_TEST(p.get("a") == value_of("[5]"));
    BOOST_TEST(p.is_multivalued("a"));
}

BOOST_AUTO_TEST_CASE(px_07_values_written_back_by_their_mark_do_not_nest)
{
    packet p;
    p.set("a", 1);
    p.append("a", 2);
    BOOST_TEST(p.is_multivalued("a"));
    p.set_values("a", p.values("a"));
    BOOST_TEST(p.get("a") == value_of("[1,2]"));
}

BOOST_AUTO_TEST_CASE(px_13_a_negative_index_counts_from_the_end)
{
    packet p;
    p.set_values("a", list("[1,2,3]"));
    BOOST_TEST(p.replace("a", 9, -1));
    BOOST_TEST(p.get("a") == value_of("[1,2,9]"));
    BOOST_TEST(p.remove("a", -1));
    BOOST_TEST(p.get("a") == value_of("[1,2]"));
    BOOST_TEST(p.remove("a", -2));
    BOOST_TEST(p.get("a") == value_of("[2]"));
    BOOST_TEST(!p.remove("a", -2));
    p.set("b", 1);
    BOOST_TEST(!p.replace("b", 2, -2));
    BOOST_TEST(p.replace("b", 2, -1));
    BOOST_TEST(p.get("b") == json::value(2));
}

BOOST_AUTO_TEST_CASE(appending_to_a_list_that_is_one_value_makes_two_values)
{
    packet p;
    p.append("a", list("[1,2]"));
    BOOST_TEST(!p.is_multivalued("a"));
    BOOST_TEST(p.values("a") == list("[[1,2]]"));
    p.append("a", 3);
    BOOST_TEST(p.is_multivalued("a"));
    BOOST_TEST(p.get("a") == value_of("[[1,2],3]"));
}

BOOST_AUTO_TEST_CASE(remove_and_replace_take_a_list_that_is_one_value_whole)
{
    packet p;
    p.set("a", list("[1,2]"));
    BOOST_TEST(!p.replace("a", 3, 1));
    BOOST_TEST(p.replace("a", list("[3]")));
    BOOST_TEST(!p.is_multivalued("a"));
    BOOST_TEST(p.get("a") == value_of("[3]"));
    BOOST_TEST(!p.remove("a", 1));
    BOOST_TEST(p.remove("a"));
    BOOST_TEST(!p.has("a"));
    p.set_values("a", {});
    BOOST_TEST(p.is_multivalued("a"));
    BOOST_TEST(!p.remove("a"));
}

BOOST_AUTO_TEST_CASE(rename_moves_values_mark_and_meta)
{
    packet p;
    p.set_values("many", list("[1]"));
    p.set("list", list("[1]"));
    p.set_field_meta("list", "lang", "en");
    p.set("gone", 1);
    p.set_field_meta("gone", "old", true);
    BOOST_TEST(p.rename("many", "gone"));
    BOOST_TEST(p.rename("list", "many"));
    BOOST_TEST(!p.rename("absent", "many"));
    BOOST_TEST(p.rename("many", "many"));
    BOOST_TEST(p.fields().size() == 2U);
    BOOST_TEST(p.is_multivalued("gone"));
    BOOST_TEST(!p.has_field_meta("gone", "old"));
    BOOST_TEST(!p.is_multivalued("many"));
    BOOST_TEST(json::value(p.field_meta("many")) == value_of(R"({"lang":"en"})"));
    p.set_values("list", list("[2]"));
    BOOST_TEST(p.is_multivalued("list"));
}

BOOST_AUTO_TEST_CASE(copy_leaves_the_original_as_it_was)
{
    packet p;
    p.set("a", list("[1]"));
    p.set_field_meta("a", "k", 1);
    BOOST_TEST(p.copy("a", "b"));
    BOOST_TEST(!p.copy("absent", "b"));
    for (const auto* name : {"a", "b"})
    {
        BOOST_TEST(p.get(name) == value_of("[1]"));
        BOOST_TEST(!p.is_multivalued(name));
        BOOST_TEST(p.has_field_meta(name, "k"));
    }
}

BOOST_AUTO_TEST_CASE(set_fields_forgets_marks_and_field_meta)
{
    packet p;
    p.set("a", list("[1]"));
    p.set_field_meta("a", "k", 1);
    p.set_fields(value_of(R"({"a":[2]})").as_object());
    BOOST_TEST(p.is_multivalued("a"));
    BOOST_TEST(p.field_meta("a").empty());
}

BOOST_AUTO_TEST_CASE(erasing_keeps_the_order_of_the_other_fields)
{
    packet p(value_of(R"({"a":1,"b":2,"c":3,"d":4})").as_object());
    p.erase("a");
    BOOST_TEST(penstock::write_json(p.fields()) == R"({"b":2,"c":3,"d":4})");
}

BOOST_AUTO_TEST_CASE(text_throws_for_what_is_not_text)
{
    const auto says = [](const char* message)
    { return [=](const penstock::field_error& e) { return e.what() == std::string(message); }; };
    packet p;
    p.set("a", std::string("x"));
    p.set("n", 1);
    BOOST_TEST(p.text("a") == "x");
    BOOST_TEST(p.text("n", "else") == "else");
    BOOST_TEST(p.text("absent", "else") == "else");
    BOOST_CHECK_EXCEPTION((void)p.text("n"), penstock::field_error,
                          says("field \"n\": int64; expected text"));
    BOOST_CHECK_EXCEPTION((void)p.text("absent"), penstock::field_error,
                          says("field \"absent\": absent; expected text"));
}

BOOST_AUTO_TEST_CASE(texts_of_any_type_become_strings)
{
    packet p;
    p.set("a", std::string("1"));
    p.append("a", std::string_view("2"));
    p.append("a", "3");
    p.add("b", std::string("4"));
    p.set_meta("m", std::string("5"));
    BOOST_TEST(p.get("a") == value_of(R"(["1","2","3"])"));
    BOOST_TEST(p.get("b") == json::value("4"));
    BOOST_TEST(p.meta("m") == json::value("5"));
}

BOOST_AUTO_TEST_CASE(a_text_of_a_field_is_viewed_and_nothing_else)
{
    const std::string form =
        R"({"text":"a","escaped":"\u00e9","empty":"","number":1,"list":["a"]})";
    packet text;
    text.set_text_fields(penstock::json_text(penstock::bytes(form)));
    const packet values(penstock::parse_json(form).as_object());
    for (const packet* each : {&std::as_const(text), &values})
    {
        BOOST_TEST(each->find_text("text").value() == "a");
        BOOST_TEST(each->find_text("escaped").value() == "\xc3\xa9");
        BOOST_TEST(each->find_text("empty").value().empty());
        for (const char* none : {"number", "list", "absent"})
            BOOST_TEST(!each->find_text(none).has_value(), none);
    }
}
