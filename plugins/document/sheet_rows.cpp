// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "sheet_rows.hpp"

#include <penstock/charset.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace document_package
{

namespace
{

constexpr std::size_t bytes_at_a_time = std::size_t{256} << 10;
constexpr std::string_view all_rows = "sheetData";

// In UTF-8, unless a byte order mark tells another encoding.
std::string in_utf8(std::string text, const std::string& name)
{
    const std::string charset = penstock::charset_of(text, "utf-8");
    if (charset == "utf-8")
        return text;
    try
    {
        return penstock::to_utf8(text, charset);
    }
    catch (const penstock::charset_error& error)
    {
        throw document_error(name + ": " + error.what());
    }
}

} // namespace

sheet_rows::sheet_rows(std::string text, std::string name, std::size_t memory)
    : text_(in_utf8(std::move(text), name)), name_(std::move(name)), memory_(memory)
{
    const std::string_view whole = text_;
    const std::size_t word = whole.find(all_rows);
    if (word == std::string_view::npos)
        return;
    // The prefix is that of the rows, too.
    const std::size_t tag = whole.rfind('<', word);
    const std::string prefix(tag == std::string_view::npos ? std::string_view()
                                                           : whole.substr(tag + 1, word - tag - 1));
    row_end_ = "</" + prefix + "row>";
    at_ = std::min(whole.find('>', word), whole.size() - 1) + 1;
    end_ =
        std::max(std::min(whole.rfind("</" + prefix + std::string(all_rows)), whole.size()), at_);
    if (whole[at_ - 1] != '>' || whole[at_ - 2] == '/') // it has none
        at_ = end_;
}

pugi::xml_node sheet_rows::next()
{
    for (;;)
    {
        if (!next_)
        {
            if (at_ == end_)
                return {};
            read_some();
        }
        const pugi::xml_node found = next_;
        next_ = next_.next_sibling();
        if (local_name(found) == "row")
            return found;
    }
}

void sheet_rows::read_some()
{
    const std::string_view rest = std::string_view(text_).substr(0, end_);
    std::size_t last = end_;
    if (end_ - at_ > bytes_at_a_time)
    {
        last = rest.substr(0, at_ + bytes_at_a_time).rfind(row_end_);
        if (last == std::string_view::npos || last < at_)
            last = rest.find(row_end_, at_);
        last = last == std::string_view::npos ? end_ : last + row_end_.size();
    }
    next_ = {};
    some_ = std::make_unique<xml>(text_.substr(at_, last - at_), name_, memory_, at_);
    next_ = some_->root().first_child();
    at_ = last;
}

} // namespace document_package
