// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

#include <sstream>

using penstock::keep_meta;
using penstock::packet;
namespace json = penstock::json;

namespace
{

const json::value none = nullptr;

json::value of(const char* text)
{
    return penstock::parse_json(text);
}

json::array list(const char* text)
{
    return of(text).as_array();
}

// Each field with the list of its values.
json::value attributes(const packet& p)
{
    json::object all;
    for (const auto& name : p.names())
        all.emplace(name, p.values(name));
    return all;
}

// The packet's meta, and that of its fields.
json::value metas(const packet& p)
{
    json::object of_fields;
    for (const auto& name : p.names())
    {
        if (!p.field_meta(name).empty())
            of_fields.emplace(name, p.field_meta(name));
    }
    return json::array{p.meta(), of_fields};
}

std::string printed(const packet& p, keep_meta meta)
{
    std::ostringstream out;
    p.print(out, meta);
    return out.str();
}

} // namespace

// The vectors of the original's own tests, PK, and those found by running it, PX.

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
    BOOST_TEST(p.get("a") == of("[1,2]"));
    p.append("a", list("[3,4]"));
    BOOST_TEST(p.get("a") == of("[1,2,[3,4]]"));
    p.extend("a", list("[5,6]"));
    BOOST_TEST(p.get("a") == of("[1,2,[3,4],5,6]"));
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
    BOOST_TEST(p.get("a") == of("[2,3]"));
    BOOST_TEST(p.remove("a", 1));
    BOOST_TEST(p.get("a") == of("[2]"));
    BOOST_TEST(p.is_multivalued("a"));
    BOOST_TEST(!p.remove("a", 10));
    BOOST_TEST(p.get("a") == of("[2]"));
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
    BOOST_TEST(attributes(p) == of("{}"));
    p.set("a", 1);
    BOOST_TEST(attributes(p) == of(R"({"a":[1]})"));
    p.set("b", 2);
    BOOST_TEST(attributes(p) == of(R"({"a":[1],"b":[2]})"));
    p.set("c", list("[3,4]"));
    BOOST_TEST(attributes(p) == of(R"({"a":[1],"b":[2],"c":[[3,4]]})"));
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

BOOST_AUTO_TEST_CASE(pk_10_metas_hold_what_was_set_and_nothing_else)
{
    packet p;
    BOOST_TEST(metas(p) == of("[{},{}]"));
    p.set_meta("pm1", 1);
    BOOST_TEST(metas(p) == of(R"([{"pm1":1},{}])"));
    p.set("a", 1);
    p.set_field_meta("a", "am1", 1);
    BOOST_TEST(metas(p) == of(R"([{"pm1":1},{"a":{"am1":1}}])"));
    p.set("b", 2);
    p.set_field_meta("b", "am2", 2);
    BOOST_TEST(metas(p) == of(R"([{"pm1":1},{"a":{"am1":1},"b":{"am2":2}}])"));
    p.set_meta("pm2", 2);
    BOOST_TEST(metas(p) == of(R"([{"pm1":1,"pm2":2},{"a":{"am1":1},"b":{"am2":2}}])"));
    BOOST_TEST(p.erase("b"));
    BOOST_TEST(p.erase_meta("pm2"));
    BOOST_TEST(p.erase_meta("pm1"));
    BOOST_TEST(metas(p) == of(R"([{},{"a":{"am1":1}}])"));
}

BOOST_AUTO_TEST_CASE(pk_11_meta_names_follow_what_was_set)
{
    packet p;
    p.set_meta("pm1", 1);
    p.set("a", 1);
    p.set_field_meta("a", "am1", 1);
    p.set("b", 2);
    p.set_field_meta("b", "am2", 2);
    p.set_meta("pm2", 2);
    p.set_field_meta("b", "am3", 3);
    BOOST_TEST(p.meta().size() == 2U);
    BOOST_TEST(p.has_meta("pm1"));
    BOOST_TEST(p.has_meta("pm2"));
    BOOST_TEST(p.field_meta("a").size() == 1U);
    BOOST_TEST(p.field_meta("b").size() == 2U);
    BOOST_TEST(p.has_field_meta("b", "am3"));
    p.erase("b");
    p.erase_meta("pm2");
    p.erase_meta("pm1");
    BOOST_TEST(p.meta().empty());
    BOOST_TEST(p.field_meta("b").empty());
    BOOST_TEST(p.has_field_meta("a", "am1"));
}

BOOST_AUTO_TEST_CASE(setting_all_meta_replaces_what_was_there_and_leaves_the_fields_theirs)
{
    packet p;
    p.set_meta("old", 1);
    p.set("a", 1);
    p.set_field_meta("a", "am1", 1);
    p.set_meta(json::object{{"new", 2}});
    BOOST_TEST(metas(p) == of(R"([{"new":2},{"a":{"am1":1}}])"));
}

