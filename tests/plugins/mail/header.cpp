// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reading.hpp"

#include "addresses.hpp"
#include "content.hpp"
#include "gmime.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

BOOST_AUTO_TEST_SUITE(mail_header)

namespace
{

constexpr auto each = boost::test_tools::per_element();

std::string subject(std::string_view value)
{
    return mail_package::subject_of(value);
}

std::string filename(std::string_view disposition)
{
    return mail_package::content_type_of("", disposition, "text/plain").filename;
}

} // namespace

BOOST_AUTO_TEST_CASE(encoded_words_are_decoded)
{
    BOOST_TEST(subject("=?utf-8?Q?Gr=C3=B6=C3=9Fe?= =?UTF-8?B?w6Q=?=") == "Größeä");
    BOOST_TEST(subject("=?iso-8859-1?q?a_=E4?= b") == "a ä b");
    BOOST_TEST(subject("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=") == "日本");
    BOOST_TEST(subject("=?koi8-r*ru?B?8NLJ18XU?=") == "Привет");
}

BOOST_AUTO_TEST_CASE(bytes_without_an_encoding_are_utf_8_or_windows_1252)
{
    BOOST_TEST(subject("Größe") == "Größe");
    BOOST_TEST(subject("Gr\xf6\xdf"
                       "e \x80") == "Größe €");
}

BOOST_AUTO_TEST_CASE(an_encoding_that_is_unknown_is_taken_for_windows_1252)
{
    BOOST_TEST(subject("=?x-nothing?Q?Gr=F6=DFe?=") == "Größe");
    BOOST_TEST(subject("=?unknown-8bit*de?Q?=E4?= x") == "ä x");
    BOOST_TEST(filename("attachment; filename*=x-nothing''%e4.txt") == "ä.txt");
    BOOST_TEST(
        mail_package::readable_parameters("a =?x?Q?b?= =?utf-8?Q?c?= d; n*=y'e'f; m*=utf-8''g") ==
        "a =?windows-1252?Q?b?= =?utf-8?Q?c?= d; n*=windows-1252'e'f; m*=utf-8''g");
}

BOOST_AUTO_TEST_CASE(what_is_no_encoded_word_stays)
{
    for (const char* text : {"=?", "=?utf-8?", "=?utf-8?Q?", "a=b*=c", "*='", "=?utf-8?X?a?="})
        BOOST_TEST(subject(text) == text);
}

BOOST_AUTO_TEST_CASE(names_of_files_are_decoded_and_have_no_folders)
{
    BOOST_TEST(filename("attachment; filename=a.txt") == "a.txt");
    BOOST_TEST(filename("attachment; filename=\"a b;c.txt\"") == "a b;c.txt");
    BOOST_TEST(filename("attachment; filename*=utf-8'de'gr%C3%B6.txt") == "grö.txt");
    BOOST_TEST(filename("attachment; filename*0=\"long \"; filename*1=\"name.txt\"") ==
               "long name.txt");
    BOOST_TEST(filename("attachment; filename=\"=?utf-8?Q?gr=C3=B6.txt?=\"") == "grö.txt");
    BOOST_TEST(filename("attachment; filename=\"../../etc/passwd\"") == "passwd");
    BOOST_TEST(filename("attachment; filename=\"C:\\\\temp\\\\a.txt\"") == "a.txt");
}

BOOST_AUTO_TEST_CASE(addresses_are_a_list)
{
    using mail_package::addresses_of;
    BOOST_TEST(addresses_of("a@b") == strings{"a@b"}, each);
    BOOST_TEST(addresses_of(" =?utf-8?Q?J=C3=B6rg?= <j@x.de>,\r\n \"Doe, J\" <d@x> (home, he)") ==
                   (strings{"Jörg <j@x.de>", "Doe, J <d@x>"}),
               each);
    BOOST_TEST(addresses_of("undisclosed-recipients:;").empty());
    BOOST_TEST(addresses_of("Two: a@b, c@d; e@f") == (strings{"a@b", "c@d", "e@f"}), each);
    BOOST_TEST(addresses_of("root") == strings{"root"}, each);
    BOOST_TEST(addresses_of("nobody at all,,") == strings{"nobody at all"}, each);
    BOOST_TEST(addresses_of("").empty());
}

BOOST_AUTO_TEST_CASE(dates_are_rfc_3339)
{
    using mail_package::date_of;
    BOOST_TEST(date_of("Sun, 29 Nov 2026 23:41:46 +0100") == "2026-11-29T23:41:46+01:00");
    BOOST_TEST(date_of("29 Nov 2026 23:41 GMT (a comment)") == "2026-11-29T23:41:00Z");
    BOOST_TEST(date_of("1 Jan 99 00:00:00 -0500") == "1999-01-01T00:00:00-05:00");
    for (const char* wrong : {"", "soon", "32 Nov 2026 23:41:46 +0100", "29 Nov 2026 25:61:00 +0"})
        BOOST_TEST(date_of(wrong) == "");
}

BOOST_AUTO_TEST_CASE(a_header_ends_where_no_field_is)
{
    BOOST_TEST(field_of("From a@b Sun Nov 29 23:41:46 2026\n>From c\nSubject: s\n\nt", "subject") ==
               "s");
    BOOST_TEST(field_of("Subject: s\nno field\nmore") == "no field\nmore");
    BOOST_TEST(field_of("Subject : s\n\nt", "subject") == "s");
    BOOST_TEST(field_of("Subject: a\0b\n\nt", "subject") == "a");
}

// GMime would look at what follows each comma again, and call itself for each group in a group.
BOOST_AUTO_TEST_CASE(addresses_that_are_made_to_take_long_do_not)
{
    const auto begin = std::chrono::steady_clock::now();
    for (const char* part :
         {"a b,", "a:", "(", "\"", "<", "a@", "=?", "=?utf-8?Q?", "\\", "[", ";"})
    {
        std::string value;
        while (value.size() < (std::size_t{256} << 10))
            value += part;
        static_cast<void>(mail_package::addresses_of(value));
        static_cast<void>(mail_package::subject_of(value));
        static_cast<void>(mail_package::date_of(value));
        static_cast<void>(mail_package::message_id_of(value));
        static_cast<void>(mail_package::content_type_of(value.substr(0, 16384),
                                                        value.substr(0, 16384), "text/plain"));
    }
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_SUITE_END()
