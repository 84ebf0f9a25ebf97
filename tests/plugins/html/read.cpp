// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

using penstock::packet;
using penstock::testing::packets;

namespace json = penstock::json;

namespace
{

penstock::testing::result read(std::vector<packet> pages, const json::object& parameters = {})
{
    return run_entry(html_package::read_entry, parameters, std::move(pages));
}

packet read_one(std::string_view page, const json::object& meta = {})
{
    auto result = read(packets(body(page, meta)));
    for (const auto& [failed, reason] : result.failed)
        BOOST_ERROR(reason);
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    return std::move(result.out()[0]);
}

std::string text_of(std::string_view page)
{
    return read_one(page).text("text");
}

// Why a page fails, beside one that does not.
std::string reason(std::string_view page, const json::object& parameters = {})
{
    auto result = read(packets(body(page), body("<p>x")), parameters);
    BOOST_TEST(result.out().size() == 1U);
    if (result.failed.size() != 1)
        return "";
    BOOST_TEST((result.failed[0].first.data().view() == page));
    return result.failed[0].second;
}

std::string repeated(std::string_view text, std::size_t times)
{
    std::string whole;
    for (std::size_t n = 0; n < times; ++n)
        whole += text;
    return whole;
}

} // namespace

BOOST_AUTO_TEST_SUITE(html_read)

BOOST_AUTO_TEST_CASE(a_page_becomes_fields_and_is_not_kept)
{
    const packet page = read_one(
        R"(<!DOCTYPE html><html lang="en"><head><title> The
title </title><meta name="Description" content="What it is."></head>
<body><h1>One <em>thing</em></h1><p>Text with <a href="/a">a link</a>, <a href="/b">two</a>
and <a href="/a">the first</a>.</p><h2>Other</h2></body></html>)",
        {{"id", "7"}});
    BOOST_TEST(page.text("title") == "The title");
    BOOST_TEST(page.text("description") == "What it is.");
    BOOST_TEST(page.text("language") == "en");
    BOOST_TEST(page.text("text") == "One thing\n\nText with a link, two and the first.\n\nOther");
    BOOST_TEST(page.values("headings") == (json::array{"One thing", "Other"}));
    BOOST_TEST(page.is_multivalued("headings"));
    BOOST_TEST(page.values("links") == (json::array{"/a", "/b"}));
    BOOST_TEST(page.data().empty());
    BOOST_TEST(page.meta("id") == "7");
}

BOOST_AUTO_TEST_CASE(what_a_page_lacks_is_no_field)
{
    BOOST_TEST(penstock::write_json(read_one("<p>a").fields()) == R"({"text":"a"})");
    BOOST_TEST(penstock::write_json(read_one("").fields()) == R"({"text":""})");
    BOOST_TEST(penstock::write_json(read_one("\xef\xbb\xbf").fields()) == R"({"text":""})");
}

BOOST_AUTO_TEST_CASE(a_title_is_a_text_whatever_stands_in_it)
{
    const packet page = read_one("<title>One <b>two</b> &amp; three</title>");
    BOOST_TEST(page.text("title") == "One <b>two</b> & three");
    BOOST_TEST(page.text("text").empty());
}

BOOST_AUTO_TEST_CASE(scripts_styles_and_comments_are_no_text)
{
    BOOST_TEST(text_of("<style>p{}</style><p>a<script>if (x < 1) y()</script>b<!-- c --></p>"
                       "<template>t</template><noscript>n</noscript><p hidden>h</p>") == "ab");
}

BOOST_AUTO_TEST_CASE(blocks_are_apart_and_inline_elements_are_not)
{
    BOOST_TEST(text_of("<div>a</div><div>b</div>c") == "a\nb\nc");
    BOOST_TEST(text_of("<ul><li>a<li>b</ul>after") == "a\nb\n\nafter");
    BOOST_TEST(text_of("x<b>y</b> <i>z</i>") == "xy z");
    BOOST_TEST(text_of("a<br>b<br><br>c") == "a\nb\n\nc");
    BOOST_TEST(text_of("<table><tr><td>a<td>b<tr><td>c</table>") == "a\tb\nc");
    BOOST_TEST(text_of("<pre>a\n  b\n</pre>c") == "a\n  b\n\nc");
    BOOST_TEST(text_of("  a \n\n b  ") == "a b");
}

BOOST_AUTO_TEST_CASE(entities_are_decoded)
{
    BOOST_TEST(text_of("a &amp; b &lt;c&gt; &#228;&nbsp;&euro;") ==
               "a & b <c> \xc3\xa4\xc2\xa0\xe2\x82\xac");
}