BOOST_AUTO_TEST_CASE(pk_12_set_meta_needs_the_field_it_belongs_to)
{
    packet p;
    p.set_meta("pm1", 1);
    BOOST_TEST(p.meta("pm1") == json::value(1));
    p.set_meta("pm1", 2);
    BOOST_TEST(p.meta("pm1") == json::value(2));
    BOOST_TEST(!p.set_field_meta("a", "am1", 1));
    p.set("a", 1);
    BOOST_TEST(p.set_field_meta("a", "am1", 1));
    BOOST_TEST(p.field_meta("a", "am1") == json::value(1));
    BOOST_TEST(p.set_field_meta("a", "am1", 2));
    BOOST_TEST(p.field_meta("a", "am1") == json::value(2));
}

BOOST_AUTO_TEST_CASE(pk_13_meta_returns_the_value_or_a_default)
{
    packet p;
    BOOST_TEST(p.meta("pm1") == none);
    BOOST_TEST(p.meta("pm1", "default") == json::value("default"));
    BOOST_TEST(p.field_meta("a", "am1") == none);
    BOOST_TEST(p.field_meta("a", "am1", "default") == json::value("default"));
    p.set_meta("pm1", 1);
    BOOST_TEST(p.meta("pm1") == json::value(1));
    p.set("a", 1);
    p.set_field_meta("a", "am1", 1);
    BOOST_TEST(p.field_meta("a", "am1") == json::value(1));
}

BOOST_AUTO_TEST_CASE(pk_14_erase_meta_tells_whether_it_was_there)
{
    packet p;
    BOOST_TEST(!p.erase_meta("pm1"));
    BOOST_TEST(!p.erase_field_meta("a", "am1"));
    p.set_meta("pm1", 1);
    BOOST_TEST(p.erase_meta("pm1"));
    BOOST_TEST(p.meta("pm1") == none);
    p.set("a", 1);
    p.set_field_meta("a", "am1", 1);
    BOOST_TEST(p.erase_field_meta("a", "am1"));
    BOOST_TEST(p.field_meta("a", "am1") == none);
}

