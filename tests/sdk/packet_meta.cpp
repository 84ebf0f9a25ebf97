// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The meta of a packet and of its fields.
#include "tests/sdk/packet_text.hpp"

#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

using namespace penstock::packet_text;
using penstock::keep_meta;
using penstock::packet;
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
