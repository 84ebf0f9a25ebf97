// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The finder of what is not for everybody in plugins/text.

#include "plugins/text/check_digits.hpp"
#include "plugins/text/sensitive.hpp"
#include "target.hpp"

#include <cstddef>

namespace penstock::fuzz
{

using namespace text_package;

std::vector<std::string> seeds()
{
    return {"Ann <ann.b+c@x.org>, card 4111 1111 1111 1111 12/29.",
            "IBAN DE89 3704 0044 0532 0130 00 of Ann, gb82west12345698765432",
            "call +49 89 1234567 or 0049-89-1234567 or (089) 1234567 or (212) 555-0123",
            "4111111111111111@x.org 5500-0000-0000-0004@[10.0.0.1] a..b@x..org @ -@-"};
}

void try_input(std::string_view input)
{
    static const sensitive_parts parts({"email", "card", "iban", "phone"}, {"x[0-9]*", "[0-9]+@"});
    std::size_t end = 0;
    for (const sensitive_part& each : parts.find(input))
    {
        hold(each.size > 0 && each.begin >= end, "parts follow each other");
        end = each.begin + each.size;
        hold(end <= input.size(), "within the text");
        hold(parts.plain(input.substr(each.begin, each.size), each.kind).size() <= each.size,
             "a plain part is no longer");
    }
    for (const std::string_view each : card_numbers_in(input))
        hold(card_numbers_in(each).size() == 1, "a card alone is a card");
    for (const std::string_view each : ibans_in(input))
        hold(ibans_in(each).size() == 1, "an IBAN alone is one");
}

} // namespace penstock::fuzz
