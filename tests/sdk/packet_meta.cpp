// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The meta of a packet and of its fields.
#include "tests/sdk/packet_text.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using namespace penstock::packet_text;
using penstock::keep_meta;
using penstock::packet;
using penstock::detail::packet_access;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(pk_10_metas_hold_what_was_set_and_nothing_else)
{
    packet p;
    BOOST_TEST(metas(p) == value_of("[{},{}]"));
    p.set_meta("pm1", 1);
    BOOST_TEST(metas(p) == value_of(R"([{"pm1":1},{}])"));
    p.set("a", 1);
    p.set_field_meta("a", "am1", 1);
    BOOST_TEST(metas(p) == value_of(R"([{"pm1":1},{"a":{"am1":1}}])"));
    p.set("b", 2);
    p.set_field_meta("b", "am2", 2);
    BOOST_TEST(metas(p) == value_of(R"([{"pm1":1},{"a":{"am1":1},"b":{"am2":2}}])"));
    p.set_meta("pm2", 2);
    BOOST_TEST(metas(p) == value_of(R"([{"pm1":1,"pm2":2},{"a":{"am1":1},"b":{"am2":2}}])"));
    BOOST_TEST(p.erase("b"));
    BOOST_TEST(p.erase_meta("pm2"));
    BOOST_TEST(p.erase_meta("pm1"));
    BOOST_TEST(metas(p) == value_of(R"([{},{"a":{"am1":1}}])"));
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
    BOOST_TEST(metas(p) == value_of(R"([{"new":2},{"a":{"am1":1}}])"));
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

BOOST_AUTO_TEST_CASE(px_04_dropping_meta_keeps_the_mark)
{
    packet p;
    p.set_values("a", list("[1,2]"), keep_meta::no);
    BOOST_TEST(p.is_multivalued("a"));
}

BOOST_AUTO_TEST_CASE(px_12_meta_named_multi_is_only_meta)
{
    packet p;
    p.set("a", 1);
    p.set_field_meta("a", "multi", "user");
    BOOST_TEST(!p.is_multivalued("a"));
    BOOST_TEST(p.field_meta("a", "multi") == json::value("user"));
}

namespace
{

packet with_text_meta()
{
    packet made;
    packet_access::begin_text_meta(made);
    return made;
}

std::string written_meta(const packet& of)
{
    std::string text;
    packet_access::write_meta(of, text);
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(meta_that_stay_text_are_what_was_set)
{
    packet text = with_text_meta();
    packet values;
    for (packet* each : {&text, &values})
    {
        each->set_meta("plain", "POST");
        each->set_meta("quoted \"\n", "a \"text\"\\ gr\xc3\xbcn");
        each->set_meta("long", std::string(300, 'x'));
        each->set_meta("number", std::numeric_limits<std::int64_t>::min());
        each->set_meta("size", std::uint64_t{7});
        each->set_meta("real", 0.5);
        each->set_meta("list", json::array{1, "two", nullptr});
        each->set_meta("none", std::string_view());
        each->set_meta("plain", "GET");
        each->set_meta("gone", 1);
        BOOST_TEST(each->erase_meta("gone"));
        BOOST_TEST(!each->erase_meta("gone"));
        BOOST_TEST(each->meta_text("plain").value() == "GET");
        BOOST_TEST(each->meta_text("quoted \"\n").value() == "a \"text\"\\ gr\xc3\xbcn");
        BOOST_TEST(each->meta_text("long").value().size() == 300U);
        BOOST_TEST(!each->meta_text("number").has_value());
        BOOST_TEST(!each->meta_text("list").has_value());
        BOOST_TEST(!each->meta_text("gone").has_value());
        BOOST_TEST(each->find_meta("number")->as_int64() ==
                   std::numeric_limits<std::int64_t>::min());
        BOOST_TEST(each->find_meta("size")->as_uint64() == 7U);
        BOOST_TEST(each->find_meta("gone") == nullptr);
    }
    BOOST_TEST((text == values));
    BOOST_TEST(penstock::parse_json(written_meta(text)) == text.meta());
    BOOST_TEST(written_meta(values) == penstock::write_json(values.meta()));
    BOOST_TEST(penstock::to_json(text) == penstock::to_json(values));
}

BOOST_AUTO_TEST_CASE(there_may_be_no_meta_that_stay_text)
{
    BOOST_TEST(written_meta(with_text_meta()) == "{}");
    BOOST_TEST(with_text_meta().meta().empty());
    BOOST_TEST((with_text_meta() == packet()));
}

BOOST_AUTO_TEST_CASE(more_meta_than_stay_text_become_values)
{
    packet p = with_text_meta();
    for (int n = 0; n < 200; ++n)
        p.set_meta("m" + std::to_string(n), n);
    BOOST_TEST(p.meta().size() == 200U);
    BOOST_TEST(p.find_meta("m7")->as_int64() == 7);
    BOOST_TEST(p.find_meta("m199")->as_int64() == 199);
}

BOOST_AUTO_TEST_CASE(a_child_s_meta_that_stay_text_are_its_own_once_one_of_both_is_changed)
{
    packet parent = with_text_meta();
    parent.set_meta("a", "parent's");
    packet child = parent.derive();
    child.set_meta("a", "child's");
    BOOST_TEST(parent.meta_text("a").value() == "parent's");
    BOOST_TEST(child.meta_text("a").value() == "child's");
    const packet copy = parent.clone();
    parent.set_meta("b", "new");
    BOOST_TEST(!copy.has_meta("b"));
}

BOOST_AUTO_TEST_CASE(a_name_or_text_of_meta_may_come_from_the_meta_themselves)
{
    packet p = with_text_meta();
    const std::string text = "a text that is longer than it would be kept without memory";
    p.set_meta("from", text);
    for (int n = 0; n < 20; ++n) // each time the text is moved, or not
    {
        p.set_meta("to" + std::to_string(n), *p.meta_text("from"));
        p.set_meta(*p.meta_text("from"), n);
        p.erase_meta(text);
        p.set_meta(*p.meta_text("from"), 0.5);
        p.erase_meta(text);
        p.set_meta(*p.meta_text("from"), std::string(100, 'x'));
        p.erase_meta(text);
        p.set_meta(*p.meta_text("from"), n);
    }
    BOOST_TEST(p.meta_text("to19").value() == text);
    BOOST_TEST(p.find_meta(text)->as_int64() == 19);
}

BOOST_AUTO_TEST_CASE(a_packet_takes_over_meta_one_by_one)
{
    packet from = with_text_meta();
    from.set_meta("a", "new");
    from.set_meta("b", 2);
    packet into = with_text_meta();
    into.set_meta("a", "old");
    into.set_meta("c", 3);
    packet values;
    values.set_meta("a", "old");
    for (packet* each : {&into, &values})
    {
        each->merge(from, keep_meta::yes);
        BOOST_TEST(each->meta_text("a").value() == "new");
        BOOST_TEST(each->find_meta("b")->as_int64() == 2);
    }
    BOOST_TEST(into.find_meta("c")->as_int64() == 3);
}
