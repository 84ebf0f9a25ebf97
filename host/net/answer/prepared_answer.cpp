// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "prepared_answer.hpp"

#include "answer.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace penstock::host::http
{

namespace
{

using digits_of_id = std::array<char, prepared_answer::place_of_id.size()>;

digits_of_id digits_of(answer_id id)
{
    constexpr std::string_view digits = "0123456789abcdef";
    digits_of_id text{};
    for (std::size_t i = 0; i < 16; ++i)
    {
        text[i] = digits[(id.high >> (60 - 4 * i)) & 15];
        text[16 + i] = digits[(id.low >> (60 - 4 * i)) & 15];
    }
    return text;
}

std::string filled(std::string_view sample, std::string_view id)
{
    std::string text{sample};
    for (auto at = text.find(prepared_answer::place_of_id); at != std::string::npos;
         at = text.find(prepared_answer::place_of_id, at))
    {
        text.replace(at, id.size(), id);
    }
    return text;
}

} // namespace

prepared_answer::prepared_answer(response sample) : sample_{std::move(sample)}
{
    constexpr std::string_view before_date = "\r\nDate: ";
    response made = sample_;
    text_ = prepare_answer(made, {.compress_from = made.body.size()}) + made.body;
    date_ = text_.find(before_date) + before_date.size();
    for (auto at = text_.find(place_of_id); at != std::string::npos;
         at = text_.find(place_of_id, at + place_of_id.size()))
    {
        ids_.push_back(at);
    }
}

void prepared_answer::write(answer_id id, std::string& into) const
{
    into = text_;
    const auto date = date_of_answer();
    date.copy(into.data() + date_, date.size()); // which is as long at any time
    const auto digits = digits_of(id);
    for (const std::size_t at : ids_)
    {
        std::ranges::copy(digits, into.data() + at);
    }
}

response prepared_answer::with(answer_id id) const
{
    const auto digits = digits_of(id);
    const std::string_view text{digits.data(), digits.size()};
    response made{.status = sample_.status, .headers = {}, .body = filled(sample_.body, text)};
    for (const header_field each : sample_.headers)
    {
        made.headers.add(each.name, filled(each.value, text));
    }
    return made;
}

} // namespace penstock::host::http
