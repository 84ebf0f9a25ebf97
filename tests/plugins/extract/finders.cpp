// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "run_extract.hpp"

using namespace extract_package;

BOOST_AUTO_TEST_SUITE(extract_email)

namespace
{

std::string emails(std::string_view text)
{
    return found_in(email_entry, "emails", text);
}

} // namespace

BOOST_AUTO_TEST_CASE(addresses_are_found_once_each_in_order)
{
    BOOST_TEST(emails("b@x.org, a@x.org; b@x.org") == R"(["b@x.org","a@x.org"])");
}

BOOST_AUTO_TEST_CASE(tags_and_long_top_domains_are_whole)
{
    BOOST_TEST(emails("foo+bar@x.com joe@x.museum") == R"(["foo+bar@x.com","joe@x.museum"])");
    BOOST_TEST(emails("jörg@bücher.example a@b.xn--p1ai") ==
               R"(["jörg@bücher.example","a@b.xn--p1ai"])");
    BOOST_TEST(emails("root@[10.0.0.1]") == R"(["root@[10.0.0.1]"])");
}

BOOST_AUTO_TEST_CASE(what_stands_around_an_address_is_left_out)
{
    BOOST_TEST(emails("'joe@x.com' <ann@x.com>. Write to eve@x.com.") ==
               R"(["joe@x.com","ann@x.com","eve@x.com"])");
    BOOST_TEST(emails("a..b@x.com mailto:c@x.com") == R"(["b@x.com","c@x.com"])");
}

BOOST_AUTO_TEST_CASE(what_is_no_address_is_not_found)
{
    for (const std::string_view text : {"joe@localhost", "@x.com", "joe@", "joe@x..com",
                                        "joe@10.0.0.1", "joe.@x.com", "joe@-x.com", "a@b@", ""})
        BOOST_TEST(emails(text) == "null", text);
}

BOOST_AUTO_TEST_CASE(fields_of_several_values_are_looked_into_and_others_skipped)
{
    packet given({{"a", json::array{"x@a.org", 5, nullptr}}, {"b", 7}, {"c", "y@c.org"}});
    const packet out =
        run_one(email_entry, {{"fields", {"a", "b", "absent", "c"}}}, std::move(given));
    BOOST_TEST(penstock::write_json(out.get("emails")) == R"(["x@a.org","y@c.org"])");
    BOOST_TEST(out.is_multivalued("emails"));
}

BOOST_AUTO_TEST_CASE(the_target_stays_when_nothing_is_found)
{
    const packet out = run_one(email_entry, {}, packet({{"text", "none"}, {"emails", "kept"}}));
    BOOST_TEST(out.get("emails") == "kept");
}

BOOST_AUTO_TEST_CASE(no_more_than_the_most_are_found)
{
    BOOST_TEST(found_in(email_entry, "emails", "a@x.org b@x.org c@x.org", {{"most", 2}}) ==
               R"(["a@x.org","b@x.org"])");
}

BOOST_AUTO_TEST_CASE(a_long_text_is_read_to_its_end)
{
    BOOST_TEST(emails(std::string(300'000, 'x') + "@ " + std::string(300'000, '.') + " a@x.org") ==
               R"(["a@x.org"])");
}

