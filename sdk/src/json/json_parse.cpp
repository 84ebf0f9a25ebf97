// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/json.hpp>

#include <penstock/bytes.hpp>

#include "exact_json.hpp"
#include "quick_json.hpp"
#include "repaired_json.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/detail/value_builder.hpp>

#include <algorithm>

namespace penstock
{

json::value parse_json(std::string_view text, const json_options& options)
{
    if (auto quick = detail::read_quickly(detail::without_mark(text), options))
        return *std::move(quick);
    return detail::read_repaired(text, options, detail::read_exactly);
}

void check_json(std::string_view text, const json_options& options)
{
    if (detail::is_quickly_accepted(detail::without_mark(text), options))
        return;
    detail::read_repaired(text, options, detail::check_exactly);
}

void check_json(bytes& text, const json_options& options)
{
    json_options narrow = options;
    narrow.members = std::min(options.members, detail::wide_object);
    text.is_known_json_ = detail::is_quickly_accepted(detail::without_mark(text.view()), narrow);
    if (text.is_known_json_)
        return;
    if (narrow.members == options.members) // the quick reader would say the same
        detail::read_repaired(text.view(), options, detail::check_exactly);
    else
        check_json(text.view(), options);
}

} // namespace penstock