BOOST_AUTO_TEST_CASE(pk_15_has_meta_tells_whether_it_is_there)
{
    packet p;
    BOOST_TEST(!p.has_meta("pm1"));
    BOOST_TEST(!p.has_field_meta("a", "am1"));
    p.set_meta("pm1", 1);
    BOOST_TEST(p.has_meta("pm1"));
    p.set("a", 1);
    p.set_field_meta("a", "am1", 1);
    BOOST_TEST(p.has_field_meta("a", "am1"));
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

BOOST_AUTO_TEST_CASE(pk_17_clone_copies_everything)
{
    packet p;
    const packet empty = p.clone();
    BOOST_TEST(metas(empty) == of("[{},{}]"));
    BOOST_TEST(attributes(empty) == of("{}"));
    p.set("a", 1);
    p.set("b", 2);
    const packet fields = p.clone();
    BOOST_TEST(metas(fields) == of("[{},{}]"));
    BOOST_TEST(attributes(fields) == of(R"({"a":[1],"b":[2]})"));
    p.set_meta("pm1", 1);
    p.set_field_meta("a", "am1", 1);
    const packet all = p.clone();
    BOOST_TEST(metas(all) == of(R"([{"pm1":1},{"a":{"am1":1}}])"));
    BOOST_TEST(attributes(all) == of(R"({"a":[1],"b":[2]})"));
    const packet bare = p.clone(keep_meta::no);
    BOOST_TEST(metas(bare) == of("[{},{}]"));
    BOOST_TEST(attributes(bare) == of(R"({"a":[1],"b":[2]})"));
}

BOOST_AUTO_TEST_CASE(pk_18_merge_replaces_fields_of_the_same_name)
{
    packet q;
    q.set("a", 1);
    q.set("b", 2);
    q.set_meta("pm1", 1);
    q.set_field_meta("a", "am1", 1);
    packet without;
    without.merge(q);
    BOOST_TEST(metas(without) == of("[{},{}]"));
    BOOST_TEST(attributes(without) == of(R"({"a":[1],"b":[2]})"));
    packet p;
    p.merge(q, keep_meta::yes);
    BOOST_TEST(metas(p) == of(R"([{"pm1":1},{"a":{"am1":1}}])"));
    BOOST_TEST(attributes(p) == of(R"({"a":[1],"b":[2]})"));
    packet r;
    r.set("c", 3);
    r.set("a", 4);
    r.set_meta("pm2", 2);
    r.set_field_meta("c", "am2", 2);
    r.set_field_meta("a", "am1", 3);
    p.merge(r, keep_meta::yes);
    BOOST_TEST(metas(p) == of(R"([{"pm1":1,"pm2":2},{"a":{"am1":3},"c":{"am2":2}}])"));
    BOOST_TEST(attributes(p) == of(R"({"a":[4],"b":[2],"c":[3]})"));
}

BOOST_AUTO_TEST_CASE(pk_19_equality_compares_content)
{
    packet p;
    p.set_values("a", list("[1,2,3]"));
    p.set("b", list("[4,5]"));
    p.set("c", "test");
    BOOST_TEST(attributes(p) == of(R"({"a":[1,2,3],"b":[[4,5]],"c":["test"]})"));
    const packet copy = p.clone();
    BOOST_TEST((copy == p));
    BOOST_TEST(!(copy != p));
    BOOST_TEST(!(packet() == p));
    BOOST_TEST((packet() != p));
}

BOOST_AUTO_TEST_CASE(pk_20_print_shows_fields_and_if_asked_metas)
{
    packet p;
    p.set_values("a", list("[1,2,3]"));
    p.set_values("b", list("[[4,5],6]"));
    p.set("c", list("[7]"));
    p.set_meta("pm1", 1);
    p.set_field_meta("a", "am1", 1);
    BOOST_TEST(printed(p, keep_meta::no) == "packet 00000000000000000000000000000000\n"
                                            "  a = [1,2,3]\n"
                                            "  b = [[4,5],6]\n"
                                            "  c = [[7]]\n");
    BOOST_TEST(printed(p, keep_meta::yes) == "packet 00000000000000000000000000000000\n"
                                             "  a = [1,2,3]\n"
                                             "    meta am1 = 1\n"
                                             "  b = [[4,5],6]\n"
                                             "  c = [[7]]\n"
                                             "  meta pm1 = 1\n");
}

BOOST_AUTO_TEST_CASE(px_01_remove_and_replace_do_not_create_a_field)
{
    packet p;
    BOOST_TEST(!p.remove("a"));
    BOOST_TEST(!p.replace("a", 1));
    BOOST_TEST(!p.has("a"));
}

BOOST_AUTO_TEST_CASE(px_02_asking_for_meta_changes_nothing)
{
    packet p;
    BOOST_TEST(!p.has_field_meta("a", "m"));
    BOOST_TEST((p == packet()));
    p.set("a", 1);
    packet q = p.clone();
    p.set_field_meta("a", "m", 1);
    p.erase_field_meta("a", "m");
    BOOST_TEST((p == q));
}

BOOST_AUTO_TEST_CASE(px_03_lists_given_to_the_constructor_are_multivalued)
{
    const packet p(of(R"({"a":[1,2],"b":[3],"c":null,"d":[]})").as_object());
    BOOST_TEST(p.get("a") == of("[1,2]"));
    BOOST_TEST(p.is_multivalued("a"));
    BOOST_TEST(p.get("b") == of("[3]"));
    BOOST_TEST(p.is_multivalued("b"));
    BOOST_TEST(p.get("c", 1) == none);
    BOOST_TEST(p.has("c"));
    BOOST_TEST(p.get("d") == of("[]"));
    BOOST_TEST(p.has("d"));
    BOOST_TEST(p.is_multivalued("d"));
}

BOOST_AUTO_TEST_CASE(px_04_dropping_meta_keeps_the_mark)
{
    packet p;
    p.set_values("a", list("[1,2]"), keep_meta::no);
    BOOST_TEST(p.is_multivalued("a"));
}

BOOST_AUTO_TEST_CASE(px_05_a_list_of_one_value_stays_a_list)
{
    packet p;
    p.set_values("a", list("[1]"));
    BOOST_TEST(p.get("a") == of("[1]"));
}

BOOST_AUTO_TEST_CASE(px_06_one_value_can_be_set_as_a_list)
{
    packet p;
    p.set_values("a", json::array{5});
    BOOST_TEST(p.get("a") == of("[5]"));
    BOOST_TEST(p.is_multivalued("a"));
}

BOOST_AUTO_TEST_CASE(px_07_values_written_back_by_their_mark_do_not_nest)
{
    packet p;
    p.set("a", 1);
    p.append("a", 2);
    BOOST_TEST(p.is_multivalued("a"));
    p.set_values("a", p.values("a"));
    BOOST_TEST(p.get("a") == of("[1,2]"));
}

BOOST_AUTO_TEST_CASE(px_08_merge_brings_the_mark_with_the_values)
{
    packet p;
    p.set_values("x", list("[1,2]"));
    p.set("y", 1);
    p.set("z", 1);
    packet q;
    q.set("x", 3);
    q.set_values("y", list("[4]"));
    q.set("z", list("[5]"));
    p.merge(q);
    BOOST_TEST(p.get("x") == json::value(3));
    BOOST_TEST(!p.is_multivalued("x"));
    BOOST_TEST(p.is_multivalued("y"));
    BOOST_TEST(!p.is_multivalued("z"));
    BOOST_TEST(p.get("z") == of("[5]"));
}

BOOST_AUTO_TEST_CASE(px_09_merge_replaces_the_meta_of_a_field_whole)
{
    packet p;
    p.set("x", 1);
    p.set_field_meta("x", "k", 1);
    packet q;
    q.set("x", 2);
    q.set_field_meta("x", "z", 1);
    p.merge(q, keep_meta::yes);
    BOOST_TEST(json::value(p.field_meta("x")) == of(R"({"z":1})"));
}

BOOST_AUTO_TEST_CASE(px_10_clone_without_meta_keeps_the_mark)
{
    packet p;
    p.set_values("a", list("[1]"));
    p.set("b", list("[1]"));
    const packet q = p.clone(keep_meta::no);
    BOOST_TEST(q.get("a") == of("[1]"));
    BOOST_TEST(q.is_multivalued("a"));
    BOOST_TEST(!q.is_multivalued("b"));
}

BOOST_AUTO_TEST_CASE(px_11_a_value_changed_outside_does_not_change_the_packet)
{
    packet p;
    json::array given = list("[1]");
    p.set("a", given);
    given.push_back(2);
    json::array taken = p.values("a");
    taken.clear();
    BOOST_TEST(p.get("a") == of("[1]"));
}

BOOST_AUTO_TEST_CASE(px_12_meta_named_multi_is_only_meta)
{
    packet p;
    p.set("a", 1);
    p.set_field_meta("a", "multi", "user");
    BOOST_TEST(!p.is_multivalued("a"));
    BOOST_TEST(p.field_meta("a", "multi") == json::value("user"));
}

BOOST_AUTO_TEST_CASE(px_13_a_negative_index_counts_from_the_end)
{
    packet p;
    p.set_values("a", list("[1,2,3]"));
    BOOST_TEST(p.replace("a", 9, -1));
    BOOST_TEST(p.get("a") == of("[1,2,9]"));
    BOOST_TEST(p.remove("a", -1));
    BOOST_TEST(p.get("a") == of("[1,2]"));
    BOOST_TEST(p.remove("a", -2));
    BOOST_TEST(p.get("a") == of("[2]"));
    BOOST_TEST(!p.remove("a", -2));
    p.set("b", 1);
    BOOST_TEST(!p.replace("b", 2, -2));
    BOOST_TEST(p.replace("b", 2, -1));
    BOOST_TEST(p.get("b") == json::value(2));
}

// What the vectors leave open.

BOOST_AUTO_TEST_CASE(appending_to_a_list_that_is_one_value_makes_two_values)
{
    packet p;
    p.append("a", list("[1,2]"));
    BOOST_TEST(!p.is_multivalued("a"));
    BOOST_TEST(p.values("a") == list("[[1,2]]"));
    p.append("a", 3);
    BOOST_TEST(p.is_multivalued("a"));
    BOOST_TEST(p.get("a") == of("[[1,2],3]"));
}

BOOST_AUTO_TEST_CASE(remove_and_replace_take_a_list_that_is_one_value_whole)
{
    packet p;
    p.set("a", list("[1,2]"));
    BOOST_TEST(!p.replace("a", 3, 1));
    BOOST_TEST(p.replace("a", list("[3]")));
    BOOST_TEST(!p.is_multivalued("a"));
    BOOST_TEST(p.get("a") == of("[3]"));
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
    BOOST_TEST(json::value(p.field_meta("many")) == of(R"({"lang":"en"})"));
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
        BOOST_TEST(p.get(name) == of("[1]"));
        BOOST_TEST(!p.is_multivalued(name));
        BOOST_TEST(p.has_field_meta(name, "k"));
    }
}

BOOST_AUTO_TEST_CASE(the_mark_is_part_of_equality)
{
    packet p;
    packet q;
    p.set("a", list("[1]"));
    q.set_values("a", list("[1]"));
    BOOST_TEST((p != q));
    q.set("a", list("[1]"));
    BOOST_TEST((p == q));
}

BOOST_AUTO_TEST_CASE(set_fields_forgets_marks_and_field_meta)
{
    packet p;
    p.set("a", list("[1]"));
    p.set_field_meta("a", "k", 1);
    p.set_fields(of(R"({"a":[2]})").as_object());
    BOOST_TEST(p.is_multivalued("a"));
    BOOST_TEST(p.field_meta("a").empty());
}

BOOST_AUTO_TEST_CASE(erasing_keeps_the_order_of_the_other_fields)
{
    packet p(of(R"({"a":1,"b":2,"c":3,"d":4})").as_object());
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
    BOOST_TEST(p.get("a") == of(R"(["1","2","3"])"));
    BOOST_TEST(p.get("b") == json::value("4"));
    BOOST_TEST(p.meta("m") == json::value("5"));
}
