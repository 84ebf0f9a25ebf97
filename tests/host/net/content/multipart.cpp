// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/content/multipart.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(multipart)

namespace http = penstock::host::http;

namespace
{

const http::limits bounds;

auto parse(std::string_view body, const http::limits& within = bounds)
{
    return http::parse_multipart(
        http::parse_media_type("multipart/form-data; boundary=xyz").value(), body, within);
}

std::string one_part(const std::string& header, const std::string& content)
{
    return "--xyz\r\n" + header + "\r\n\r\n" + content + "\r\n--xyz--\r\n";
}

std::string filename_of(const std::string& disposition)
{
    const auto body = one_part("Content-Disposition: form-data; " + disposition, "");
    const auto parts = parse(body);
    return parts ? parts->front().filename : "refused: " + parts.error().why();
}

} // namespace

BOOST_AUTO_TEST_CASE(each_part_has_its_name_type_and_bytes)
{
    const std::string body =
        "--xyz\r\n"
        "Content-Disposition: form-data; name=\"text\"\r\n\r\n"
        "plain\r\n"
        "--xyz\r\n"
        "content-type: Image/PNG; a=b\r\n"
        "content-disposition: form-data; name=\"f\"; filename=\"a.png\"\r\n\r\n"
        "\r\n--xy\r\nz\r\n"
        "--xyz\r\n"
        "Content-Disposition: form-data; name=empty\r\n\r\n"
        "\r\n--xyz--\r\n";
    const auto parts = parse(body);
    BOOST_REQUIRE(parts.has_value());
    BOOST_REQUIRE(parts->size() == 3U);
    BOOST_TEST((*parts)[0].name == "text");
    BOOST_TEST((*parts)[0].content == "plain");
    BOOST_TEST((*parts)[0].filename == "");
    BOOST_TEST(!(*parts)[0].type.has_value());
    BOOST_TEST((*parts)[1].filename == "a.png");
    BOOST_TEST((*parts)[1].type->essence == "image/png");
    BOOST_TEST((*parts)[1].content == "\r\n--xy\r\nz");
    BOOST_TEST((*parts)[2].name == "empty");
    BOOST_TEST((*parts)[2].content == "");
}

BOOST_AUTO_TEST_CASE(a_filename_loses_its_folders)
{
    BOOST_TEST(filename_of("name=f; filename=\"/etc/passwd\"") == "passwd");
    BOOST_TEST(filename_of("name=f; filename=\"../../x\"") == "x");
    BOOST_TEST(filename_of(R"(name=f; filename="C:\dir\x.txt")") == "x.txt");
    BOOST_TEST(filename_of("name=f; filename=\"..\"") == "");
    BOOST_TEST(filename_of("name=f; filename=\"a/\"") == "");
    BOOST_TEST(filename_of("name=f; filename=\"a;b=c.txt\"") == "a;b=c.txt");
    BOOST_TEST(filename_of(R"(name=f; filename="a\"b")") == "a\"b");
    BOOST_TEST(filename_of("name=f; filename=a; filename*=UTF-8''d%2F%c3%b6") == "\xc3\xb6");
}

