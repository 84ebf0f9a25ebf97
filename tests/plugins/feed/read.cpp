// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <ctime>
#include <string>
#include <string_view>

namespace json = penstock::json;
using feed_package::read_entry;
using penstock::packet;
using penstock::testing::packets;

BOOST_AUTO_TEST_SUITE(feed_read)

namespace
{

penstock::testing::result read(std::string_view text, const json::object& parameters = {})
{
    return run_entry(read_entry, parameters, packets(body(text, {{"id", "x"}})));
}

strings entries(std::string_view text)
{
    auto result = read(text);
    strings list = fields_of(result.out());
    for (const auto& [packet, reason] : result.failed)
        list.push_back(reason);
    return list;
}

std::string meta_of_first(std::string_view text)
{
    auto result = read(text);
    BOOST_TEST_REQUIRE(!result.out().empty());
    json::object meta;
    for (const auto& each : result.out()[0].meta())
        if (each.key() != "id")
            meta.emplace(each.key(), each.value());
    return penstock::write_json(meta);
}

constexpr std::string_view rss = R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:c="http://purl.org/rss/1.0/modules/content/">
 <channel><title>News</title><link>https://example.org/news/</link><language>en</language>
  <description>All of it</description><lastBuildDate>Sat, 07 Sep 2002 09:42:31 GMT</lastBuildDate>
  <managingEditor>ed@example.org</managingEditor>
  <item><title>One &amp; only</title><link>1.html</link><guid isPermaLink="false">g1</guid>
   <description>&lt;b&gt;short&lt;/b&gt;</description><c:encoded><![CDATA[<p>long</p>]]></c:encoded>
   <dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator><category>a</category>
   <category>b</category><pubDate>Fri, 06 Sep 2002 09:42:31 +0200</pubDate>
   <enclosure url="/a.mp3" length="1" type="audio/mpeg"/></item>
  <item><guid>https://example.org/2</guid><pubDate>soon</pubDate></item>
  <item/>
 </channel></rss>)";

constexpr std::string_view atom = R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
 <title type="text">Blog</title><id>urn:feed</id><updated>2003-12-13T18:30:02Z</updated>
 <link rel="self" href="https://example.org/blog/feed.xml"/><link href="/"/>
 <author><name>John</name></author><subtitle>sub</subtitle>
 <entry xml:base="archive/"><title type="html">&lt;i&gt;A&lt;/i&gt;</title>
  <link rel="alternate" type="application/pdf" href="a.pdf"/><link type="text/html" href="a.html"/>
  <link rel="enclosure" href="a.ogg"/><id>urn:a</id><published>2003-12-13T08:29:29-04:00</published>
  <updated>2003-12-14T08:29:29-04:00</updated><summary>s</summary>
  <content type="xhtml" xml:base="http://other.org/"><div xmlns="http://www.w3.org/1999/xhtml">
   <p>one <em>two</em> three</p></div></content>
  <category term="t" label="Label"/><category term="u"/><author><name>Jane</name></author></entry>
 <entry><id>urn:b</id><content src="b.html" type="text/html"/></entry>
</feed>)";

constexpr std::string_view json_feed = R"({"version": "https://jsonfeed.org/version/1.1",
 "title": "J", "home_page_url": "https://example.org/", "feed_url": "https://example.org/f/feed.json",
 "authors": [{"name": "Ann"}], "language": "en",
 "items": [{"id": "1", "url": "one.html", "title": "One", "content_html": "<p>x</p>",
   "date_published": "2010-02-07T14:04:00-05:00", "tags": ["a", "b"],
   "attachments": [{"url": "a.mp3", "mime_type": "audio/mpeg"}]},
  {"id": 2, "content_text": "plain", "author": {"name": "Bob"}}, {}, 7]})";

} // namespace

