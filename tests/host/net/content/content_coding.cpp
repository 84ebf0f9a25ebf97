// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/content/content_coding.hpp"

#include <boost/test/unit_test.hpp>

#include <zlib.h>
#include <zstd.h>

BOOST_AUTO_TEST_SUITE(content_coding)

namespace http = penstock::host::http;

namespace
{

const http::limits bounds;

std::string deflated(std::string_view plain, int window)
{
    z_stream stream{};
    BOOST_REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string packed(deflateBound(&stream, plain.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    BOOST_REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string zstd(std::string_view plain)
{
    std::string packed(ZSTD_compressBound(plain.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), 3));
    return packed;
}

/// Text that compresses, but not like a bomb.
std::string sample()
{
    std::string text;
    for (int i = 0; i < 20'000; ++i)
    {
        text += std::to_string(i * 7919) + ' ';
    }
    return text;
}

unsigned status_of(const http::checked<std::string>& decoded)
{
    return decoded.has_error() ? decoded.error().status() : 200;
}

http::header_list accepting(std::string_view value)
{
    http::header_list headers;
    headers.add("Accept-Encoding", value);
    return headers;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_coding_gives_the_body_back)
{
    const auto plain = sample();
    BOOST_TEST(*http::decode_content("", plain, bounds) == plain);
    BOOST_TEST(*http::decode_content("identity", plain, bounds) == plain);
    BOOST_TEST(*http::decode_content("gzip", deflated(plain, 31), bounds) == plain);
    BOOST_TEST(*http::decode_content(" GZIP ", http::gzip(plain), bounds) == plain);
    BOOST_TEST(*http::decode_content("deflate", deflated(plain, 15), bounds) == plain);
    BOOST_TEST(*http::decode_content("deflate", deflated(plain, -15), bounds) == plain);
    BOOST_TEST(*http::decode_content("zstd", zstd(plain), bounds) == plain);
}

BOOST_AUTO_TEST_CASE(an_empty_text_survives)
{
    BOOST_TEST(*http::decode_content("gzip", http::gzip(""), bounds) == "");
    BOOST_TEST(*http::decode_content("zstd", zstd(""), bounds) == "");
}

BOOST_AUTO_TEST_CASE(members_and_frames_in_a_row_are_one_body)
{
    BOOST_TEST(*http::decode_content("gzip", http::gzip("a") + http::gzip("b"), bounds) == "ab");
    BOOST_TEST(*http::decode_content("zstd", zstd("a") + zstd("b"), bounds) == "ab");
}

BOOST_AUTO_TEST_CASE(unknown_and_nested_codings_are_refused)
{
    for (const auto* const name : {"br", "gzip, gzip", "gzip,", "gzip;q=1", "compress", "*"})
    {
        BOOST_TEST(!http::is_known_coding(name));
        BOOST_TEST(status_of(http::decode_content(name, "x", bounds)) == 415U);
    }
    BOOST_TEST(http::is_known_coding("zstd"));
}

BOOST_AUTO_TEST_CASE(damaged_bodies_are_refused)
{
    const auto plain = sample();
    for (const std::string name : {"gzip", "deflate", "zstd"})
    {
        auto packed = name == "zstd"   ? zstd(plain)
                      : name == "gzip" ? deflated(plain, 31)
                                       : deflated(plain, 15);
        BOOST_TEST_CONTEXT(name)
        {
            BOOST_TEST(status_of(http::decode_content(name, "", bounds)) == 400U);
            BOOST_TEST(status_of(http::decode_content(name, "plain text", bounds)) == 400U);
            BOOST_TEST(status_of(http::decode_content(name, packed + "x", bounds)) == 400U);
            for (const auto cut :
                 {std::size_t{1}, std::size_t{9}, packed.size() / 2, packed.size() - 1})
            {
                BOOST_TEST(status_of(http::decode_content(name, packed.substr(0, cut), bounds)) ==
                           400U);
            }
        }
    }
    auto wrong_sum = deflated(plain, 31);
    wrong_sum[wrong_sum.size() - 5] ^= 1;
    BOOST_TEST(status_of(http::decode_content("gzip", wrong_sum, bounds)) == 400U);
}

BOOST_AUTO_TEST_CASE(bombs_stop_at_the_ratio)
{
    const std::string zeros(32 * http::limits::mib, '\0');
    BOOST_TEST(status_of(http::decode_content("gzip", deflated(zeros, 31), bounds)) == 413U);
    BOOST_TEST(status_of(http::decode_content("deflate", deflated(zeros, -15), bounds)) == 413U);
    BOOST_TEST(status_of(http::decode_content("zstd", zstd(zeros), bounds)) == 413U);
}

BOOST_AUTO_TEST_CASE(bombs_stop_at_the_size)
{
    http::limits tight;
    tight.decompressed = 100'000;
    const auto plain = sample();
    BOOST_TEST(plain.size() > tight.decompressed);
    BOOST_TEST(status_of(http::decode_content("gzip", http::gzip(plain), tight)) == 413U);
    BOOST_TEST(status_of(http::decode_content("zstd", zstd(plain), tight)) == 413U);
    const std::string fits = plain.substr(0, tight.decompressed);
    BOOST_TEST(*http::decode_content("gzip", http::gzip(fits), tight) == fits);
}

BOOST_AUTO_TEST_CASE(a_small_body_may_compress_well)
{
    const std::string zeros(bounds.ratio_free, '0');
    BOOST_TEST(*http::decode_content("gzip", deflated(zeros, 31), bounds) == zeros);
}

BOOST_AUTO_TEST_CASE(a_window_larger_than_usual_is_refused)
{
    const std::string plain = sample();
    ZSTD_CCtx* const context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 27);
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    std::string packed(ZSTD_compressBound(plain.size()), '\0');
    ZSTD_inBuffer from{plain.data(), plain.size(), 0};
    ZSTD_outBuffer to{packed.data(), packed.size(), 0};
    BOOST_REQUIRE(ZSTD_compressStream2(context, &to, &from, ZSTD_e_flush) == 0U);
    ZSTD_inBuffer none{nullptr, 0, 0};
    BOOST_REQUIRE(ZSTD_compressStream2(context, &to, &none, ZSTD_e_end) == 0U);
    ZSTD_freeCCtx(context);
    packed.resize(to.pos);
    BOOST_TEST(status_of(http::decode_content("zstd", packed, bounds)) == 400U);
}

BOOST_AUTO_TEST_CASE(gzip_is_used_only_when_allowed)
{
    for (const auto* const yes :
         {"gzip", "GZIP", "br, gzip;q=0.1", "*", "deflate, * ; q=1", "x-gzip", "gzip;q=0.001"})
    {
        BOOST_TEST_CONTEXT(yes)
        {
            BOOST_TEST(http::accepts_gzip(accepting(yes)));
        }
    }
    for (const auto* const no :
         {"", "identity", "br", "gzip;q=0", "gzip; q=0.000", "gzip;q=0, *", "*;q=0", "gzipped"})
    {
        BOOST_TEST_CONTEXT(no)
        {
            BOOST_TEST(!http::accepts_gzip(accepting(no)));
        }
    }
    BOOST_TEST(!http::accepts_gzip({}));
}

BOOST_AUTO_TEST_SUITE_END()