BOOST_AUTO_TEST_CASE(malformed_bodies_are_refused)
{
    const std::string good = "Content-Disposition: form-data; name=\"a\"";
    const std::vector<std::string> bad{
        "",
        "--xyz--\r\n",
        "--xyz--",
        "--xyz\r\n" + good + "\r\n\r\nx",
        "--xyz\r\n" + good + "\r\n\r\nx\r\n--xyz",
        "--xyz\r\n" + good + "\r\n\r\nx\r\n--xyz-",
        "--xyz\r\n" + good + "\r\n\r\nx\r\n--xyzz\r\n",
        "--xyz\r\n" + good + "\r\nx\r\n--xyz--\r\n",
        "--xyz\n" + good + "\n\nx\n--xyz--\n",
        "--xyz\r\n\r\nx\r\n--xyz--\r\n",
        one_part("Content-Type: text/plain", "x"),
        one_part("Content-Disposition: form-data", "x"),
        one_part("Content-Disposition: form-data; name=\"a", "x"),
        one_part("Content-Disposition: form-data; name=a; name=b", "x"),
        one_part("Content-Disposition: form-data; name=a; filename*=x", "x"),
        one_part("Content-Disposition: form-data; name=a; filename*=UTF-8''%0a", "x"),
        one_part(good + "\r\n" + good, "x"),
        one_part(good + "\r\nContent-Type: nonsense", "x"),
        one_part(good + "\r\nContent-Type: a/b\r\nContent-Type: a/b", "x"),
        "preamble --xyz\r\n" + good + "\r\n\r\nx",
        "--xyz\r\n" + good + "\r\n\r\nx\r\n--xyz--epilogue",
        "--xyz\r\n" + good + "\r\n\r\nx\r\n--xyz x\r\n",
        one_part(good + "\r\nContent-Transfer-Encoding: rot13", "x"),
        one_part(" folded\r\n" + good, "x"),
        one_part(good + "\r\nno colon", "x"),
        one_part(good + "\r\nX: a\nb", "x"),
        one_part(good + "\r\nX: " + std::string(9000, 'a'), "x"),
    };
    for (const auto& body : bad)
    {
        BOOST_TEST_CONTEXT(body.substr(0, 200))
        {
            const auto parts = parse(body);
            BOOST_REQUIRE(parts.has_error());
            BOOST_TEST(parts.error().status() == 400U);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_stands_around_the_parts_is_passed_over)
{
    const std::string form = one_part("Content-Disposition: form-data; name=\"a\"", "x");
    for (const std::string& body :
         {"\r\n" + form, "a preamble\r\nof lines\r\n" + form, form + "an epilogue\r\n--xyz\r\n",
          std::string{
              "--xyz \t\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--xyz--  \r\n"},
          std::string{
              "--xyz\r\nContent-Disposition:\r\n form-data;\r\n\tname=a\r\n\r\nx\r\n--xyz--"}})
    {
        BOOST_TEST_CONTEXT(body)
        {
            const auto parts = parse(body);
            BOOST_REQUIRE(parts.has_value());
            BOOST_REQUIRE(parts->size() == 1U);
            BOOST_TEST(parts->front().name == "a");
            BOOST_TEST(parts->front().content == "x");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_name_that_is_not_utf_8_is_latin_1)
{
    BOOST_TEST(filename_of("name=f; filename=\"caf\xe9.json\"") == "caf\xc3\xa9.json");
    const std::string body = one_part("Content-Disposition: form-data; name=\"\xff\"", "x");
    BOOST_TEST(parse(body)->front().name == "\xc3\xbf");
}

BOOST_AUTO_TEST_CASE(a_file_input_without_a_file_can_be_told_from_a_field)
{
    const auto is_file = [](const std::string& disposition)
    {
        const std::string body = one_part("Content-Disposition: form-data; " + disposition, "");
        return parse(body)->front().is_file;
    };
    BOOST_TEST(is_file("name=a; filename=\"\""));
    BOOST_TEST(is_file("name=a; filename*=UTF-8''x"));
    BOOST_TEST(!is_file("name=a"));
}

BOOST_AUTO_TEST_CASE(parts_of_other_kinds_need_no_name)
{
    const std::string body = "--xyz\r\n\r\nplain\r\n"
                             "--xyz\r\nContent-Type: application/json\r\nMIME-Version: 1.0\r\n"
                             "Content-Transfer-Encoding: base64\r\n"
                             "Content-Disposition: attachment; filename=\"a.json\"\r\n\r\n"
                             "e30=\r\n--xyz--\r\n";
    for (const char* const kind : {"mixed", "related"})
    {
        const auto type =
            http::parse_media_type("multipart/" + std::string{kind} + "; boundary=xyz");
        BOOST_TEST(http::is_multipart(*type));
        const auto parts = http::parse_multipart(*type, body, bounds);
        BOOST_REQUIRE(parts.has_value());
        BOOST_REQUIRE(parts->size() == 2U);
        BOOST_TEST(parts->at(0).content == "plain");
        BOOST_TEST(parts->at(1).filename == "a.json");
        BOOST_TEST((parts->at(1).encoding == http::transfer_encoding::base64));
    }
    BOOST_TEST(!http::is_multipart(http::parse_media_type("multipart/alternative").value()));
    BOOST_TEST(!http::is_multipart(http::parse_media_type("text/mixed").value()));
}

BOOST_AUTO_TEST_CASE(the_boundary_must_be_usable)
{
    const auto body = one_part("Content-Disposition: form-data; name=\"a\"", "x");
    for (const auto& type :
         {std::string{"multipart/form-data"}, std::string{"multipart/form-data; boundary=\"\""},
          std::string{"multipart/form-data; boundary=\"a<b\""},
          std::string{"multipart/form-data; boundary=\"a \""},
          "multipart/form-data; boundary=" + std::string(71, 'a')})
    {
        BOOST_TEST(
            http::parse_multipart(http::parse_media_type(type).value(), body, bounds).has_error());
    }
}

BOOST_AUTO_TEST_CASE(too_many_parts_are_refused)
{
    http::limits few;
    few.parts = 2;
    const std::string part = "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n";
    BOOST_TEST(parse(part + part + "--xyz--", few)->size() == 2U);
    BOOST_TEST(parse(part + part + part + "--xyz--", few).error().status() == 413U);
}

BOOST_AUTO_TEST_SUITE_END()
