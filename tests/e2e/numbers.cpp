// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(numbers)

using namespace penstock::e2e;

namespace
{

constexpr std::size_t count = 1'000;

std::string spelled(double value, bool longest)
{
    std::array<char, 64> text;
    const auto result = longest ? std::to_chars(text.data(), text.data() + text.size(), value,
                                                std::chars_format::scientific, 16)
                                : std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), result.ptr};
}

double value_of(std::string_view text)
{
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// The texts of the numbers in `{"n":NUMBER}`, one a line.
std::vector<std::string> numbers_of(const std::string& lines)
{
    std::vector<std::string> found;
    for (std::size_t begin = 0; begin < lines.size();)
    {
        const std::size_t end = lines.find('\n', begin);
        const std::string line = lines.substr(begin, end - begin);
        const std::size_t colon = line.find(':');
        found.push_back(line.substr(colon + 1, line.size() - colon - 2));
        begin = end + 1;
    }
    return found;
}

// Sends one object a line through a graph of one lane, which keeps their order.
std::vector<std::string> through(const std::vector<std::string>& numbers)
{
    const scratch home;
    const std::string out = home.at("out.ndjson");
    const std::string file = home.write(
        "g.json",
        graph("numbers",
              {{"read", "json/read"}, {"keep", "files/write", R"({"path": ")" + out + "\"}"}},
              {{"read.out", "keep.in"}}));
    live_host host(home, {file, "--lanes", "1"});
    std::string body;
    for (const std::string& each : numbers)
        body += R"({"n": )" + each + "}\n";
    const response answer = host->post("/data?ack=processed", "application/x-ndjson", body);
    BOOST_REQUIRE_EQUAL(answer.status, 200);
    BOOST_TEST(body_of(answer).at("delivered").to_number<std::size_t>() == numbers.size());
    return numbers_of(read_file(out));
}

} // namespace

BOOST_AUTO_TEST_CASE(doubles_come_out_as_they_went_in)
{
    std::mt19937_64 random(20'260'101);
    std::vector<double> values{0.1, 5e-324, 2.2250738585072011e-308, 1.7976931348623157e308};
    while (values.size() < count)
    {
        const double value = std::bit_cast<double>(random());
        if (std::isfinite(value))
            values.push_back(value);
    }
    std::vector<std::string> sent;
    for (std::size_t n = 0; n < values.size(); ++n)
        sent.push_back(spelled(values[n], n % 2 == 0));
    const std::vector<std::string> got = through(sent);
    BOOST_REQUIRE_EQUAL(got.size(), sent.size());
    for (std::size_t n = 0; n < got.size(); ++n)
        BOOST_TEST(value_of(got[n]) == values[n], sent[n] << " became " << got[n]);
}

BOOST_AUTO_TEST_CASE(integers_of_64_bits_come_out_as_they_went_in)
{
    std::mt19937_64 random(20'260'102);
    std::vector<std::string> sent{"9223372036854775807", "-9223372036854775808",
                                  "18446744073709551615", "9007199254740993", "0"};
    while (sent.size() < count)
    {
        const std::uint64_t bits = random() >> (sent.size() % 64);
        sent.push_back(sent.size() % 2 == 0 ? std::to_string(bits)
                                            : std::to_string(static_cast<std::int64_t>(bits)));
    }
    const std::vector<std::string> got = through(sent);
    BOOST_REQUIRE_EQUAL(got.size(), sent.size());
    for (std::size_t n = 0; n < got.size(); ++n)
        BOOST_TEST(got[n] == sent[n]);
}

BOOST_AUTO_TEST_SUITE_END()
