// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// There are two readers of JSON: a quick one for most texts, and one that decides on the rest. With
// a smaller depth than the usual one only the second is asked, so that the two can be compared.

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <random>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(both_readers)

using namespace penstock;

namespace
{

constexpr json_options usual;
constexpr json_options second_only{.depth = 63};

// What becomes of a text: its value with the kinds of its numbers, or the refusal.
std::string outcome(const std::string& text, const json_options& options)
{
    try
    {
        const json::value read = parse_json(text, options);
        return std::string(json::to_string(read.kind())) + ' ' + write_json(read);
    }
    catch (const json_error& error)
    {
        return error.what();
    }
}

bool is_accepted(const std::string& text, const json_options& options)
{
    try
    {
        check_json(text, options);
        return true;
    }
    catch (const json_error&)
    {
        return false;
    }
}

void compare(const std::string& text)
{
    BOOST_TEST(outcome(text, usual) == outcome(text, second_only), text);
    BOOST_TEST(is_accepted(text, usual) == is_accepted(text, second_only), text);
}

class texts
{
public:
    explicit texts(unsigned seed) : random_(seed) {}

    std::string value(unsigned depth)
    {
        switch (below(depth == 0 ? 6 : 8))
        {
        case 0: return "null";
        case 1: return below(2) == 0 ? "true" : "false";
        case 2: return number();
        case 3: return std::to_string(random_());
        case 4:
        case 5: return text();
        case 6: return list('[', ']', depth, "");
        default: return list('{', '}', depth, "key");
        }
    }

    // Most are no JSON any more.
    std::string damaged(std::string text)
    {
        constexpr std::string_view bytes =
            "{}[]\",:\\/0123456789eE+-.untrfalse \t\n\x01\x7f\xc3\xa9";
        const std::size_t at = below(static_cast<unsigned>(text.size()));
        switch (below(3))
        {
        case 0: text.erase(at, 1); break;
        case 1: text.insert(at, 1, bytes[below(bytes.size())]); break;
        default: text[at] = bytes[below(bytes.size())]; break;
        }
        return text;
    }

private:
    unsigned below(std::size_t n) { return static_cast<unsigned>(random_() % n); }

    std::string number()
    {
        std::string made = below(2) == 0 ? "-" : "";
        made += std::to_string(below(1000));
        if (below(2) == 0)
            made += '.' + std::to_string(random_());
        if (below(3) == 0)
            made += (below(2) == 0 ? "e" : "E-") + std::to_string(below(340));
        return made;
    }

    std::string text()
    {
        constexpr std::array<std::string_view, 10> parts{
            "a", "word ", "\\n", "\\\"", "\\u00e9", "\\ud83d\\ude00", "é", "日本", "\\/", "😀"};
        std::string made = "\"";
        for (unsigned i = below(20); i > 0; --i)
            made += parts[below(parts.size())];
        return made + '"';
    }

    std::string list(char open, char close, unsigned depth, std::string_view key)
    {
        std::string made(1, open);
        for (unsigned i = 0, count = below(5); i < count; ++i)
        {
            made += i == 0 ? "" : below(2) == 0 ? "," : " ,\n";
            if (!key.empty())
                made += '"' + std::string(key) + std::to_string(below(4)) + "\":";
            made += value(depth - 1);
        }
        return made + close;
    }

    std::mt19937 random_;
};

} // namespace

BOOST_AUTO_TEST_CASE(agree_on_texts_at_the_limits)
{
    for (const std::string_view each : {"-0",
                                        "-0.0",
                                        "1e400",
                                        "-1e400",
                                        "1e-400",
                                        "4.9e-324",
                                        "2.4e-324",
                                        "1e308",
                                        "1.7976931348623159e308",
                                        "18446744073709551615",
                                        "18446744073709551616",
                                        "-9223372036854775808",
                                        "-9223372036854775809",
                                        R"("\ud800")",
                                        R"("\udc00")",
                                        R"("\udc00\ud800")",
                                        R"("\ud83d\ude00")",
                                        R"("\ud800x")",
                                        R"("\u0000")",
                                        "\"\xff\"",
                                        "\"\xc0\x80\"",
                                        "\"\xed\xa0\x80\"",
                                        "[1,]",
                                        R"({"a":1,})",
                                        R"({"a":1,"b":2,"a":3})",
                                        "",
                                        "   ",
                                        " 1 ",
                                        "1 2",
                                        "\xEF\xBB\xBF{}",
                                        "nul",
                                        "truex",
                                        "\"a\nb\"",
                                        "\"\x7f\"",
                                        "01",
                                        "1.",
                                        "-",
                                        ".5",
                                        "1e",
                                        "1E+2",
                                        R"({"a"})",
                                        "[",
                                        "]",
                                        "\"",
                                        R"("\x")",
                                        R"("\u12")",
                                        "NaN",
                                        "Infinity",
                                        "1e5",
                                        "1.0e1",
                                        "123456789012345678901234567890.5",
                                        "\t[1]\r\n",
                                        "[1]\f",
                                        "/**/1",
                                        R"({"":1})"})
        compare(std::string(each));
    compare(std::string("1\0", 2));
    compare(std::string("\"a\0b\"", 5));
    compare('[' + std::string(300'000, ' ') + R"("longer than what is kept for a thread"])");
}

BOOST_AUTO_TEST_CASE(agree_on_the_deepest_text_that_is_allowed)
{
    const std::string deepest = std::string(64, '[') + std::string(64, ']');
    BOOST_TEST(outcome(deepest, usual) == "array " + deepest);
    BOOST_TEST(!is_accepted('[' + deepest + ']', usual));
    BOOST_TEST(is_accepted('[' + deepest + ']', {.depth = 65}));
}

BOOST_AUTO_TEST_CASE(agree_on_20000_random_texts_whole_and_damaged)
{
    texts made(7);
    for (int i = 0; i < 10'000; ++i)
    {
        const std::string text = made.value(5);
        compare(text);
        compare(made.damaged(text));
    }
}

BOOST_AUTO_TEST_SUITE_END()
