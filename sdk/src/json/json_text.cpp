// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/json_text.hpp>

#include "exact_json.hpp"
#include "json_scan.hpp"
#include "quick_json.hpp"
#include "repaired_json.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/detail/value_builder.hpp>

#include <algorithm>
#include <string>

namespace penstock
{

json_text::json_text(const bytes& text, const json_options& options)
    : text_(text.slice(text.size() - detail::without_mark(text.view()).size(), text.size()))
{
    if (text.is_known_json_ && detail::is_surely_within(text.size(), options))
        return;
    json_options narrow = options;
    narrow.members = std::min(options.members, detail::wide_object);
    if (detail::is_quickly_accepted(text_.view(), narrow))
        return;
    detail::read_repaired(text.view(), options,
                          [&](std::string_view tried, const json_options& exact)
                          {
                              // Names with equal hashes are found where values are made.
                              static_cast<void>(detail::read_exactly(tried, exact));
                              if (tried.data() != text.view().data())
                                  text_ = bytes(std::string(detail::without_mark(tried)));
                          });
}

json_text json_text::part(std::size_t offset, std::size_t count) const
{
    json_text part;
    part.text_ = text_.slice(offset, count);
    return part;
}

json::kind json_text::kind() const noexcept
{
    const std::string_view text = text_.view();
    switch (*std::find_if_not(text.begin(), text.end(), detail::is_json_space))
    {
    case '{': return json::kind::object;
    case '[': return json::kind::array;
    case '"': return json::kind::string;
    case 't':
    case 'f': return json::kind::bool_;
    case 'n': return json::kind::null;
    default: return json::kind::double_;
    }
}

} // namespace penstock
