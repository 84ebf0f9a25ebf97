// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/transfer_encoding.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(transfer_encoding)

namespace http = penstock::host::http;

namespace
{

std::string decoded(http::transfer_encoding from, std::string_view text)
{
    return http::decode_transfer(from, text).value_or("refused");
}

} // namespace

BOOST_AUTO_TEST_CASE(encodings_have_their_names_in_any_case)
{
    BOOST_TEST((http::find_transfer_encoding("Base64") == http::transfer_encoding::base64));
    BOOST_TEST((http::find_transfer_encoding("QUOTED-printable") ==
                http::transfer_encoding::quoted_printable));
    for (const char* const plain : {"7bit", "8BIT", "binary"})
    {
        BOOST_TEST((http::find_transfer_encoding(plain) == http::transfer_encoding::identity));
    }
    BOOST_TEST(!http::find_transfer_encoding("x-uuencode").has_value());
}

BOOST_AUTO_TEST_CASE(base64_is_read_across_lines)
{
    using enum http::transfer_encoding;
    BOOST_TEST(decoded(base64, "aGVs\r\nbG8=") == "hello");
    BOOST_TEST(decoded(base64, "aGVsbG8=\r\n") == "hello");
    BOOST_TEST(decoded(base64, "") == "");
    BOOST_TEST(decoded(base64, "/+8A") == std::string("\xff\xef\0", 3));
    BOOST_TEST(decoded(base64, "aGV") == "refused");
    BOOST_TEST(decoded(base64, "aG!s") == "refused");
    BOOST_TEST(decoded(base64, "AAAA-AAA") == "refused");
    BOOST_TEST(decoded(base64, "aGVs-anything") == "refused");
}

BOOST_AUTO_TEST_CASE(quoted_printable_is_read_across_soft_line_ends)
{
    using enum http::transfer_encoding;
    BOOST_TEST(decoded(quoted_printable, "a=3D=c3=A9=\r\nb\r\nc") == "a=\xc3\xa9"
                                                                     "b\r\nc");
    BOOST_TEST(decoded(quoted_printable, "a=\nb") == "ab");
    BOOST_TEST(decoded(quoted_printable, "a=") == "refused");
    BOOST_TEST(decoded(quoted_printable, "a=4") == "refused");
    BOOST_TEST(decoded(quoted_printable, "a=xy") == "refused");
}

BOOST_AUTO_TEST_SUITE_END()
