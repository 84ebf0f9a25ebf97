// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Packets whose fields are text behave as those whose fields are values, whatever is done to them.
#include "text_fields.hpp"

#include <boost/test/unit_test.hpp>

#include <iterator>
#include <random>
#include <string>
#include <string_view>

using namespace penstock::text_fields_tests;
using penstock::packet;
namespace json = penstock::json;

namespace
{

class random_work
{
public:
    explicit random_work(unsigned seed) : random_(seed) {}

    std::string object()
    {
        std::string text = spaces() + "{";
        const unsigned count = below(9);
        for (unsigned n = 0; n < count; ++n)
            text += (n == 0 ? "" : ",") + spaces() + '"' + std::string(name()) + '"' + spaces() +
                    ':' + spaces() + value(3) + spaces();
        return text + "}" + spaces();
    }

    // Does the same to both.
    void work_on(packet& text, packet& values)
    {
        const std::string_view a = name();
        const std::string_view b = name();
        const json::value given = penstock::parse_json(value(2));
        const auto index = static_cast<std::ptrdiff_t>(below(5)) - 2;
        const unsigned what = below(16);
        const std::string other = object();
        const auto on = [&](packet& p) -> bool
        {
            switch (what)
            {
            case 0: p.set(a, given); return true;
            case 1: p.set_values(a, json::array{given, 1.5}); return true;
            case 2: return p.add(a, given);
            case 3: p.append(a, given); return true;
            case 4: p.extend(a, json::array{given, given}); return true;
            case 5: return p.erase(a);
            case 6: return p.remove(a, index);
            case 7: return p.replace(a, given, index);
            case 8:
            case 9: return p.rename(a, b);
            case 10:
            case 11: return p.copy(a, b);
            case 12: return p.set_field_meta(a, "k", given);
            case 13: p = p.clone(); return true;
            case 14: (void)p.fields(); return p.find(a) != nullptr;
            default: p.merge(&p == &text ? of_text(other) : of_values(other)); return true;
            }
        };
        BOOST_TEST(on(text) == on(values));
    }

    std::string_view name()
    {
        static constexpr std::string_view names[] = {"a", "b", "c", "name", "size", "longer name"};
        return names[below(std::size(names))];
    }

private:
    std::string value(unsigned depth)
    {
        static constexpr std::string_view scalars[] = {"null",
                                                       "true",
                                                       "false",
                                                       "0",
                                                       "-0",
                                                       "-17",
                                                       "1.50",
                                                       "1E5",
                                                       "18446744073709551615",
                                                       "-9223372036854775808",
                                                       "123456789012345678901",
                                                       R"("")",
                                                       R"("text")",
                                                       R"("\u00e9\n")",
                                                       R"("\"\\")",
                                                       "[]",
                                                       "{}"};
        const unsigned kind = below(depth == 0 ? 1 : 4);
        if (kind < 2)
            return std::string(scalars[below(std::size(scalars))]);
        std::string text = kind == 2 ? "[" : "{";
        const unsigned count = below(4);
        for (unsigned n = 0; n < count; ++n)
        {
            text += (n == 0 ? "" : ",") + spaces();
            if (kind == 3)
                text += '"' + std::string(name()) + "\":";
            text += value(depth - 1);
        }
        return text + (kind == 2 ? "]" : "}");
    }

    std::string spaces() { return below(8) == 0 ? " \n\t" : ""; }

    unsigned below(std::size_t end) { return static_cast<unsigned>(random_() % end); }

    std::mt19937 random_;
};

void compare(const packet& text, const packet& values)
{
    BOOST_TEST((text == values));
    BOOST_TEST((text.names() == values.names()));
    BOOST_TEST(text.field_count() == values.field_count());
    BOOST_TEST(penstock::write_json(text.fields()) == penstock::write_json(values.fields()));
    BOOST_TEST(penstock::write_json(to_json(text)) == penstock::write_json(to_json(values)));
    BOOST_TEST((penstock::parse_json(written(text)) == json::value(values.fields())));
    for (const std::string& name : values.names())
    {
        BOOST_TEST(text.has(name));
        BOOST_TEST((text.get(name) == values.get(name)));
        BOOST_TEST(text.is_multivalued(name) == values.is_multivalued(name));
        BOOST_TEST((text.values(name) == values.values(name)));
        BOOST_TEST(text.text(name, "none") == values.text(name, "none"));
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(text_fields_model)

BOOST_AUTO_TEST_CASE(text_and_values_do_not_differ)
{
    for (unsigned seed = 0; seed < 1'000; ++seed)
    {
        BOOST_TEST_CONTEXT("seed " << seed)
        {
            random_work work(seed);
            const std::string object = work.object();
            packet text = of_text(object);
            packet values = of_values(object);
            compare(text, values);
            for (int step = 0; step < 12; ++step)
            {
                work.work_on(text, values);
                if (step % 4 == 3)
                    compare(text, values);
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
