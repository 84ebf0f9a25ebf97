// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/packet_access.hpp>
#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using penstock::packet;
using penstock::detail::packet_access;
namespace json = penstock::json;

namespace
{

json::object of(std::string_view text)
{
    return penstock::parse_json(text).as_object();
}

std::string written(const packet& p)
{
    return penstock::write_json(to_json(p));
}

packet through_text(const packet& p)
{
    return penstock::packet_from_json(of(written(p)));
}

packet with_data(std::string data)
{
    packet p;
    p.set_data(penstock::bytes(std::move(data)));
    return p;
}

std::string refusal_of(std::string_view form)
{
    try
    {
        (void)penstock::packet_from_json(of(form));
    }
    catch (const std::invalid_argument& e)
    {
        return e.what();
    }
    return "accepted";
}

} // namespace

BOOST_AUTO_TEST_CASE(every_part_of_a_packet_is_written)
{
    packet p(of(R"({"title":"x","tags":["a"]})"));
    p.set_meta("route", "r");
    p.set_field_meta("title", "lang", "en");
    p.set_data(penstock::bytes(std::string("body")));
    packet_access::set_id(p, {0x0123456789abcdef, 1});
    BOOST_TEST(written(p) == R"({"fields":{"title":"x","tags":["a"]},"meta":{"route":"r"},)"
                             R"("field_meta":{"title":{"lang":"en"}},"data":"body",)"
                             R"("id":"0123456789abcdef0000000000000001"})");
    const packet q = through_text(p);
    BOOST_TEST((q == p));
    BOOST_TEST((q.id() == p.id()));
    BOOST_TEST(packet_access::receipts(q) == nullptr);
}

BOOST_AUTO_TEST_CASE(empty_parts_are_left_out)
{
    BOOST_TEST(written(packet()) == "{}");
    BOOST_TEST((penstock::packet_from_json({}) == packet()));
}

BOOST_AUTO_TEST_CASE(marks_survive)
{
    packet p;
    p.set_values("many", {1, 2});
    p.set_values("single", {1});
    p.set_values("no_value", {});
    p.set("list", json::array{1, 2});
    p.set("empty_list", json::array{});
    p.set("list_of_list", json::array{json::array{1}});
    p.set("list_of_lists", json::array{json::array{1}, json::array{2}});
    p.set("null", nullptr);
    const packet q = through_text(p);
    BOOST_TEST((q == p));
    BOOST_TEST(written(q) == written(p));
    BOOST_TEST(of(written(p)).at("fields").at("list") == json::value(json::array{{1, 2}}));
    BOOST_TEST(!to_json(p).contains("multivalued"));
}

BOOST_AUTO_TEST_CASE(a_list_of_values_that_has_one_value_a_list_is_told_apart)
{
    packet p;
    p.set_values("a", json::array{json::array{1, 2}});
    p.set("b", json::array{1, 2});
    BOOST_TEST(written(p) == R"({"fields":{"a":[[1,2]],"b":[[1,2]]},"multivalued":["a"]})");
    BOOST_TEST((through_text(p) == p));
}

BOOST_AUTO_TEST_CASE(data_is_text_if_it_is_utf_8)
{
    const std::string texts[] = {
        "plain",
        std::string("nul\0and \x01", 9),
        "\"\\/\b\f\n\r\t\x7f",
        "\u00e9 \u20ac \U0001F600 \u2028",
        "a long text of more than eight bytes, and then \xC3\xA9",
    };
    for (const auto& text : texts)
    {
        const packet p = with_data(text);
        BOOST_TEST(!to_json(p).contains("data_encoding"));
        BOOST_TEST((through_text(p) == p));
    }
}

BOOST_AUTO_TEST_CASE(data_is_base64_if_it_is_not_utf_8)
{
    const std::string bodies[] = {
        "\xFF",                // no such byte
        "ascii and then \x80", // starts in the middle
        "\xC3",                // ends in the middle
        "\xC0\x80",
        "\xE0\x80\x80", // longer than needed
        "\xED\xA0\x80", // a surrogate
        "\xF4\x90\x80\x80",
        "\xF0\x80\x80\x80", // beyond, and longer than needed
    };
    for (const auto& body : bodies)
    {
        const packet p = with_data(body);
        BOOST_TEST(to_json(p).at("data_encoding") == json::value("base64"));
        BOOST_TEST((through_text(p) == p));
    }
    BOOST_TEST(written(with_data("\xFF\xFE\xFD\xFC")) ==
               R"({"data":"//79/A==","data_encoding":"base64"})");
    BOOST_TEST(written(with_data("\xFF\xFE\xFD")) == R"({"data":"//79","data_encoding":"base64"})");
    BOOST_TEST(written(with_data("\xFF\xFE")) == R"({"data":"//4=","data_encoding":"base64"})");
}

BOOST_AUTO_TEST_CASE(numbers_survive)
{
    packet p;
    p.set("double", 1.0);
    p.set("small", 5e-324);
    p.set("negative", -0.0);
    p.set("big", 18446744073709551615ULL);
    const packet q = through_text(p);
    BOOST_TEST((q == p));
    BOOST_TEST(q.get("double").is_double());
    BOOST_TEST(q.get("big").is_uint64());
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_form_is_named)
{
    BOOST_TEST(refusal_of(R"({"fields":1})") == "/fields: not an object; expected an object");
    BOOST_TEST(refusal_of(R"({"meta":[]})") == "/meta: not an object; expected an object");
    BOOST_TEST(refusal_of(R"({"fields":{"a":1},"field_meta":{"a":1}})") ==
               "/field_meta/a: not an object; expected an object");
    BOOST_TEST(refusal_of(R"({"field_meta":{"a":{"k":1}}})") ==
               "/field_meta/a: no such field; expected meta of a field of the packet");
    BOOST_TEST(refusal_of(R"({"data":1})") == "/data: not a text; expected a text");
    BOOST_TEST(refusal_of(R"({"data":"x","data_encoding":"hex"})") ==
               "/data_encoding: unknown encoding; expected \"base64\"");
    for (const auto* data :
         {"A", "AB", "AB=", "A===", "AB==CD==", "AB\\n=", "A-==", "AB==", "===="})
        BOOST_TEST(
            refusal_of(std::string(R"({"data":")") + data + R"(","data_encoding":"base64"})") ==
            "/data: not base64; expected whole groups of four characters of RFC 4648");
    BOOST_TEST(refusal_of(R"({"id":"12"})") == "/id: not an id; expected 32 hexadecimal digits");
    BOOST_TEST(refusal_of(R"({"id":"0123456789abcdef000000000000000x"})") ==
               "/id: not an id; expected 32 hexadecimal digits");
    BOOST_TEST(refusal_of(R"({"multivalued":[1],"fields":{"a":[[1]]}})") ==
               "/multivalued: not a text; expected a text");
    BOOST_TEST(refusal_of(R"({"feilds":{}})") ==
               "/feilds: unknown part; expected fields, meta, field_meta, data or id");
}

// Each name was once looked for in the whole list: this took minutes.
BOOST_AUTO_TEST_CASE(many_multivalued_names_take_no_time)
{
    json::object fields;
    json::array names;
    for (std::size_t i = 0; i < 200'000; ++i)
    {
        const std::string name = std::to_string(1'000'000 + i);
        fields.emplace(name, json::array{json::array{1}});
        names.emplace_back(name);
    }
    const packet p = penstock::packet_from_json({{"fields", fields}, {"multivalued", names}});
    BOOST_TEST(p.is_multivalued("1199999"));
}