BOOST_AUTO_TEST_CASE(the_charset_is_that_of_the_media_type_the_mark_or_a_meta_element)
{
    const auto title = [](std::string_view page, const json::object& meta = {})
    { return read_one(page, meta).text("title"); };
    BOOST_TEST(title("<title>\xe4</title>", {{"charset", "iso-8859-1"}}) == "\xc3\xa4");
    BOOST_TEST(title("<meta charset=\"Windows-1252\"><title>\x80</title>") == "\xe2\x82\xac");
    BOOST_TEST(title("<meta http-equiv=Content-Type content='text/html; charset=latin1'>"
                     "<title>\xe4</title>") == "\xc3\xa4");
    BOOST_TEST(title("\xef\xbb\xbf<meta charset=latin1><title>\xc3\xa4</title>") == "\xc3\xa4");
    BOOST_TEST(title("<meta charset=utf-16><title>\xc3\xa4</title>") == "\xc3\xa4");
    auto result = read(packets(body("<title>\xe4</title>")), {{"charset", "latin1"}});
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].text("title") == "\xc3\xa4");
    BOOST_CHECK_THROW((void)read({}, {{"charset", "none"}}), penstock::parameter_error);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_fail_alone)
{
    BOOST_TEST(reason("<p>\xff") == "byte 3: is no utf-8; text in utf-8 was expected");
    BOOST_TEST(reason("<meta charset=none>").starts_with("charset: is \"none\"; "));
}

BOOST_AUTO_TEST_CASE(bytes_of_zero_are_read)
{
    BOOST_TEST(!text_of(std::string_view("<p>a\0b", 6)).empty());
}

BOOST_AUTO_TEST_CASE(a_trigger_goes_on_as_it_is)
{
    packet trigger;
    trigger.set_meta("requestmethod", "DELETE");
    auto result = read(packets(std::move(trigger)));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].fields().empty());
}

BOOST_AUTO_TEST_CASE(a_page_that_is_nested_too_deep_fails_at_once)
{
    const std::string why = "nesting: is deeper than 512; a page of simpler structure was expected";
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string_view tag : {"<div>", "<b>", "<svg>", "<table>", "<span></x>"})
        BOOST_TEST(reason(repeated(tag, 100'000)) == why);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(5)));
    BOOST_TEST(
        reason(repeated("<i>", 10), {{"depth", 9}}).starts_with("nesting: is deeper than 9"));
    BOOST_TEST(reason(repeated("<i>", 600) + "x" + repeated("</i>", 600)) == why);
}

BOOST_AUTO_TEST_CASE(elements_that_end_without_a_tag_are_not_nested)
{
    for (const std::string_view part :
         {"<p>a", "<br>", "<img src=x>", "<p>a<div>b</div>", "<b>a</b>", "<i a='>'>b</i>"})
        BOOST_TEST(!text_of(repeated(part, 2000) + "x").empty());
    BOOST_TEST(!text_of("<ul>" + repeated("<li>a", 2000)).empty());
    BOOST_TEST(!text_of("<dl>" + repeated("<dt>a<dd>b", 2000)).empty());
    BOOST_TEST(!text_of("<table>" + repeated("<tr><td>a<td>b", 2000)).empty());
    BOOST_TEST(!text_of("<select>" + repeated("<option>a", 2000)).empty());
    BOOST_TEST(text_of("<svg>" + repeated("<path d=x />", 2000) + "</svg>x") == "x");
    BOOST_TEST(text_of("<script>" + repeated("<b>", 2000) + "</script>x") == "x");
    BOOST_TEST(text_of("<!--" + repeated("<b>", 2000) + "-->x") == "x");
}

BOOST_AUTO_TEST_CASE(a_page_that_deceives_costs_no_more_than_its_limits)
{
    // Ends that end nothing; formats that are opened again and again.
    for (const std::string& page :
         {repeated("<b><div></b>", 20'000), repeated("<a><table></a>", 20'000),
          repeated("<p><b a=1><i b=2>", 500) + repeated("</p><p>", 20'000),
          repeated("<button><p>", 20'000), repeated("<svg><p>", 20'000), repeated("<!--", 100'000),
          repeated("<a b='", 100'000), repeated("&amp", 500'000), repeated("<", 1'000'000),
          repeated("<x ", 500'000), repeated("<p a=1 b=2 c=3>", 100'000),
          "<pre>" + std::string(500'000, '\n') + "</pre>" + repeated("<pre>\n\n</pre><p>", 50'000)})
    {
        const auto begin = std::chrono::steady_clock::now();
        auto result = read(packets(body(page)));
        BOOST_TEST(result.out().size() + result.failed.size() == 1U);
        BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
        for (const auto& [failed, why] : result.failed)
            BOOST_TEST((why.starts_with("nesting: ") || why.starts_with("time limit: ") ||
                        why.starts_with("memory limit: ")),
                       why);
    }
}

BOOST_AUTO_TEST_CASE(an_encoding_that_a_page_does_not_tell_is_guessed_if_asked_for)
{
    const std::string page = "<p>Gr\xf6\xdf"
                             "e und Ma\xdf"
                             "e z\xe4hlen";
    auto result = read(packets(body(page), body("<meta charset=koi8-r>\xf6")), {{"guess", true}});
    BOOST_TEST(result.failed.empty());
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(result.out()[0].text("text") == "Größe und Maße zählen");
    BOOST_TEST(result.out()[1].text("text") == "Ж");
    BOOST_TEST(reason(page) != "");
}

BOOST_AUTO_TEST_CASE(limits_are_named)
{
    BOOST_TEST(
        reason(repeated("<p>a</p>", 1000), {{"memory", "64KiB"}}).starts_with("memory limit: "));
    BOOST_TEST(reason("<p>" + std::string(100, 'a'), {{"limit", "100B"}}) ==
               "has 103 bytes; at most 100 were expected");
}

BOOST_AUTO_TEST_SUITE_END()
