// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "sensitive.hpp"
#include "check_digits.hpp"

#include "../matching/expression.hpp"
#include "../matching/mail_address.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace text_package
{

namespace
{

// What a card number or an IBAN may be in: as many groups as there are.
constexpr const char* digits = "[0-9](?:[ -]?[0-9])+";
constexpr const char* letters_and_digits = "\\b[A-Za-z]{2}[0-9]{2}(?: ?[A-Za-z0-9])+";
constexpr const char* telephone =
    R"re((?:\+|\b00)[1-9](?:[ ()./-]{0,3}[0-9]){6,14}\b|)re"
    R"re(\(?\b0[1-9][0-9]{1,4}\)?[ /-]{1,3}[0-9](?:[ /-]?[0-9]){4,10}\b|)re"
    R"re((?:\(|\b)[2-9][0-9]{2}\)?[ .-]{1,2}[2-9][0-9]{2}[ .-][0-9]{4}\b)re";

std::string_view expression_of(std::string_view kind)
{
    if (kind == "email")
        return matching::mail_address_candidate;
    if (kind == "card")
        return digits;
    if (kind == "iban")
        return letters_and_digits;
    return telephone;
}

} // namespace

sensitive_parts::sensitive_parts(std::vector<std::string> kinds,
                                 const std::vector<std::string>& expressions)
{
    const auto add = [this](std::string name, std::string_view expression)
    {
        auto made = std::make_unique<RE2>(re2::StringPiece(expression.data(), expression.size()),
                                          matching::reading_options());
        if (!made->ok())
            throw std::invalid_argument("is no expression: " + made->error() +
                                        "; one of RE2 was expected");
        kinds_.push_back({std::move(name), std::move(made)});
    };
    for (std::string& each : kinds)
    {
        const std::string_view expression = expression_of(each);
        add(std::move(each), expression);
    }
    for (const std::string& each : expressions)
        add("", each);
}

std::vector<sensitive_part> sensitive_parts::find(std::string_view text) const
{
    std::vector<sensitive_part> all;
    for (std::size_t n = 0; n < kinds_.size(); ++n)
        find_kind(n, text, all);
    std::ranges::stable_sort(all, [](const sensitive_part& a, const sensitive_part& b)
                             { return a.begin != b.begin ? a.begin < b.begin : a.size > b.size; });
    std::vector<sensitive_part> found;
    std::size_t end = 0;
    for (const sensitive_part& each : all)
        if (each.begin >= end)
        {
            found.push_back(each);
            end = each.begin + each.size;
        }
        else if (each.begin + each.size > end) // what sticks out is as sensitive
        {
            found.back().size = each.begin + each.size - found.back().begin;
            end = each.begin + each.size;
        }
    return found;
}

void sensitive_parts::find_kind(std::size_t n, std::string_view text,
                                std::vector<sensitive_part>& found) const
{
    const std::string& name = kinds_[n].name;
    for (matching::match_iterator each(*kinds_[n].expression, text); each.next();)
    {
        const std::string_view all = *each.group(0);
        const auto add = [&](std::string_view part)
        {
            if (!part.empty())
                found.push_back(
                    {static_cast<std::size_t>(part.data() - text.data()), part.size(), n});
        };
        if (name == "email")
            add(matching::mail_address_in(*each.group(1), *each.group(2)));
        else if (name == "card")
            for (const std::string_view part : card_numbers_in(all))
                add(part);
        else if (name == "iban")
            for (const std::string_view part : ibans_in(all))
                add(part);
        else
            add(all);
    }
}

std::string sensitive_parts::plain(std::string_view part, std::size_t kind) const
{
    const std::string& name = kinds_[kind].name;
    if (name.empty())
        return std::string(part);
    std::string made;
    for (const char c : part)
    {
        const bool is_digit = c >= '0' && c <= '9';
        const bool is_small = c >= 'a' && c <= 'z';
        const bool is_capital = c >= 'A' && c <= 'Z';
        if (name == "email")
            made += is_capital ? static_cast<char>(c | 0x20) : c;
        else if (is_digit || (name == "phone" && c == '+') || (name == "iban" && is_capital))
            made += c;
        else if (name == "iban" && is_small)
            made += static_cast<char>(c - 0x20);
    }
    return made;
}

} // namespace text_package