BOOST_AUTO_TEST_CASE(names_are_required)
{
    BOOST_CHECK_THROW((void)run_entry(email_entry, {{"to", ""}}, {}), penstock::parameter_error);
    BOOST_CHECK_THROW((void)run_entry(email_entry, {{"fields", json::array()}}, {}),
                      penstock::parameter_error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(extract_url)

namespace
{

std::string urls(std::string_view text, const json::object& parameters = {})
{
    return found_in(url_entry, "urls", text, parameters);
}

} // namespace

BOOST_AUTO_TEST_CASE(urls_are_found_once_each_in_order)
{
    BOOST_TEST(urls("see https://x.org/a?b=c&d#e and http://y.org and https://x.org/a?b=c&d#e") ==
               R"(["https://x.org/a?b=c&d#e","http://y.org"])");
}

BOOST_AUTO_TEST_CASE(the_end_of_a_sentence_is_left_out)
{
    BOOST_TEST(urls("Read http://x.org/a. Or (http://x.org/b), \"http://x.org/c\"!") ==
               R"(["http://x.org/a","http://x.org/b","http://x.org/c"])");
    BOOST_TEST(urls("http://x.org/wiki/A_(b) [http://x.org/d]") ==
               R"re(["http://x.org/wiki/A_(b)","http://x.org/d"])re");
    BOOST_TEST(urls("<a href=\"http://x.org/\">x</a>") == R"(["http://x.org/"])");
}

BOOST_AUTO_TEST_CASE(only_the_schemes_that_are_named_are_found)
{
    BOOST_TEST(urls("ssh://x.org ftp://x.org") == R"(["ftp://x.org"])");
    BOOST_TEST(urls("ssh://x.org ftp://x.org", {{"schemes", {"ssh"}}}) == R"(["ssh://x.org"])");
    BOOST_TEST(urls("HTTPS://X.org xhttp://y.org") == R"(["HTTPS://X.org","http://y.org"])");
}

BOOST_AUTO_TEST_CASE(letters_of_any_language_are_part_of_a_url)
{
    BOOST_TEST(urls("http://bücher.example/straße") == R"(["http://bücher.example/straße"])");
}

BOOST_AUTO_TEST_CASE(what_has_no_host_is_no_url)
{
    for (const std::string_view text : {"http://", "http:///a", "http://.", "://x.org", "x.org"})
        BOOST_TEST(urls(text) == "null", text);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(extract_address)

namespace
{

std::string addresses(std::string_view text)
{
    return found_in(address_entry, "addresses", text);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_city_a_state_and_a_zip_code_are_an_address)
{
    BOOST_TEST(addresses("from Boston, MA to McAllen, TX 78501 and back") ==
               R"(["Boston, MA","McAllen, TX 78501"])");
    BOOST_TEST(addresses("New York, NY 10001-1234; Boise,ID 83702/1234") ==
               R"(["New York, NY 10001-1234","Boise, ID 83702-1234"])");
}

BOOST_AUTO_TEST_CASE(cities_may_have_points_apostrophes_and_small_words)
{
    BOOST_TEST(addresses("St. Louis, MO; Coeur d'Alene, ID; Fond du Lac, WI; Winston-Salem, NC") ==
               R"(["St. Louis, MO","Coeur d'Alene, ID","Fond du Lac, WI","Winston-Salem, NC"])");
    BOOST_TEST(addresses("in Cañon City, CO") == R"(["Cañon City, CO"])");
}

BOOST_AUTO_TEST_CASE(a_state_is_a_word_of_two_letters)
{
    for (const std::string_view text :
         {"Boston, MAINE", "Boston, Ma", "Boston, ZZ", "boston, MA", ", MA", "MA 02134"})
        BOOST_TEST(addresses(text) == "null", text);
    BOOST_TEST(addresses("Hagåtña, GU 96910") == R"(["Hagåtña, GU 96910"])");
}

BOOST_AUTO_TEST_CASE(the_parts_are_meta_of_the_field)
{
    const packet out = run_one(address_entry, {},
                               packet({{"text", "Boston, MA 02134. Salem, MA. Salem, OR 97301"}}));
    BOOST_TEST(
        penstock::write_json(out.field_meta("addresses")) ==
        R"({"cities":["Boston","Salem"],"states":["MA","OR"],"zipcodes":["02134","97301"]})");
}

BOOST_AUTO_TEST_CASE(packets_do_not_share_their_parts)
{
    auto result = run_entry(address_entry, {},
                            packets(packet({{"text", "Boston, MA"}}), packet({{"text", "none"}}),
                                    packet({{"text", "Salem, OR"}})));
    BOOST_TEST_REQUIRE(result.out().size() == 3U);
    BOOST_TEST(!result.out()[1].has("addresses"));
    BOOST_TEST(penstock::write_json(result.out()[2].field_meta("addresses", "states")) ==
               R"(["OR"])");
}

BOOST_AUTO_TEST_CASE(many_capitals_take_no_longer)
{
    std::string text;
    for (int n = 0; n < 100'000; ++n)
        text += "Word ";
    BOOST_TEST(addresses(text + "City, OH") == R"(["Word Word Word City, OH"])");
}

BOOST_AUTO_TEST_SUITE_END()
