// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/charset.hpp>
#include <penstock/detail/utf8_charset.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(charsets)

using namespace penstock;

namespace
{

std::string refusal(std::string_view text, std::string_view from)
{
    try
    {
        return "none: " + to_utf8(text, from);
    }
    catch (const charset_error& error)
    {
        return error.what();
    }
}

// With the NULs that a literal of char has.
template <std::size_t N>
std::string_view bytes(const char (&text)[N])
{
    return {text, N - 1};
}

} // namespace

BOOST_AUTO_TEST_CASE(utf_8_passes_as_it_is_without_its_mark)
{
    const std::string text =
        "a\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf";
    BOOST_TEST(to_utf8(text, "UTF-8") == text);
    BOOST_TEST(to_utf8("\xef\xbb\xbfx", "utf8") == "x");
}

BOOST_AUTO_TEST_CASE(malformed_utf_8_is_refused)
{
    for (const char* text :
         {"\x80", "\xc0\x80", "\xc1\xbf", "\xc3", "\xe0\x9f\xbf", "\xed\xa0\x80",
          "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xe2\x28\xa1"})
        BOOST_TEST(refusal(text, "utf-8") == "byte 0: is no utf-8; text in utf-8 was expected");
    BOOST_TEST(refusal("a\xc3\xa9\xff", "utf-8") ==
               "byte 3: is no utf-8; text in utf-8 was expected");
}

BOOST_AUTO_TEST_CASE(the_last_letter_is_there_though_a_mark_might_have_followed)
{
    BOOST_TEST(to_utf8("abca", "windows-1258") == "abca");
    BOOST_TEST(to_utf8("a\xe9", "windows-1255") == "a\xd7\x99");
}

BOOST_AUTO_TEST_CASE(names_of_ascii_and_latin_1_mean_windows_1252_as_in_browsers)
{
    BOOST_TEST(to_utf8("az", "us-ascii") == "az");
    for (const char* name :
         {"us-ascii", "ASCII", "iso-8859-1", "latin1", "l1", "cp1252", "windows-1252"})
        BOOST_TEST(to_utf8("a\x80\x81\x93\x9f\xa0\xff", name) ==
                   "a\xe2\x82\xac\xc2\x81\xe2\x80\x9c\xc5\xb8\xc2\xa0\xc3\xbf");
}

BOOST_AUTO_TEST_CASE(utf_16_is_read_either_way)
{
    BOOST_TEST(to_utf8(bytes("h\0i\0"), "utf-16le") == "hi");
    BOOST_TEST(to_utf8(bytes("\0h\0i"), "UTF-16BE") == "hi");
    BOOST_TEST(to_utf8(bytes("\0h\0i"), "utf-16") == "hi");
    BOOST_TEST(to_utf8(bytes("\xff\xfeh\0i\0"), "utf-16") == "hi");
    BOOST_TEST(to_utf8(bytes("\x3d\xd8\0\xde"), "utf-16le") == "\xf0\x9f\x98\x80");
    BOOST_TEST(refusal(bytes("h\0\x3d\xd8"), "utf-16le") ==
               "byte 2: is no utf-16le; text in utf-16le was expected");
    BOOST_TEST(refusal("odd", "utf-16le").starts_with("byte "));
    BOOST_TEST(to_utf8(bytes("h\0\0\0"), "utf-32le") == "h");
    BOOST_TEST(to_utf8(bytes("\xff\xfe\0\0h\0\0\0"), "utf-32") == "h");
}

BOOST_AUTO_TEST_CASE(a_mark_decides_before_the_name_does)
{
    BOOST_TEST(charset_of("\xef\xbb\xbfx", "windows-1252") == "utf-8");
    BOOST_TEST(charset_of("\xff\xfe", "") == "utf-16le");
    BOOST_TEST(charset_of("\xfe\xff", "utf-8") == "utf-16be");
    BOOST_TEST(charset_of("x", "ISO-8859-1") == "iso-8859-1");
    BOOST_TEST(to_utf8("\xef\xbb\xbf\xc3\xa9", "windows-1252") == "\xc3\xa9");
}

BOOST_AUTO_TEST_CASE(every_name_can_be_read_and_long_texts_too)
{
    for (const char* name : {"iso-8859-2", "windows-1251", "koi8-r", "macintosh", "Shift_JIS",
                             "euc-jp", "euc-kr", "gbk", "gb18030", "big5", "tis-620", "ibm866"})
    {
        BOOST_TEST(is_charset(name), name);
        BOOST_TEST((to_utf8(std::string(10'000, 'x'), name) == std::string(10'000, 'x')), name);
    }
    BOOST_TEST(to_utf8("\xcc\xc9\xd2", "koi8-r") == "\u043b\u0438\u0440");
    BOOST_TEST((to_utf8(std::string(9'999, '\xe9'), "latin1").size() == 19'998U));
}

BOOST_AUTO_TEST_CASE(utf_8_and_ascii_by_any_name_need_no_decoding)
{
    for (const char* const each : {"utf-8", "utf8", "us-ascii", "ascii"})
    {
        BOOST_TEST(penstock::detail::is_utf8_charset(each), each);
        BOOST_TEST(penstock::is_charset(each), each);
        BOOST_TEST(penstock::to_utf8("a", each) == "a");
    }
    for (const char* const each : {"", "utf", "utf-16", "latin1", "windows-1252"})
        BOOST_TEST(!penstock::detail::is_utf8_charset(each), each);
}

BOOST_AUTO_TEST_CASE(unknown_encodings_are_refused_by_name)
{
    for (const char* name : {"", "utf-7", "iso-2022-jp", "x\"y", "utf-8//IGNORE"})
        BOOST_TEST(!is_charset(name), name);
    BOOST_TEST(refusal("x", "UTF-7").starts_with("charset: is \"utf-7\"; utf-8, "));
}

BOOST_AUTO_TEST_SUITE_END()
