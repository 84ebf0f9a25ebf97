// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/net/content/stream_decoder.hpp"

#include "host/net/content/content_coding.hpp"

#include <boost/test/unit_test.hpp>

#include <zstd.h>

#include <algorithm>
#include <stdexcept>

BOOST_AUTO_TEST_SUITE(stream_decoders)

using namespace penstock::host::http;

namespace
{

std::string zstd(const std::string& plain)
{
    std::string packed(ZSTD_compressBound(plain.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), 1));
    return packed;
}

/// Decodes a stream that comes so many bytes at a time.
std::string decoded(stream_decoder& decoder, std::string_view coded, std::size_t step)
{
    std::string text;
    while (!coded.empty())
    {
        std::string_view piece = coded.substr(0, step);
        coded.remove_prefix(piece.size());
        while (!piece.empty() || decoder.has_more())
            BOOST_REQUIRE(decoder.decode(piece, text));
    }
    return text;
}

std::string numbers()
{
    std::string text;
    for (int i = 0; i < 100'000; ++i)
        text += std::to_string(i) + "\n";
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(take_a_coding_off_whatever_the_pieces_are)
{
    const std::string text = numbers();
    for (const std::size_t step : {1UL, 1000UL, 10'000'000UL})
    {
        stream_decoder gzipped("gzip");
        BOOST_TEST((decoded(gzipped, gzip(text), step) == text), step);
        BOOST_TEST(gzipped.is_complete());
        stream_decoder zstandard("zstd");
        BOOST_TEST((decoded(zstandard, zstd(text), step) == text), step);
        BOOST_TEST(zstandard.is_complete());
    }
}

BOOST_AUTO_TEST_CASE(read_several_streams_in_a_row_as_one)
{
    stream_decoder gzipped("gzip");
    BOOST_TEST(decoded(gzipped, gzip("a") + gzip("b"), 7) == "ab");
    stream_decoder zstandard("zstd");
    BOOST_TEST(decoded(zstandard, zstd("a") + zstd("b"), 7) == "ab");
}

BOOST_AUTO_TEST_CASE(tell_a_cut_stream_from_a_whole_one)
{
    const std::string packed = gzip(numbers());
    stream_decoder decoder("gzip");
    (void)decoded(decoder, std::string_view(packed).substr(0, packed.size() / 2), 4096);
    BOOST_TEST(!decoder.is_complete());
}

BOOST_AUTO_TEST_CASE(refuse_what_is_not_of_the_coding)
{
    std::string text;
    for (const char* coding : {"gzip", "zstd"})
    {
        stream_decoder decoder(coding);
        std::string_view piece = "{\"a\": 1}";
        BOOST_TEST(!decoder.decode(piece, text));
    }
    BOOST_CHECK_THROW(stream_decoder("br"), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(hand_out_little_at_a_time)
{
    const std::string packed = gzip(std::string(10'000'000, 'x'));
    stream_decoder decoder("gzip");
    std::string_view piece = packed;
    std::string text;
    BOOST_REQUIRE(decoder.decode(piece, text));
    BOOST_TEST(text.size() <= 65'536u);
    BOOST_TEST(!piece.empty());
}

BOOST_AUTO_TEST_SUITE_END()
