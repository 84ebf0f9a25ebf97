// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Whole packets: copied, merged, compared, printed. PK are the vectors of the original's own tests,
// PX those found by running it.
#include "tests/sdk/packet_text.hpp"

#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

#include <sstream>

using namespace penstock::packet_text;
using penstock::keep_meta;
using penstock::packet;
namespace json = penstock::json;

namespace
{

std::string printed(const packet& p, keep_meta meta)
{
    std::ostringstream out;
    p.print(out, meta);
    return out.str();
}

} // namespace

BOOST_AUTO_TEST_CASE(pk_17_clone_copies_everything)
{
    packet p;
    const packet empty = p.clone();
    BOOST_TEST(metas(empty) == value_of("[{},{}]"));
    BOOST_TEST(attributes(empty) == value_of("{}"));
    p.set("a", 1);
    p.set("b", 2);
    const packet fields = p.clone();
    BOOST_TEST(metas(fields) == value_of("[{},{}]"));
    BOOST_TEST(attributes(fields) == value_of(R"({"a":[1],"b":[2]})"));
    p.set_meta("pm1", 1);
    p.set_field_meta("a", "am1", 1);
    const packet all = p.clone();
    BOOST_TEST(metas(all) == value_of(R"([{"pm1":1},{"a":{"am1":1}}])"));
    BOOST_TEST(attributes(all) == value_of(R"({"a":[1],"b":[2]})"));
    const packet bare = p.clone(keep_meta::no);
    BOOST_TEST(metas(bare) == value_of("[{},{}]"));
    BOOST_TEST(attributes(bare) == value_of(R"({"a":[1],"b":[2]})"));
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
    BOOST_TEST(metas(without) == value_of("[{},{}]"));
    BOOST_TEST(attributes(without) == value_of(R"({"a":[1],"b":[2]})"));
    packet p;
    p.merge(q, keep_meta::yes);
    BOOST_TEST(metas(p) == value_of(R"([{"pm1":1},{"a":{"am1":1}}])"));
    BOOST_TEST(attributes(p) == value_of(R"({"a":[1],"b":[2]})"));
    packet r;
    r.set("c", 3);
    r.set("a", 4);
    r.set_meta("pm2", 2);
    r.set_field_meta("c", "am2", 2);
    r.set_field_meta("a", "am1", 3);
    p.merge(r, keep_meta::yes);
    BOOST_TEST(metas(p) == value_of(R"([{"pm1":1,"pm2":2},{"a":{"am1":3},"c":{"am2":2}}])"));
    BOOST_TEST(attributes(p) == value_of(R"({"a":[4],"b":[2],"c":[3]})"));
}

BOOST_AUTO_TEST_CASE(pk_19_equality_compares_content)
{
    packet p;
    p.set_values("a", list("[1,2,3]"));
    p.set("b", list("[4,5]"));
    p.set("c", "test");
    BOOST_TEST(attributes(p) == value_of(R"({"a":[1,2,3],"b":[[4,5]],"c":["test"]})"));
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
    BOOST_TEST(p.get("z") == value_of("[5]"));
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
    BOOST_TEST(json::value(p.field_meta("x")) == value_of(R"({"z":1})"));
}

BOOST_AUTO_TEST_CASE(px_10_clone_without_meta_keeps_the_mark)
{
    packet p;
    p.set_values("a", list("[1]"));
    p.set("b", list("[1]"));
    const packet q = p.clone(keep_meta::no);
    BOOST_TEST(q.get("a") == value_of("[1]"));
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
    BOOST_TEST(p.get("a") == value_of("[1]"));
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