BOOST_AUTO_TEST_CASE(entries_of_rss_are_packets)
{
    BOOST_TEST(
        entries(rss) ==
            (strings{
                R"({"title":"One & only","link":"https://example.org/news/1.html","id":"g1","author":["Ann","Bob"],"published":"2002-09-06T09:42:31+02:00","summary":"<b>short</b>","content":"<p>long</p>","categories":["a","b"],"enclosures":["https://example.org/a.mp3"]})",
                R"({"link":"https://example.org/2","id":"https://example.org/2"})", "{}"}),
        boost::test_tools::per_element());
    BOOST_TEST(
        meta_of_first(rss) ==
        R"({"feed_type":"rss","feed_title":"News","feed_link":"https://example.org/news/","feed_description":"All of it","feed_language":"en","feed_updated":"2002-09-07T09:42:31Z","feed_author":"ed@example.org"})");
    auto result = read(rss);
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.2")", R"("x.3")"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[0].is_multivalued("categories"));
    BOOST_TEST(result.out()[0].data().empty());
}

BOOST_AUTO_TEST_CASE(entries_of_atom_are_packets_with_links_by_their_base)
{
    BOOST_TEST(
        entries(atom) ==
            (strings{
                R"({"title":"<i>A</i>","link":"https://example.org/blog/archive/a.html","id":"urn:a","author":"Jane","published":"2003-12-13T08:29:29-04:00","updated":"2003-12-14T08:29:29-04:00","summary":"s","content":"<p>one <em>two</em> three</p>","categories":["Label","u"],"enclosures":["https://example.org/blog/archive/a.ogg"]})",
                R"({"link":"https://example.org/blog/b.html","id":"urn:b","author":"John"})"}),
        boost::test_tools::per_element());
    BOOST_TEST(
        meta_of_first(atom) ==
        R"({"feed_type":"atom","feed_title":"Blog","feed_link":"https://example.org/","feed_id":"urn:feed","feed_description":"sub","feed_language":"de","feed_updated":"2003-12-13T18:30:02Z","feed_author":"John"})");
}

BOOST_AUTO_TEST_CASE(entries_of_json_feed_are_packets)
{
    BOOST_TEST(
        entries(json_feed) ==
            (strings{
                R"({"title":"One","link":"https://example.org/f/one.html","id":"1","author":"Ann","published":"2010-02-07T14:04:00-05:00","content":"<p>x</p>","categories":["a","b"],"enclosures":["https://example.org/f/a.mp3"]})",
                R"({"id":"2","author":"Bob","content":"plain"})", R"({"author":"Ann"})"}),
        boost::test_tools::per_element());
    BOOST_TEST(
        meta_of_first(json_feed) ==
        R"({"feed_type":"json","feed_title":"J","feed_link":"https://example.org/","feed_id":"https://example.org/f/feed.json","feed_language":"en","feed_author":"Ann"})");
}

BOOST_AUTO_TEST_CASE(old_versions_of_rss_and_atom_are_read)
{
    BOOST_TEST(
        entries(R"(<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
            xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
            <channel r:about="http://a.org/rss"><title>T</title><link>http://a.org/</link></channel>
            <item r:about="http://a.org/1"><title>x</title><link>http://a.org/1</link>
            <d:date>2002-09-07</d:date><d:subject>s</d:subject></item></r:RDF>)") ==
            strings{
                R"({"title":"x","link":"http://a.org/1","id":"http://a.org/1","published":"2002-09-07T00:00:00Z","categories":["s"]})"},
        boost::test_tools::per_element());
    BOOST_TEST(entries(R"(<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
            "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>
            <item><title>caf&eacute;</title></item></channel></rss>)") ==
                   strings{R"({"title":"caf&eacute;"})"},
               boost::test_tools::per_element());
    BOOST_TEST(entries(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
            xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/><item><title>9</title></item>
            </rdf:RDF>)") == strings{R"({"title":"9"})"},
               boost::test_tools::per_element());
    BOOST_TEST(
        entries(R"(<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>
            <title mode="escaped" type="text/html">A</title><link rel="alternate" type="text/html"
            href="http://a.org/"/><issued>2003-12-13</issued><modified>2003-12-14</modified>
            <content type="application/xhtml+xml"><div xmlns="http://www.w3.org/1999/xhtml">c</div>
            </content></entry></feed>)") ==
            strings{
                R"({"title":"A","link":"http://a.org/","published":"2003-12-13T00:00:00Z","updated":"2003-12-14T00:00:00Z","content":"c"})"},
        boost::test_tools::per_element());
    BOOST_TEST(entries(R"(<entry xmlns="http://www.w3.org/2005/Atom"><id>e</id></entry>)") ==
                   strings{R"({"id":"e"})"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_single_entry_keeps_the_id_of_its_feed)
{
    auto result = read("<rss><channel><item/></channel></rss>");
    BOOST_TEST(meta_of(result.out(), "id") == strings{R"("x")"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(links_stay_as_they_are_where_no_base_is_known)
{
    BOOST_TEST(entries("<rss><channel><item><link>a.html</link></item></channel></rss>") ==
                   strings{R"({"link":"a.html"})"},
               boost::test_tools::per_element());
    BOOST_TEST(
        entries("<rss><channel><link>https://a.org</link><item><link>mailto:a@b</link></item>"
                "</channel></rss>") == strings{R"({"link":"mailto:a@b"})"},
        boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_feed_without_entries_is_dropped)
{
    auto result = read("<rss><channel><title>x</title></channel></rss>");
    BOOST_TEST(result.dropped.size() == 1U);
    BOOST_TEST(read(R"({"version":"https://jsonfeed.org/version/1"})").dropped.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_no_feed_fails_as_it_is)
{
    BOOST_TEST(entries("<html/>")[0] == "the outermost element is html; rss, rdf:RDF, or feed or "
                                        "entry of Atom was expected");
    BOOST_TEST(entries("<rss>\n<channel>")[0].starts_with("line 2, column 10: no element found"));
    BOOST_TEST(entries("{}")[0].starts_with("has no version of JSON Feed"));
    BOOST_TEST(entries("{")[0] != "");
    for (const char* const name : {"https://example.org/feed", "/etc/passwd"}) // are not opened
        BOOST_TEST(entries(name)[0].ends_with("XML was expected"), name);
    auto result = read("<html/>");
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].first.data().view() == "<html/>");
    BOOST_TEST(read(rss, {{"memory", 1000}}).failed.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_trigger_goes_on)
{
    BOOST_TEST(
        run_entry(read_entry, {}, packets(body("", {{"requestmethod", "DELETE"}}))).out().size() ==
        1U);
}

BOOST_AUTO_TEST_CASE(many_categories_and_enclosures_of_an_entry_take_a_time_that_grows_with_them)
{
    std::string item = "<rss><channel><item><title>t</title>";
    for (int n = 0; n < 40'000; ++n)
        item += "<category>c" + std::to_string(n) + "</category><enclosure url='http://a/" +
                std::to_string(n) + "'/>";
    const auto begin = std::clock();
    auto result = read(item + "</item></channel></rss>");
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].values("categories").size() == 40'000U);
    BOOST_TEST(std::clock() - begin < 5 * CLOCKS_PER_SEC); // it took half a minute
}

BOOST_AUTO_TEST_SUITE_END()
